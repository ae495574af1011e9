"""An address is rewritten in the form that the author chose."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.index.wikilinks import parse
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink, SourceLocation
from mkdocs_backlinks.rules.engine.rewriting import (
    likeliest_target,
    possible_targets,
    readable,
    rewritten_href,
    rewritten_wikilink,
)

PAGES = {"index.md": "", "guide/usage.md": "guide/usage/", "guide/my page.markdown": "guide/my%20page/"}
GRAPH = LinkGraph.of([Page(uri=PageUri(uri), url=url, title=uri) for uri, url in PAGES.items()], [])


def given(href: str, asked: str, kind: Any = "page", **source: Any) -> tuple[Link, rules.Facts]:  # noqa: ANN401
    link = Link(source=PageUri("guide/usage.md"), kind=kind, href="#", target=asked)
    line = source.pop("line", None)
    written = SourceLink(
        location=SourceLocation("docs/guide/usage.md", line), href=href, **{"base": link.source, **source}
    )
    return link, rules.Facts(graph=GRAPH, source=lambda _: written)


@pytest.mark.parametrize(
    ("href", "asked", "source", "targets"),
    [
        ("gone.md", "guide/gone.md", {}, ("guide/gone.md",)),
        ("gone.MARKDOWN?a#b", "guide/gone.MARKDOWN", {}, ("guide/gone.MARKDOWN",)),
        ("gone.md", "guide/usage/gone.md", {"raw": True}, ("guide/usage/gone.md", "guide/gone.md")),
        ("gone/", "guide/usage/gone/", {}, ("guide/usage/gone/", "guide/gone")),
        ("my%20gone/", "x", {}, ("x", "guide/my gone")),
        ("../../gone/", "gone/", {}, ("gone/",)),
        ("/gone.md", "gone.md", {}, ("gone.md",)),
        ("https://own.example/gone/", "gone/", {}, ("gone/",)),
        ("#x", "guide/usage.md", {}, ("guide/usage.md",)),
        ("gone/", "x", {"base": "parts/one.md"}, ("x", "parts/gone")),
    ],
)
def test_possible_targets(href: str, asked: str, source: dict[str, Any], targets: tuple[str, ...]) -> None:
    assert possible_targets(*given(href, asked, **source)) == targets
    assert likeliest_target(*given(href, asked, **source)) == targets[0]
    assert likeliest_target(*given(href, asked, "asset", **source)) == asked


PAGE = "guide/my page.markdown"


@pytest.mark.parametrize(
    ("href", "asked", "source", "target", "fragment", "new"),
    [
        ("gone.md", "guide/gone.md", {}, PAGE, None, "my%20page.markdown"),
        ("gone.md", "guide/gone.md", {}, PAGE, "a%20b", "my%20page.markdown#a%20b"),
        ("gone.md", "guide/gone.md", {"raw": True}, PAGE, None, "../my%20page/"),
        ("my pagee/", "guide/usage/my pagee/", {}, PAGE, None, "my%20page.markdown"),
        ("../my_pag/", "guide/my_pag/", {}, PAGE, None, "../my%20page/"),
        ("/docs/guide/gone/", "guide/gone/", {}, PAGE, "x", "/docs/guide/my%20page/#x"),
        ("/guide/gone.md", "guide/gone.md", {}, PAGE, None, "/guide/my%20page.markdown"),
        ("/guide/gone.md", "/guide/gone.md", {}, PAGE, None, "/guide/my%20page/"),
        ("/elsewhere/", "guide/gone/", {}, PAGE, None, None),
        ("/docs/", "", {}, PAGE, None, None),
        ("https://own.example/gone/", "gone/", {}, "img/a b.png", None, "https://own.example/img/a%20b.png"),
        ("#x", "guide/usage.md", {}, "guide/usage.md", "y", "#y"),
        ("#x", "guide/usage.md", {}, "guide/usage.md", None, None),
        ("#x", "guide/usage.md", {"line": 3}, PAGE, "y", "my%20page.markdown#y"),
        ("#x", "guide/usage.md", {}, PAGE, "y", "../my%20page/#y"),
        ("gone.md", "parts/gone.md", {"base": "parts/one.md"}, PAGE, None, "../guide/my%20page.markdown"),
        ("gone/", "parts/gone/", {"base": "parts/one.md"}, PAGE, None, "../guide/my%20page.markdown"),
        ("gone.md", "gone.md", {"base": "one.md"}, PAGE, None, "guide/my%20page.markdown"),
        ("gone.md", "gone.md", {"base": "parts/one.md", "raw": True}, PAGE, None, None),
        ("gone.md", "gone.md", {"base": "../one.md"}, PAGE, None, None),
        ("[[gone]]", "", {}, PAGE, "a%20b", "[[/guide/my page#a b]]"),
        ("[[usage#x|Text]]", "guide/usage.md", {}, "guide/usage.md", "y", "[[usage#y|Text]]"),
        ("[[gone#x]]", "", {}, PAGE, None, "[[/guide/my page]]"),
    ],
)
def test_rewritten_href(
    href: str, asked: str, source: dict[str, Any], *, target: str, fragment: str | None, new: str | None
) -> None:
    assert rewritten_href(*given(href, asked, **source), target, fragment) == new


def test_an_address_that_is_known_to_be_served_stays_one() -> None:
    link, facts = given("my pagee/", "guide/usage/my pagee/")
    assert rewritten_href(link, facts, PAGE, served=True) == "../my%20page/"


def test_a_link_of_an_unknown_page_has_no_relative_address() -> None:
    link, facts = given("../my_pag/", "guide/my_pag/", raw=True)
    unknown = LinkGraph.of([page for page in GRAPH.pages.values() if page.uri != link.source], [])
    assert rewritten_href(link, rules.Facts(graph=unknown, source=facts.source), PAGE) is None


@pytest.mark.parametrize(
    ("written", "target", "heading", "new"),
    [
        ("[[a#b|c]]", "x/y.md", None, "[[/x/y#b|c]]"),
        ("[[a#b]]", "x/y.markdown", "z", "[[/x/y#z]]"),
        ("![[a.png]]", "x/y.png", None, "![[/x/y.png]]"),
        ("[[a#b]]", None, "", "[[a]]"),
        ("[[a#b]]", None, "z", "[[a#z]]"),
    ],
)
def test_rewritten_wikilink(written: str, target: str | None, heading: str | None, new: str) -> None:
    link = parse(written)
    assert link
    assert rewritten_wikilink(link, target, heading) == new


def test_readable() -> None:
    assert readable("über/a b") == "über/a%20b"
    marks = "e\u0301", "क\u093e", "a\u20dd"
    assert [readable(text) for text in marks] == list(marks)
    assert readable("\ud800") == "\ud800"

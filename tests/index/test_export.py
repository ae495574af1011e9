"""An index is written the same way twice, read back whole, and refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mkdocs_backlinks.errors import IndexFileError
from mkdocs_backlinks.index import LinkGraph, SourceLinks, dump, load
from mkdocs_backlinks.model import (
    Excerpt,
    Heading,
    IgnoreMark,
    Link,
    Page,
    PageUri,
    Reason,
    Related,
    SourceLink,
    SourceLocation,
)

A, B = PageUri("a.md"), PageUri("b.md")
GRAPH = LinkGraph.of(
    [
        Page(uri=B, url="b/", title="B", depth=1),
        Page(uri=A, url="a/", title="Ä", anchors=frozenset({"z", "y"})),
    ],
    [
        Link(source=B, kind="external", href="https://e.org", target="https://e.org/", rel=("nofollow",)),
        Link(
            source=A,
            kind="page",
            href="../b/#x",
            target=B,
            fragment="x",
            text="to B",
            heading=Heading("y", "Y"),
            excerpt=Excerpt("Go ", "to B", "."),
            marks=(IgnoreMark("broken_page", "soon"), IgnoreMark(None)),
        ),
    ],
)


SOURCES = SourceLinks(
    {A: lambda: [SourceLink(location=SourceLocation("docs/a.md", 3, 4), href="b.md#x", base="a.md")]}
)


def dumped() -> str:
    related = {A: (Related(B, 0.5, (Reason("shared_terms", ("queue",)),)),)}
    return "".join(dump(GRAPH, SOURCES, site_url="https://h/", related=related, equity={A: 12.5}))


def test_the_contract() -> None:
    index = json.loads(dumped())
    assert list(index) == ["version", "site_url", "pages", "links", "moved"]
    assert index["pages"][0] == {
        "uri": "a.md",
        "url": "a/",
        "title": "Ä",
        "depth": None,
        "file": None,
        "equity": 12.5,
        "anchors": ["y", "z"],
        "related": [{"uri": "b.md", "score": 0.5, "reasons": [{"kind": "shared_terms", "names": ["queue"]}]}],
    }
    assert index["links"][0] == {
        "source": "a.md",
        "kind": "page",
        "href": "b.md#x",
        "target": "b.md",
        "fragment": "x",
        "text": "to B",
        "element": "a",
        "rel": [],
        "heading": {"id": "y", "text": "Y"},
        "excerpt": "Go to B.",
        "file": "docs/a.md",
        "line": 3,
        "column": 4,
        "ignore": [{"rule": "broken_page", "reason": "soon"}, {"rule": None, "reason": ""}],
    }


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "index.json"
    path.write_text(dumped(), encoding="utf-8")
    graph, sources = load(path)
    assert graph.pages[A].anchors == {"y", "z"}
    assert [(link.href, sources.of(link).location, str(link.excerpt)) for link in graph.links] == [
        ("b.md#x", SourceLocation("docs/a.md", 3, 4), "Go to B."),
        ("https://e.org", SourceLocation(), ""),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "no link index of version 1"),
        ('{"version": 2}', "found: 2"),
        ('{"version": 1}', "damaged"),
        ('{"version": 1, "pages": [], "links": [{}]}', "damaged"),
        ('{"version": 1, "pages": [{"uri": 1}], "links": []}', "damaged"),
        ('{"version": 1, "pages": [], "links": [], "moved": [1]}', "damaged"),
        ('{"version": 1, "pages": [], "links": [], "moved": {"a": 1}}', "damaged"),
        ("\x00\xff", "is not JSON"),
    ],
)
def test_a_file_that_holds_no_index_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "index.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IndexFileError, match=message):
        load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"Cannot read the link index .*none\.json"):
        load(tmp_path / "none.json")

"""A wikilink goes to the nearest page of its name or to none, and its heading to an id or a text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify

from mkdocs_backlinks.index.markdown.markdown_links import scan
from mkdocs_backlinks.index.wiki_names import Named, WikiNames, first_title
from mkdocs_backlinks.index.wikilinks import Wikilink, parse, wikilink
from mkdocs_backlinks.model import PageUri

INSTALL = """\
# Installation

## Known *limits*

## `mkdocs build`

## Named { #own .wide }

## Twice

## Twice

<a id="Raw"></a>

Text { #inline }
"""
SITE = [
    Named(uri="index.md", title="Home"),
    Named(uri="guide/index.md", title="Guide"),
    Named(uri="guide/install.md", title="Installation", names=("Set me up",), markdown=lambda: INSTALL),
    Named(uri="guide/deep/tricks.md", title="Tricks & <tips>"),
    Named(uri="a/setup.md", title="Setup"),
    Named(uri="b/setup.md", title="Setup"),
    Named(uri="b/README.md", title="B"),
    Named(uri="lang/csharp.md", title="C#"),
    Named(uri="lang/Résumé page.md"),
    Named(uri="API.md", title="The API"),
    Named(uri="other/api.md", title="Other"),
    Named(uri="img/logo.png"),
    Named(uri="files/tool.zip"),
]
NAMES = WikiNames(SITE, lambda text: slugify(text, "-"))

WRITTEN: list[tuple[str, Wikilink | None]] = [
    ("[[A]]", Wikilink("A")),
    ("[[ A  b\nc ]]", Wikilink("A b c")),
    ("[[A|text]]", Wikilink("A", "text")),
    (r"[[A\|text]]", Wikilink("A", "text")),
    ("[[A|b|c]]", Wikilink("A", "b|c")),
    ("[[A#H|t]]", Wikilink("A#H", "t")),
    ("![[i.png|80]]", Wikilink("i.png", "80", embedded=True)),
    ("[[A &amp; B]]", Wikilink("A & B")),
    (r"[[a\_b]]", Wikilink("a_b")),
    ("[[A| ]]", Wikilink("A")),
    ("[[]]", None),
    ("[[|]]", None),
    ("[[ ]]", None),
    ("[[#]]", None),
    ("[[|text]]", None),
    ("[[a [b] c]]", None),
    ("[[a]](b)", None),
    ("[[a]", None),
    ("[[" + "a" * 501 + "]]", None),
]

# The wikilink, the page it stands on, and what it may mean.
MEANINGS: list[tuple[str, str, Sequence[str]]] = [
    ("[[Installation]]", "index.md", ["guide/install.md"]),
    ("[[installation]]", "index.md", ["guide/install.md"]),
    ("[[Set me up]]", "index.md", ["guide/install.md"]),
    ("[[set-me_up]]", "index.md", ["guide/install.md"]),
    ("[[install]]", "index.md", ["guide/install.md"]),
    ("[[install.md]]", "index.md", ["guide/install.md"]),
    ("[[guide/install]]", "b/setup.md", ["guide/install.md"]),
    ("[[/guide/install]]", "b/setup.md", ["guide/install.md"]),
    ("[[/install]]", "guide/index.md", []),
    ("[[./install]]", "guide/index.md", ["guide/install.md"]),
    ("[[../guide/install.md]]", "a/setup.md", ["guide/install.md"]),
    ("[[./install]]", "a/setup.md", []),
    ("[[../../etc]]", "a/setup.md", []),
    ("[[../../../etc/passwd]]", "index.md", []),
    ("[[/../../a/setup]]", "index.md", []),
    ("[[guide]]", "index.md", ["guide/index.md"]),
    ("[[b]]", "a/setup.md", ["b/README.md"]),
    ("[[index]]", "guide/install.md", ["guide/index.md"]),
    ("[[index]]", "guide/deep/tricks.md", ["guide/index.md"]),
    ("[[index]]", "a/setup.md", ["index.md"]),
    ("[[Setup]]", "a/setup.md", ["a/setup.md"]),
    ("[[Setup]]", "b/README.md", ["b/setup.md"]),
    ("[[Setup]]", "index.md", ["a/setup.md", "b/setup.md"]),
    ("[[a/setup]]", "index.md", ["a/setup.md"]),
    ("[[API]]", "other/api.md", ["API.md"]),
    ("[[api]]", "index.md", ["other/api.md"]),
    ("[[Api]]", "index.md", ["API.md"]),
    ("[[Tricks & <tips>]]", "index.md", ["guide/deep/tricks.md"]),
    ("[[C#]]", "index.md", ["lang/csharp.md"]),
    ("[[C##Types]]", "index.md", ["lang/csharp.md"]),
    ("[[Re\u0301sume\u0301 page]]", "index.md", ["lang/Résumé page.md"]),
    ("[[#Here]]", "index.md", ["index.md"]),
    ("[[logo.png]]", "index.md", ["img/logo.png"]),
    ("![[img/logo.png]]", "index.md", ["img/logo.png"]),
    ("[[logo]]", "index.md", []),
    ("[[Nope]]", "index.md", []),
]

# The heading of a wikilink to the page above, and what stands behind `#`.
FRAGMENTS: list[tuple[str, str | None]] = [
    ("", None),
    ("Known limits", "known-limits"),
    ("known-limits", "known-limits"),
    ("KNOWN LIMITS", "known-limits"),
    ("mkdocs build", "mkdocs-build"),
    ("Named", "own"),
    ("own", "own"),
    ("Twice", "twice"),
    ("twice_1", "twice_1"),
    ("Raw", "Raw"),
    ("inline", "inline"),
    ("Installation#Named", "own"),
    ("From a snippet", "from-a-snippet"),
    ("^block", "^block"),
    ("!!!", "!!!"),
]


@pytest.mark.parametrize(("written", "expected"), WRITTEN)
def test_parse(written: str, expected: Wikilink | None) -> None:
    assert parse(written) == expected


@pytest.mark.parametrize(("written", "page", "candidates"), MEANINGS)
def test_meaning(written: str, page: str, candidates: Sequence[str]) -> None:
    link = parse(written)
    assert link
    meaning = NAMES.meaning(link, PageUri(page))
    assert list(meaning.candidates) == candidates
    assert meaning.uri == (candidates[0] if len(candidates) == 1 else None)


def test_only_images_can_be_embedded() -> None:
    for written in ("![[install]]", "![[tool.zip]]"):
        link = parse(written)
        assert link
        meaning = NAMES.meaning(link, PageUri("index.md"))
        assert (len(meaning.candidates), meaning.uri) == (1, None)


@pytest.mark.parametrize(("heading", "fragment"), FRAGMENTS)
def test_fragment(heading: str, fragment: str | None) -> None:
    assert NAMES.fragment("guide/install.md", heading) == fragment


def test_the_fragment_of_a_file_is_as_written() -> None:
    assert NAMES.fragment("files/tool.zip", "page=3") == "page=3"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[[install]]", "install"),
        ("[[Set me up]]", "Set me up"),
        ("[[guide/install]]", "Installation"),
        ("[[install.md]]", "Installation"),
        ("[[guide/install#Named]]", "Installation > Named"),
        ("[[Set me up#Named]]", "Set me up > Named"),
        ("[[#Named]]", "Named"),
        ("[[guide/install|here]]", "here"),
        ("[[files/tool.zip]]", "tool"),
        ("[[Nope#Part]]", "Nope#Part"),
    ],
)
def test_text(written: str, text: str) -> None:
    link = parse(written)
    assert link
    assert NAMES.text(link, NAMES.meaning(link, PageUri("guide/install.md"))) == text


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# One *two*", "One two"),
        ("One\n===\n\nText", "One"),
        ("\n\n# One { #x }", "One"),
        ("# `code` & [a](b.md)", "code & a"),
        ("## Two", ""),
        ("Two\n---", ""),
        ("Text", ""),
        ("", ""),
    ],
)
def test_first_title(source: str, title: str) -> None:
    assert first_title(source) == title


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("a [[x]] b", [(2, "[[x]]", False)]),
        ("![[i.png|80]]", [(0, "![[i.png|80]]", True)]),
        ("[[a]][[b]]", [(0, "[[a]]", False), (5, "[[b]]", False)]),
        ("[[a\nb]]", [(0, "[[a b]]", False)]),
        ("`[[x]]` \\[[x]]", []),
        ("[[1]](a.md)", [(0, "", False)]),
    ],
)
def test_scan(source: str, links: list[tuple[int, str, bool]]) -> None:
    assert [(link.offset, link.wikilink, link.image) for link in scan(source)] == links


PARTS = st.text(alphabet="aZ#|[]!\\/. \n&;<>\"'-_{}^é\u0301\u202e\x00", max_size=30)


@given(PARTS)
def test_what_is_written_can_be_written_again(text: str) -> None:
    for parts in (text.split("|", 1), (text, text), (text,)):
        link = wikilink(*parts)
        assert link is None or parse(str(link)) == link


@given(PARTS, st.sampled_from([one.uri for one in SITE]))
def test_any_text_means_known_pages_or_nothing(text: str, page: str) -> None:
    link = parse(f"[[{text}]]")
    if link is None:
        return
    meaning = NAMES.meaning(link, PageUri(page))
    assert set(meaning.candidates) <= {item.uri for item in SITE}
    assert meaning.uri is None or meaning.candidates == (meaning.uri,)
    assert NAMES.fragment("guide/install.md", text) != ""


def test_the_whole_target_is_the_likeliest_name_then_the_longest_one_before_a_sign() -> None:
    assert list(Wikilink("A # B#C").readings()) == [("A # B#C", ""), ("A # B", "C"), ("A", "B#C")]


@pytest.mark.parametrize(
    ("names", "uri", "heading"),
    [
        (["a", "a#b", "a#b#c"], "2.md", ""),
        (["a", "a#b"], "1.md", "c"),
        (["a"], "0.md", "b#c"),
    ],
)
def test_the_first_reading_that_names_a_page_counts(names: list[str], uri: str, heading: str) -> None:
    site = [Named(uri=f"{number}.md", title=name) for number, name in enumerate(names)]
    meaning = WikiNames(site, str).meaning(Wikilink("a#b#c"), PageUri("p.md"))
    assert (meaning.uri, meaning.heading) == (uri, heading)

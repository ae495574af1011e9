"""A page's Markdown with what it takes in: the same text as the real extension makes, traced to its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_backlinks.index.markdown.inclusion import Inclusions, SourceText, assemble, moved

SNIPPETS = {
    "a.md": "A one\nA two\nA three\nA four\n",
    "b.md": 'B\n--8<-- "a.md:2:3"\nB end',
    "loop.md": 'L\n--8<-- "loop.md"\n--8<-- "b.md"',
    "parts.md": (
        "Before\n<!-- --8<-- [start:one] -->\nIn one\n--8<-- [start:two]\nIn both\n"
        "<!-- --8<-- [end:one] -->\nIn two\n# --8<-- [end:two]\nAfter"
    ),
    "folder/c.md": "C",
    "empty.md": "",
}
PAGES = {
    "one": '--8<-- "a.md"',
    "in single quotes": "--8<-- 'a.md'",
    "a long mark": '---8<---   "a.md"',
    "indented": '- x\n\n    --8<-- "a.md"\n\n- y',
    "nested": 'x\n--8<-- "b.md"\ny',
    "a loop": '--8<-- "loop.md"',
    "a block": "x\n--8<--\na.md\n\n; b.md\nfolder/c.md\n--8<--\ny",
    "an open block": "x\n--8<--\na.md",
    "a mark in a block": '--8<--\n--8<-- "a.md"\nb.md\n--8<--',
    "a section": '--8<-- "parts.md:one"',
    "another section": '--8<-- "parts.md:two"',
    "a section that is not there": '--8<-- "parts.md:three"',
    "the whole with sections": '--8<-- "parts.md"',
    "lines": '--8<-- "a.md:2:3"',
    "from a line": '--8<-- "a.md:3"',
    "up to a line": '--8<-- "a.md::2"',
    "several lines": '--8<-- "a.md:1:1,3:4"',
    "lines from the end": '--8<-- "a.md:-2:-1"',
    "lines beyond the end": '--8<-- "a.md:9:12"',
    "escaped": ';--8<-- "a.md"',
    "commented out": '--8<-- "; a.md"',
    "no mark": 'x --8<-- "a.md"\n--8<-- a.md\n--8<--"a.md"',
    "not there": '--8<-- "nothing.md"',
    "in a fence": '```\n--8<-- "a.md"\n```',
    "empty": '--8<-- "empty.md"\nx',
    "an address": '--8<-- "https://example.org/a.md"\nx',
    "outside": '--8<-- "../secret.md"\nx',
}


def read(name: str) -> SourceText | None:
    return SourceText(SNIPPETS[name], f"/s/{name}", f"s/{name}") if name in SNIPPETS else None


def lines_of(text: str) -> list[str]:
    """The lines with something in them; marks of sections and escapes are for the extension alone."""
    return [line.strip() for line in text.split("\n") if line.strip() and "8<-" not in line]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Markdown:
    root = tmp_path_factory.mktemp("snippets")
    for name, text in SNIPPETS.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root.parent / "secret.md").write_text("secret", encoding="utf-8")
    return Markdown(
        extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": {"base_path": [str(root)]}}
    )


def by_extension(markdown: Markdown, text: str) -> list[str]:
    preprocessor = markdown.reset().preprocessors["snippet"]
    return lines_of("\n".join(preprocessor.run(text.split("\n"))))


def by_us(text: str) -> list[str]:
    page = SourceText(text, "/docs/p.md", "docs/p.md")
    return lines_of(assemble(page, Inclusions(docs="/docs", snippet=read)).text)


@pytest.mark.parametrize("case", PAGES)
def test_the_text_is_that_of_the_extension(case: str, real: Markdown) -> None:
    assert by_us(PAGES[case]) == by_extension(real, PAGES[case])


MARKS = [*PAGES.values(), *(text.replace("a.md", "b.md") for text in PAGES.values())]


@given(st.lists(st.sampled_from([*MARKS, "x", "--8<--", ""]), max_size=6))
def test_so_is_any_page(real: Markdown, pieces: list[str]) -> None:
    text = "\n".join(pieces)
    assert by_us(text) == by_extension(real, text)


@given(st.lists(st.sampled_from([*PAGES.values(), "x", "\n", "é"]), max_size=6))
def test_each_character_is_traced_to_its_place(pieces: list[str]) -> None:
    page = SourceText("\n".join(pieces), "/docs/p.md", "docs/p.md")
    assembled = assemble(page, Inclusions(docs="/docs", snippet=read))
    for offset, character in enumerate(assembled.text):
        source, line, column = assembled.place(offset)
        if source.path:
            lines = source.text.split("\n")
            assert (lines[line - 1] + "\n")[column - 1] == character


def test_a_page_without_marks_is_itself() -> None:
    page = SourceText("# x\n\ny", "/docs/p.md", "docs/p.md")
    assert assemble(page, Inclusions()).text == page.text
    assert assemble(SourceText("", "p"), Inclusions()).text == ""


def test_snippets_that_every_page_gets() -> None:
    page = SourceText("x", "/docs/p.md", "docs/p.md")
    text = assemble(page, Inclusions(snippet=read, appended=("folder/c.md", "nothing.md"))).text
    assert lines_of(text) == ["x", "C"]


TAGGED = "one START two END three START four END five"
TAGS = {
    '{% include-markdown "t" %}': TAGGED,
    "{% include 't' %}": TAGGED,
    '{% include-markdown "t" start="START" %}': " two END three START four END five",
    '{% include-markdown "t" end="END" %}': "one START two ",
    '{% include-markdown "t" start="START" end="END" %}': " two  four ",
    '{% include-markdown "t" start="zzz" %}': "",
    '{% include-markdown "t" end="zzz" %}': TAGGED,
    '{% include-markdown "t" start="zzz" end="END" %}': "one START two  five",
    '{%\n  include-markdown "t"\n  start="START"\n  end="END three"\n%}': " two  four END five",
    '{% include-markdown "t" heading-offset=1 comments=false %}': TAGGED,
    '{% include-markdown "t" recursive=false %}': "",
    '{% include-markdown "*.md" exclude="t" %}': "",
    '{% include-markdown "nothing" %}': "",
    "{% other 't' %}": "{% other 't' %}",
    "{% include t %}": "{% include t %}",
}


@pytest.mark.parametrize("tag", TAGS)
def test_tags(tag: str) -> None:
    def include(name: str, by: str) -> SourceText | None:
        assert by == "/docs/p.md"
        return SourceText(TAGGED, "/docs/t.md") if name == "t" else None

    page = SourceText(f"a {tag} z", "/docs/p.md")
    text = assemble(page, Inclusions(docs="/docs", include=include)).text
    expected = TAGS[tag]
    # What is not followed stays in the text, where it is no link.
    assert text == (f"a {expected} z" if expected or "zzz" in tag or "nothing" in tag else f"a {tag} z")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("b.md#x", "../parts/b.md#x"),
        ("../guide/c.md", "c.md"),
        ("sub/", "../parts/sub/"),
        ("#x", "#x"),
        ("/x", "/x"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@b", "mailto:a@b"),
    ],
)
def test_addresses_count_from_the_included_file(href: str, expected: str) -> None:
    assert moved(href, "/docs/parts/a.md", "/docs/guide/p.md") == expected


def test_the_folder_of_a_real_path_is_its_own(tmp_path: Path) -> None:
    assert moved("docs/a.md", f"{tmp_path}/README.md", f"{tmp_path}/docs/p.md") == "a.md"

"""A place in the source is the right one or none: checked against what Python-Markdown makes of it."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.index import PageSource, SiteSource, build
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink

EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.magiclink",
    "pymdownx.superfences",
]

# What an author writes, and the place and address of each link in the order of the built page.
CASES = {
    "inline": ("See [x](a.md) and\n[y](b.md#z).", ["1:5 a.md", "2:1 b.md#z"]),
    "title": ('[x](a.md "A (title)")', ["1:1 a.md"]),
    "in angle brackets": ("[x](<a b.md>)", ["1:1 a b.md"]),
    "brackets in the address": ("[x](w_(y)) [z](w_\\(y\\))", ["1:1 w_(y)", "1:12 w_(y)"]),
    "brackets in the text": ("[a [b] c](x.md)", ["1:1 x.md"]),
    "entities": ("[x](a?b=1&amp;c=2)", ["1:1 a?b=1&c=2"]),
    "reference": (
        "Go [x][one] or [one][] or [one].\n\n[One]: a.md 'T'",
        ["1:4 a.md", "1:16 a.md", "1:27 a.md"],
    ),
    "reference in an admonition": ("!!! note\n\n    [x][r]\n\n    [r]: a.md", ["3:5 a.md"]),
    "a bracket before a reference": ("[no] [x](a.md)", ["1:6 a.md"]),
    "autolink": ("<https://e.org/x> b", ["1:1 https://e.org/x"]),
    "bare": ("(https://e.org/x). _https://e.org/y_", ["1:2 https://e.org/x", "1:21 https://e.org/y"]),
    "raw inline": ('a <b><a class="q" href="a/">x</a></b>', ["1:6 a/"]),
    "raw block": ("<div>\n<a\n  href='a/'>x</a>\n</div>", ["2:1 a/"]),
    "raw in a quotation": ('> <a\n> href="a/">x</a>', ["1:3 a/"]),
    "raw, closed on a line of its own": ('<div>\n<a\n  href="a/"\n>x</a>\n</div>', ["2:1 a/"]),
    "raw addresses are no source paths": ('<a href="a.md">x</a> [x](a.md)', ["1:1 a.md", "1:22 a.md"]),
    "an image in several sizes": (
        'x <img src="i.png" srcset="i.png, j.png 2x" alt="x"> ![x](j.png)',
        ["1:3 i.png", "1:3 j.png", "1:54 j.png"],
    ),
    "a poster": ('<video src="v.mp4" poster="p.png"></video>', ["1:1 v.mp4", "1:1 p.png"]),
    "a style sheet": ('<link rel="stylesheet" href="s.css">', ["1:1 s.css"]),
    "linked image": ("[![alt](i.png)](a.md)", ["1:1 a.md", "1:2 i.png"]),
    "image and link to one file": ("![x](i.png) [x](i.png)", ["1:1 i.png", "1:13 i.png"]),
    "front matter": ("---\ntitle: x\nurl: [x](a.md)\n---\n[x](a.md)", ["5:1 a.md"]),
    "fence": ("```\n[x](a.md)\n```\n\n[x](a.md)", ["5:1 a.md"]),
    "fence in a list": ("- one\n\n    ```\n    [x](a.md)\n    ```\n\n- [x](a.md)", ["7:3 a.md"]),
    "inline code": ("`[x](a.md)` ``[x](a.md) ` `` [x](a.md)", ["1:30 a.md"]),
    "an open backtick": ("a ` b [x](a.md)", ["1:7 a.md"]),
    "comment": ("<!-- [x](a.md) -->\n\n[x](a.md)", ["3:1 a.md"]),
    "a backslash before a tag": ("\\<a href='a/'>{{ x }}</a>[x][r]", ["1:2 a/"]),
    "a backslash at the end of a paragraph": ("[a\\\n\nb] [x](a.md)", ["3:4 a.md"]),
    "escaped": (r"\[x](a.md) [x](a.md)", ["1:12 a.md"]),
    "the n-th of equal ones": ("[x](a.md)\n[x](a.md)\n[x](a.md)", ["1:1 a.md", "2:1 a.md", "3:1 a.md"]),
    "equal targets, other texts": ("[x](a.md) [y](a.md)", ["1:1 a.md", "1:11 a.md"]),
    "footnotes stand last": (
        "A[^1] [x](b.md).\n\n[^1]: See [x](a.md) and [z](b.md).\n\nEnd [x](a.md).",
        ["1:7 b.md", "5:5 a.md", "3:11 a.md", "3:25 b.md"],
    ),
    "table": ("| a | b |\n|---|---|\n| [x](a.md) | [y](b.md) |", ["3:3 a.md", "3:15 b.md"]),
    "definition list": ("Term [x](a.md)\n:   Says [y](b.md)", ["1:6 a.md", "2:10 b.md"]),
    "heading": ("# A [x](a.md)\n\nText", ["1:5 a.md"]),
    "attributes": ("[x](a.md){ .button }", ["1:1 a.md"]),
    "Markdown in HTML": ('<div markdown="1">\n[x](a.md)\n</div>', ["2:1 a.md"]),
    "one that did not become a link": ("    [x](a.md)\n\nText [x](b.md)", ["3:6 b.md"]),
    "an address that stands elsewhere is no identifier's": (
        "<a href='a/'>``[^1]`<a href='a/'>[x](a.md)`[^1][x](a.md)",
        ["? a/", "1:1 a/", "? a.md", "? a.md"],
    ),
    "alike in code and in text": ("    [x](a.md)\n\nText [x](a.md)", ["? a.md"]),
    "alike, told apart by their headings": (
        "# One\n\n    [x](a.md)\n\nText [x](a.md)\n\n# Two\n\nText [x](a.md)",
        ["? a.md", "9:6 a.md"],
    ),
    "a template's address": ("[x]({{ here }})", ["1:1 {{ here }}"]),
    "tabs": ("\t\n[a](a.md)\t[x](b.md)", ["2:1 a.md", "2:11 b.md"]),
}


def links_of(source: str) -> list[tuple[Link, SourceLink]]:
    text = source.split("---\n", 2)[-1] if source.startswith("---") else source
    html = markdown.markdown(text, extensions=EXTENSIONS)
    for name in ("a", "b"):  # what MkDocs does to addresses of pages
        html = html.replace(f'href="{name}.md', f'href="../{name}/')
    raw = source.replace('<a href="a.md">', "")
    html = html if raw == source else html.replace('href="../a/"', 'href="a.md"', 1)
    pages = [Page(uri=PageUri(f"{n}.md"), url=f"{n}/", title=n) for n in ("p", "a", "b")]
    sources = [PageSource(page=page, html="") for page in pages[1:]]
    sources.append(PageSource(page=pages[0], html=html, markdown=lambda: source, file="docs/p.md"))
    graph, located = build(SiteSource(bases=["https://h/"], assets=frozenset(), sources={}), sources)
    return [(link, located.of(link)) for link in graph.links]


@pytest.mark.parametrize("case", CASES)
def test_place(case: str) -> None:
    source, expected = CASES[case]
    found = [
        f"{link.location.line}:{link.location.column} {link.href}" if link.location.line else "?"
        for _, link in links_of(source)
    ]
    assert found == [place if place[0] != "?" else "?" for place in expected]


def test_crlf_counts_like_lf() -> None:
    """MkDocs reads sources with universal newlines, so that only LF reaches the index."""
    assert [link.location.line for _, link in links_of("a\n\n[x](a.md)")] == [3]


PIECES = st.lists(
    st.sampled_from(
        ["[x](a.md)", "[x](b.md)", "[y](a.md)", "`", "``", "\n", "\n\n", "    ", "```\n", "<!--", "-->", "\\",
         "[", "]", "(", ")", "![x](i.png)", "<a href='a/'>", "</a>", "[x][r]", "\n\n[r]: a.md\n\n", "[^1]",
         "\n\n[^1]: ", "# ", "- ", "> ", "https://e.org/", "{{ x }}", "é", "\u202e", " "]
    ),
    max_size=25,
)  # fmt: skip


@given(PIECES)
def test_a_place_shows_the_link_or_is_not_claimed(pieces: list[str]) -> None:
    source = "".join(pieces)
    lines = source.split("\n")
    for link, written in links_of(source):
        place = written.location
        if place.line is None or place.column is None:
            continue
        rest = "\n".join(lines[place.line - 1 :])[place.column - 1 :]
        assert rest[0] in "[!<h{"
        shown = " ".join(rest.replace("\\", "").split())
        assert link.text.strip() in shown or written.href in rest

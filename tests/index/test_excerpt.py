"""An excerpt is the sentence that a reader would quote."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.index.excerpt import REACH
from mkdocs_backlinks.index.read import Context, read

SENTENCES = {
    "the sentence alone": ("<p>One. Two <a href=x>three</a> four. Five.</p>", "Two |three| four."),
    "the whole of a short paragraph": ("<p>Two <a href=x>three</a> four</p>", "Two |three| four"),
    "abbreviations end nothing": (
        "<p>Use a job, e.g. <a href=x>an array</a>, i.e. many. Then wait.</p>",
        "Use a job, e.g. |an array|, i.e. many.",
    ),
    "names of files end nothing": ("<p>Edit mkdocs.yml in <a href=x>it</a>.</p>", "Edit mkdocs.yml in |it|."),
    "a question": ("<p>Why? See <a href=x>it</a>! Then go.</p>", "See |it|!"),
    "markup is text": ("<p>A <b>bold <a href=x>w<i>or</i>d</a> here</b> end.</p>", "A bold |word| here end."),
    "a list item without its sublist": (
        "<ul><li>An <a href=x>item</a> here<ul><li>sub</li></ul></li></ul>",
        "An |item| here",
    ),
    "a table cell": ("<table><tr><td>no</td><td>a <a href=x>b</a></td></tr></table>", "a |b|"),
    "a heading": ("<h2>About <a href=x>it</a></h2><p>No.</p>", "About |it|"),
    "a line break is a space": ("<p>one<br><a href=x>two</a></p>", "one |two|"),
    "Chinese": ("<p>中文。这是<a href=x>链接</a>。下一句</p>", "这是|链接|。"),
    "an image has no words": ("<p>a <img src=i.png alt=no> <a href=x>b</a></p>", "a |b|"),
}


def marked(html: str, context: Context = "sentence") -> str:
    found = next(link for link in read(html, context).links if link.element == "a").excerpt
    return f"{found.before}|{found.text}|{found.after}"


@pytest.mark.parametrize("case", SENTENCES)
def test_sentence(case: str) -> None:
    html, expected = SENTENCES[case]
    assert marked(html) == expected


def test_paragraph_keeps_every_sentence() -> None:
    html = "<p>One. Two <a href=x>three</a> four. Five.</p>"
    assert marked(html, "paragraph") == "One. Two |three| four. Five."


def test_a_long_block_is_cut_on_both_sides() -> None:
    found = read(f"<p>{'a' * 9999} <a href=x>b</a> {'c' * 9999}</p>").links[0].excerpt
    assert len(found.before) <= REACH
    assert len(found.after) <= REACH


def test_ten_thousand_links_in_one_paragraph_are_read() -> None:
    links = read("<p>" + "<a href=x>word</a> and " * 10_000 + "</p>").links
    assert len(links) == 10_000
    assert all(len(str(link.excerpt)) <= 2 * REACH + 4 for link in links)

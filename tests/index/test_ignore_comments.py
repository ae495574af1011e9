"""An ignore mark is about the link right before it in the same block, or else about the next one."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.index.html.page_content import read

# The page, the rules that marks name at each link, and those of marks at no link; `*` is all rules.
CASES: dict[str, tuple[str, list[str], str]] = {
    "right behind": ('<p><a href="x">x</a> <!-- backlinks-ignore: r why --></p>', ["r"], ""),
    "words between": ('<p><a href="x">x</a> and so on. <!-- backlinks-ignore: r --></p>', ["r"], ""),
    "the link before goes first": (
        '<p><a href="x">x</a> <!-- backlinks-ignore: r --> <a href="y">y</a></p>',
        ["r", ""],
        "",
    ),
    "before": ('<p><!-- backlinks-ignore: r --> <a href="x">x</a></p>', ["r"], ""),
    "between blocks": (
        '<p><a href="x">x</a></p><!-- backlinks-ignore: r --><p>A <a href="y">y</a> <a href="z">z</a></p>',
        ["", "r", ""],
        "",
    ),
    "at the very beginning": ('<!-- backlinks-ignore: r --><p><a href="x">x</a></p>', ["r"], ""),
    "two before the first block": (
        '<!-- backlinks-ignore: r --><!-- backlinks-ignore: s --><p><a href="x">x</a></p>',
        ["r s"],
        "",
    ),
    "inside of emphasis": ('<p><b><a href="x">x</a></b> <!-- backlinks-ignore: r --></p>', ["r"], ""),
    "in a list item": (
        '<ul><li><a href="x">x</a></li><li><!-- backlinks-ignore: r --><a href="y">y</a></li></ul>',
        ["", "r"],
        "",
    ),
    "in a table cell": (
        '<table><td><a href="x">x</a></td><td><a href="y">y</a> <!-- backlinks-ignore: r --></td></table>',
        ["", "r"],
        "",
    ),
    "several": (
        '<p><a href="x">x</a> <!-- backlinks-ignore: r --> <!-- backlinks-ignore: s --></p>',
        ["r s"],
        "",
    ),
    "the class": ('<p><a href="x" class="a backlinks-ignore">x</a> <a href="y">y</a></p>', ["*", ""], ""),
    "the class and a comment": (
        '<p><a class="backlinks-ignore" href="x">x</a> <!-- backlinks-ignore: r --></p>',
        ["* r"],
        "",
    ),
    "an image in a link": (
        '<p><a href="x"><img src="i.png" alt="i"></a> <!-- backlinks-ignore: r --></p>',
        ["r", "r"],
        "",
    ),
    "before an image in a link": (
        '<!-- backlinks-ignore: r --><p><a href="x"><img src="i.png" alt="i"></a> <a href="y">y</a></p>',
        ["r", "r", ""],
        "",
    ),
    "no link at all": ("<p>x <!-- backlinks-ignore: r --></p>", [], "r"),
    "no link behind": ('<p><a href="x">x</a></p><p><!-- backlinks-ignore: r --></p>', [""], "r"),
    "without a name": ('<p><a href="x">x</a> <!-- backlinks-ignore --></p>', ["?"], ""),
    "without a colon": ('<p><a href="x">x</a> <!-- backlinks-ignore r why --></p>', ["r"], ""),
    "on several lines": ('<p><a href="x">x</a> <!--\nbacklinks-ignore: r\n  why\n--></p>', ["r"], ""),
    "another word": ('<p><a href="x">x</a> <!-- backlinks-ignored: r --></p>', [""], ""),
    "another comment": ('<p><a href="x">x</a> <!-- see backlinks-ignore: r --></p>', [""], ""),
    "in code": ('<p><a href="x">x</a> <code>&lt;!-- backlinks-ignore: r --&gt;</code></p>', [""], ""),
    "a permalink is no link": (
        '<h2 id="t"><a href="x">x</a><a class="headerlink" href="#t">¶</a><!-- backlinks-ignore: r --></h2>',
        ["r"],
        "",
    ),
}


def names(marks: object) -> str:
    assert isinstance(marks, tuple)
    return " ".join("*" if mark.rule is None else mark.rule or "?" for mark in marks)


@pytest.mark.parametrize("case", CASES)
def test_marks(case: str) -> None:
    html, at_links, loose = CASES[case]
    content = read(html)
    assert [names(link.marks) for link in content.links] == at_links
    assert names(content.marks) == loose


def test_a_mark_has_its_reason_and_a_number_of_its_own() -> None:
    link, image, other = read(
        '<p><a href="x"><img src="i" alt="i"></a> <!-- backlinks-ignore: r  not\n yet --></p>'
        '<a href="y">y</a><!-- backlinks-ignore: r -->'
    ).links
    assert [mark.reason for mark in link.marks] == ["not yet"]
    assert link.marks == image.marks
    assert link.marks[0].number != other.marks[0].number

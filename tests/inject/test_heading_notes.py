"""A note stands behind its heading, and nowhere where that is not certain."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.inject.heading_notes import place_heading_notes


@pytest.mark.parametrize(
    ("content", "placed"),
    [
        ('<h2 id="a">A</h2><p>x</p>', '<h2 id="a">A</h2>\nN<p>x</p>'),
        ('<h2 class="b" id="a">A</h2>', '<h2 class="b" id="a">A</h2>\nN'),
        ('<h2 id="a"><a href="#a"><b>A</b></a></h2>', '<h2 id="a"><a href="#a"><b>A</b></a></h2>\nN'),
        ('<h2 id="a">A</h2><h2 id="a">B</h2>', '<h2 id="a">A</h2>\nN<h2 id="a">B</h2>'),
        ('<p id="a">no</p><h3 id="a">A</h3>', '<p id="a">no</p><h3 id="a">A</h3>\nN'),
        ('<h2 data-id="a">A</h2>', None),
        ('<h2>A <i id="a">x</i></h2>', None),
        ('<p id="a">A</p>', None),
        ('<hr id="a">', None),
        ('<code>&lt;h2 id="a"&gt;</code>', None),
        ('<h2 id="a">never closed', None),
        ("<h2 id=a>A</h2>", None),
        ("", None),
    ],
)
def test_a_note_stands_behind_its_heading(content: str, placed: str | None) -> None:
    assert place_heading_notes(content, {"a": "N"}) == (content if placed is None else placed)


def test_an_id_is_looked_for_as_html_writes_it() -> None:
    content = '<h2 id="a&amp;b&quot;">A</h2>'
    assert place_heading_notes(content, {'a&b"': "N"}) == content + "\nN"


def test_each_heading_has_its_own_note() -> None:
    content = '<h2 id="a">A</h2><h2 id="b">B</h2>'
    assert place_heading_notes(content, {"b": "2", "a": "1"}) == '<h2 id="a">A</h2>\n1<h2 id="b">B</h2>\n2'

"""Running text is what a link can be put into; all else of a source is set aside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.advise.prose import BLANK, prose

SEEN = {
    "a paragraph": "some needle here",
    "a second line": "some\nneedle",
    "strong text": "a **needle** is",
    "a list": "- item\n- needle",
    "a nested list": "- item\n\n    - needle",
    "a paragraph of an item": "1. item\n\n    needle",
    "a quotation": "> needle",
    "a list in a quotation": "> - item\n>\n>     needle",
    "the body of a footnote": "[^1]: text\n\n    needle",
    "the body of a tab": '=== "Tab"\n\n    needle',
    "the body of an admonition": '!!! note "Title"\n\n    needle',
    "a cell": "| a | b |\n|---|---|\n| x | needle |",
    "an inline element": "a <b>bold</b> needle",
    "a definition": "Term\n:   needle",
    "behind a code block": "```\ncode\n```\nneedle",
    "behind a paragraph with a loose backtick": "a ` b\n\nneedle",
    "behind front matter": "---\ntitle: x\n---\nneedle",
    "behind a tag without end": "a < b needle",
    "a dollar sign": "costs 5 $ a needle",
    "behind raw HTML": "<div>raw</div>\n\nneedle",
}
ASIDE = {
    "front matter": "---\ntitle: needle\n---\n",
    "a heading": "## a needle",
    "a heading with a line below": "needle\n===",
    "a fence": "```\nneedle\n```",
    "a fence in a list": "- item\n\n    ```\n    needle\n    ```",
    "indented code": "text\n\n    needle",
    "indented code in a list": "- item\n\n        needle",
    "code in a quotation": ">     needle",
    "code below a heading": "# x\n    needle",
    "what backticks may hold": "``x` needle",
    "what they may hold further down": "``x`\nneedle",
    "a quotation that is code": "\t> needle",
    "code below what only looks like a tab": "===x\n\n    needle",
    "later lines of it": "text\n\n    code\n\n    needle",
    "a code span": "a `needle` here",
    "a longer code span": "a ``x ` needle`` here",
    "the text of a link": "[a needle](b.md)",
    "the address of a link": "[a](needle.md)",
    "the title of a link": '[a](b.md "needle")',
    "a reference": "[needle][x]\n\n[x]: y.md",
    "a definition of a reference": "[x]: y.md 'needle'",
    "an unknown reference": "[some text][needle]",
    "a wikilink": "[[needle]]",
    "an image": "![needle](a.png)",
    "a linked image": "[![needle](a.png)](b.md)",
    "an HTML link": '<a href="b.md">needle</a>',
    "an HTML attribute": '<b title="needle">x</b>',
    "a raw block": "<div>\nneedle\n</div>",
    "nested raw blocks": "<div><div>x</div>\nneedle</div>",
    "a raw block without end": "<div>\n\nneedle",
    "preformatted text": "<pre>needle</pre>",
    "a key": "<kbd>needle</kbd>",
    "an autolink": "<https://needle.example.org>",
    "a bare address": "https://example.org/needle",
    "a comment": "<!-- needle -->",
    "a formula": "$needle$ and $$\nneedle\n$$",
    "a template": "{{ needle }} {% if needle %}",
    "an attribute list": "text { .needle }",
    "a footnote mark": "text[^needle]",
    "a task": "[needle]",
    "the title of an admonition": '!!! note "needle"',
    "the title of a tab": '=== "needle"',
    "the head of a table": "| needle | b |\n|---|---|\n| x | y |",
    "a bold line": "**needle**",
    "an abbreviation": "*[ABC]: needle",
    "a snippet": "--8<-- needle",
    "an identifier": "::: needle",
    "an emoji": ":needle:",
}


@pytest.mark.parametrize("source", SEEN.values(), ids=SEEN)
def test_running_text_stays(source: str) -> None:
    assert "needle" in prose(source).text


@pytest.mark.parametrize("source", ASIDE.values(), ids=ASIDE)
def test_the_rest_is_set_aside(source: str) -> None:
    assert "needle" not in prose(source).text


@given(st.text(alphabet=st.sampled_from("ab \n\t`*_[]()<>{}%$|:-=#!~\"'/\\&\r\0é中"), max_size=200))
def test_every_character_keeps_its_place(source: str) -> None:
    text = prose(source).text
    assert len(text) == len(source)
    assert all(shown in (char, BLANK) for shown, char in zip(text, source, strict=True))


@pytest.mark.parametrize(
    "piece", ["{{ ", "$$ ", "|", "<a ", "[", "**a** ", "` ", "<div>", "- ", "> ", "    x\n\n", "``` "]
)
def test_a_long_page_of_signs_takes_no_longer_than_its_length(piece: str) -> None:
    source = piece * (40_000 // len(piece))
    assert len(prose(source).text) == len(source)

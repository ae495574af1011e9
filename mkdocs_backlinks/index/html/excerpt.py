"""Excerpts around links as a reader would quote them: the sentence, the list item, the row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from selectolax.lexbor import LexborNode

from mkdocs_backlinks.index.html.block_context import first_paragraph, frame
from mkdocs_backlinks.index.html.styled_text import BY_TAG, INLINE, collapse_whitespace, inline_text
from mkdocs_backlinks.model import STYLE_MARKERS, Excerpt

REACH = 200
"""Characters read on each side of a link, so that a page of links stays cheap."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE = frozenset({"caption", "dd", "dt", "figcaption", "li", "summary", "td", "th"})
_STOPS = ".!?।؟。！？"
_ABBREVIATION = re.compile(r"\b(?:\w|e\.g|i\.e|etc|vs|cf|approx|resp|Dr|Mr|Mrs|Ms|Fig|No|St)$")
_LONGEST = len("approx") + 1
_WAY_BACK = " \xa0\u21a9\ufe0e"


def excerpt(link: LexborNode, text: str, *, whole_block: bool) -> Excerpt:
    """Return the words around `link`, whose own text is `text`; about `REACH` characters on each side.

    Of a paragraph it is the sentence, unless the `whole_block` is asked for; list items, definitions,
    captions, and cells with their row are given whole. What stands above goes before it as a label: the item
    that a list belongs to, the term, the title of an admonition or a tab, the head of a column. Of a link in
    a heading it is the first sentence below.
    """
    before, own, after, block = _around(link, text)
    if block is None:
        return Excerpt(text=text)
    tag = block.tag
    if tag in _HEADINGS and (below := first_paragraph(block.next)):
        return Excerpt(before=first_sentence(below[:REACH]))
    outer = frame(block, tag)
    is_whole = whole_block or tag in _WHOLE or (outer is not None and outer.is_item)
    start, end = _start(before, is_whole), _end(after, is_whole)
    return Excerpt(outer.before + start, own, end + outer.after) if outer else Excerpt(start, own, end)


def lead(body: LexborNode | None) -> str:
    """The first sentence of a page: that of its first paragraph, before any part of the page begins."""
    return first_sentence(first_paragraph(body.child)[:REACH]) if body is not None and body.child else ""


def first_sentence(text: str) -> str:
    """The first sentence of a text, or all of it where it is one."""
    return text[: _first_end(text)].rstrip()


def _around(link: LexborNode, text: str) -> tuple[str, str, str, LexborNode | None]:
    """The text before a link in its block, the link's own text, the text after it, and the block."""
    before: list[str] = []
    after: list[str] = []
    own = _marked(link, text)
    node = link
    while True:
        _collect(node, before, forward=False)
        _collect(node, after, forward=True)
        parent = node.parent
        if parent is None or (tag := parent.tag) not in INLINE:
            break
        if marks := BY_TAG.get(tag):
            before.append(marks[0])
            after.append(marks[1])
        node = parent
    return collapse_whitespace("".join(before[::-1])), own, collapse_whitespace("".join(after)), parent


def _marked(link: LexborNode, text: str) -> str:
    """The link's text, marked where the link holds one element and no more."""
    child = link.child
    marks = BY_TAG.get(child.tag) if child is not None else None
    if marks is None or child is None or child.next is not None:
        return text
    return marks[0] + text + marks[1]


def _collect(node: LexborNode, pieces: list[str], *, forward: bool) -> None:
    room = REACH - sum(map(len, pieces)) if pieces else REACH
    sibling = node.next if forward else node.prev
    while sibling is not None and room > 0:
        piece = inline_text(sibling)
        if piece is None:
            return
        pieces.append(piece)
        room -= len(piece)
        sibling = sibling.next if forward else sibling.prev


def _start(before: str, is_whole: bool) -> str:
    near = before[-REACH:]
    return (near if is_whole else near[_last_start(near) :]).lstrip()


def _end(after: str, is_whole: bool) -> str:
    near = after[:REACH]
    return (near if is_whole else near[: _first_end(near)]).rstrip(_WAY_BACK)


def _last_start(before: str) -> int:
    start = 0
    for end in _ends(before):
        if not _is_abbreviation(before, end.start()):
            start = end.end()
    return start


def _first_end(after: str) -> int:
    for end in _ends(after):
        if not _is_abbreviation(after, end.start()):
            return end.end()
    return len(after)


def _ends(text: str) -> Iterable[re.Match[str]]:
    """The possible ends of sentences."""
    stops = "".join([stop for stop in _STOPS if stop in text])
    return _end_after(stops).finditer(text) if stops else ()


@lru_cache(maxsize=32)
def _end_after(stops: str) -> re.Pattern[str]:
    """The end of a sentence of which one of these is the first character."""
    return re.compile(
        rf"""[{stops}](?:
            (?<=[。！？])["'」』”’）{STYLE_MARKERS}]*\s*            # scripts without spaces
          | [.!?]*["'”’)\]{STYLE_MARKERS}]*                      # others: white space, then no small letter
            \s+(?=[{STYLE_MARKERS}]*[^\sa-z{STYLE_MARKERS}])
        )""",
        re.VERBOSE,
    )


def _is_abbreviation(text: str, stop: int) -> bool:
    return text[stop] == "." and _ABBREVIATION.search(text, max(0, stop - _LONGEST), stop) is not None

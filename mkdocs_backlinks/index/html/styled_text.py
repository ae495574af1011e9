"""Lines of text in which code, emphasis and labels are marked, so that they can be told apart when shown.

A mark is a character that Unicode keeps for use inside a program, so that a marked text is joined, squeezed
and cut like any other. One that an author wrote could only mark a text of the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborNode

from mkdocs_backlinks.model import STYLE_MARKERS

Kind = Literal["code", "em", "strong", "label", "name"]
"""How a piece of text is shown.

A label is no part of the text but says what it is about; a name may run in another direction than the text.
"""

INLINE = frozenset(
    "a abbr acronym b bdi bdo br button cite code data del dfn em font i img input ins kbd label mark "
    "output q rp rt ruby s samp small span strike strong sub sup svg time tt u var wbr".split()
)
LABEL = "\ufdd6", "\ufdd7"
"""What stands before and after a label."""

NAME = "\ufdd8", "\ufdd9"
"""What stands before and after a name."""

_CODE, _EM, _STRONG = ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3"), ("\ufdd4", "\ufdd5")
BY_TAG: dict[str | None, tuple[str, str]] = {
    "b": _STRONG,
    "code": _CODE,
    "em": _EM,
    "i": _EM,
    "kbd": _CODE,
    "samp": _CODE,
    "strong": _STRONG,
    "tt": _CODE,
}
"""The marks around what stands in an element."""

_KINDS: tuple[Kind, ...] = ("code", "em", "strong", "label", "name")
_OPENS = dict(zip("\ufdd0\ufdd2\ufdd4\ufdd6\ufdd8", _KINDS, strict=True))
_CLOSES = dict(zip("\ufdd1\ufdd3\ufdd5\ufdd7\ufdd9", _KINDS, strict=True))
_MARK = re.compile(f"([{STYLE_MARKERS}])")
_SPACE = re.compile(r"\s+")


def collapse_whitespace(text: str) -> str:
    """The text with each run of white space as one space."""
    is_even = "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text
    return text if is_even else _SPACE.sub(" ", text)


def inline_text(node: LexborNode) -> str | None:
    """What a node among others says in a line of text; None for a block, which ends the line."""
    tag = node.tag
    if tag == "-text":
        return node.text_content or ""
    if tag not in INLINE:
        return None if node.is_element_node else ""
    if tag == "br":
        return " "
    if tag == "sup" and (node.id or "").startswith("fnref"):
        return ""
    start, end = BY_TAG.get(tag, ("", ""))
    return start + node.text() + end


def without_markers(text: str) -> str:
    """The text without its marks."""
    return text if text.isascii() else _MARK.sub("", text)


def first_line(block: LexborNode) -> str:
    """The first line of text in a block, squeezed and without marks."""
    pieces: list[str] = []
    node = block.child
    while node is not None:
        piece = inline_text(node)
        if piece is None:
            if "".join(pieces).strip() or node.tag != "p":
                break
            return first_line(node)
        pieces.append(piece)
        node = node.next
    return without_markers(collapse_whitespace("".join(pieces))).strip()


def segments(text: str) -> Iterator[tuple[str, Kind | None]]:
    """The pieces of a marked text, each with the way in which it is shown.

    A mark may have lost its partner in a cut: what it began goes on to the end, or went on from the start.
    """
    within: list[Kind] = []
    pieces = _MARK.split(text)
    for place, (piece, mark) in enumerate(zip(pieces[::2], [*pieces[1::2], ""], strict=True)):
        closed = _CLOSES.get(mark)
        if piece:
            yield piece, within[-1] if within else closed if place == 0 else None
        if mark in _OPENS:
            within.append(_OPENS[mark])
        elif closed and within:
            within.pop()

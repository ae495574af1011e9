"""Text in which code, emphasis and labels stand between markers, so that they can be styled when shown.

A marker is a Unicode noncharacter, so that a text with markers is joined, squeezed and cut like any other.
One that an author wrote could only style a text of the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborNode

from mkdocs_backlinks.model import STYLE_MARKERS

Kind = Literal["code", "em", "strong", "label", "name"]
"""The style of a piece of text.

A label is no part of the text but says what it is about; a name may run in another direction than the text.
"""

INLINE = frozenset(
    "a abbr acronym b bdi bdo br button cite code data del dfn em font i img input ins kbd label mark "
    "output q rp rt ruby s samp small span strike strong sub sup svg time tt u var wbr".split()
)
LABEL = "\ufdd6", "\ufdd7"
"""The markers before and after a label."""

NAME = "\ufdd8", "\ufdd9"
"""The markers before and after a name."""

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
"""The markers around the text of an element."""

_KINDS: tuple[Kind, ...] = ("code", "em", "strong", "label", "name")
_OPENS = dict(zip("\ufdd0\ufdd2\ufdd4\ufdd6\ufdd8", _KINDS, strict=True))
_CLOSES = dict(zip("\ufdd1\ufdd3\ufdd5\ufdd7\ufdd9", _KINDS, strict=True))
_MARKER = re.compile(f"([{STYLE_MARKERS}])")
_SPACE = re.compile(r"\s+")


def collapse_whitespace(text: str) -> str:
    """Return the text with each run of white space as one space; a no-break space that stands alone stays."""
    is_collapsed = "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text
    return text if is_collapsed else _SPACE.sub(" ", text)


def inline_text(node: LexborNode) -> str | None:
    """The text of a node within a line; None for a block, which ends the line."""
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
    """Return the text without its markers."""
    return _MARKER.sub("", text)


def first_line(block: LexborNode) -> str:
    """The first line of text in a block, squeezed and without markers."""
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
    """Yield the pieces of a text with markers, each with its style.

    A marker may have lost its partner in a cut: what it began goes on to the end, or went on from the start.
    """
    within: list[Kind] = []
    pieces = _MARKER.split(text)
    for number, (piece, marker) in enumerate(zip(pieces[::2], [*pieces[1::2], ""], strict=True)):
        closed = _CLOSES.get(marker)
        if piece:
            yield piece, within[-1] if within else closed if number == 0 else None
        if marker in _OPENS:
            within.append(_OPENS[marker])
        elif closed and within:
            within.pop()

"""The words around a link: the sentence that it stands in, or its whole block, as plain text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from mkdocs_backlinks.model import Excerpt

REACH = 400
"""Characters that are looked at on each side of a link, so that a page of links stays cheap."""

INLINE = frozenset(
    "a abbr acronym b bdi bdo br button cite code data del dfn em font i img input ins kbd label mark "
    "output q rp rt ruby s samp small span strike strong sub sup svg time tt u var wbr".split()
)
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(
    r"""[.!?।؟。！？](?:
        (?<=[。！？])["'」』”’）]*\s*           # scripts without spaces
      | [.!?]*["'”’)\]]*\s+(?=[^\sa-z])   # others: then white space, and then no small letter
    )""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(r"\b(?:\w|e\.g|i\.e|etc|vs|cf|approx|resp|Dr|Mr|Mrs|Ms|Fig|No|St)$")
_LONGEST = len("approx") + 1


def excerpt(link: LexborNode, text: str, *, whole_block: bool) -> Excerpt:
    """The words around `link`, whose own squeezed text is `text`; at most `REACH` characters on each side."""
    before, after = _around(link)
    before = squeezed(before)[-REACH:]
    after = squeezed(after)[:REACH]
    if not whole_block:
        before, after = before[_last_start(before) :], after[: _first_end(after)]
    return Excerpt(before.lstrip(), text, after.rstrip())


def squeezed(text: str) -> str:
    """The text with each run of white space as one space."""
    is_even = "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text
    return text if is_even else _SPACE.sub(" ", text)


def _around(link: LexborNode) -> tuple[str, str]:
    """The text before and after a link in its block, an inline element at a time."""
    before: list[str] = []
    after: list[str] = []
    node: LexborNode | None = link
    while node is not None:
        _collect(node, before, forward=False)
        _collect(node, after, forward=True)
        node = node.parent
        if node is None or node.tag not in INLINE:
            break
    return "".join(reversed(before)), "".join(after)


def _collect(node: LexborNode, pieces: list[str], *, forward: bool) -> None:
    length = sum(map(len, pieces))
    sibling = node.next if forward else node.prev
    while sibling is not None and length < REACH:
        if sibling.is_element_node:
            if sibling.tag not in INLINE:
                return
            piece = " " if sibling.tag == "br" else sibling.text()
        else:
            piece = (sibling.text_content or "") if sibling.is_text_node else ""
        pieces.append(piece)
        length += len(piece)
        sibling = sibling.next if forward else sibling.prev


def _last_start(before: str) -> int:
    start = 0
    for end in _SENTENCE_END.finditer(before):
        if not _is_abbreviation(before, end.start()):
            start = end.end()
    return start


def _first_end(after: str) -> int:
    for end in _SENTENCE_END.finditer(after):
        if not _is_abbreviation(after, end.start()):
            return end.end()
    return len(after)


def _is_abbreviation(text: str, stop: int) -> bool:
    return text[stop] == "." and _ABBREVIATION.search(text, max(0, stop - _LONGEST), stop) is not None

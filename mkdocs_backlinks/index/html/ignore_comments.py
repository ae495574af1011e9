"""Finds the ignore marks of a page, and the link that each one is about.

`<!-- backlinks-ignore: rule reason -->` is about the link right before it in the same block, or else about
the next one; the class `backlinks-ignore` is about the link that has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_backlinks.index.html.styled_text import INLINE
from mkdocs_backlinks.model import IgnoreMark

SIGN = "backlinks-ignore"


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The marks of one page: by the `mem_id` of their link, and those that no link follows."""

    at: Mapping[int, tuple[IgnoreMark, ...]]
    loose: tuple[IgnoreMark, ...] = ()


NO_MARKS = PageMarks({})


def ignore_marks(tree: LexborHTMLParser, links: Collection[int]) -> PageMarks:
    """The marks in a page whose links have these `mem_id`s."""
    reader = _Reader(links)
    for node in _nodes(tree):
        if node.mem_id in links:
            reader.link(node)
        elif node.tag == "-comment":
            reader.comment(node)
    return reader.result()


class _Reader:
    """The state of one pass; a link and an image in it are one to the author, and share their marks."""

    def __init__(self, links: Collection[int]) -> None:
        self._links = links
        self._outer: dict[int, int] = {}
        self._at: dict[int, list[IgnoreMark]] = {}
        self._waiting: list[IgnoreMark] = []
        self._last: LexborNode | None = None
        self._count = 0

    def link(self, node: LexborNode) -> None:
        self._last = _outermost(node, self._links)
        self._outer[node.mem_id] = self._last.mem_id
        marks = self._at.setdefault(self._last.mem_id, [])
        marks.extend(self._waiting)
        self._waiting = []
        if SIGN in (node.attributes.get("class") or "").split():
            marks.append(self._numbered(None))

    def comment(self, node: LexborNode) -> None:
        words = _words(node)
        if words is None:
            return
        mark = self._numbered(words[0] if words else "", " ".join(words[1:]))
        if self._last is not None and _block(self._last) == _block(node):
            self._at[self._last.mem_id].append(mark)
        else:
            self._waiting.append(mark)

    def result(self) -> PageMarks:
        at = {link: tuple(self._at[outer]) for link, outer in self._outer.items() if self._at[outer]}
        return PageMarks(at, tuple(self._waiting))

    def _numbered(self, rule: str | None, reason: str = "") -> IgnoreMark:
        self._count += 1
        return IgnoreMark(rule, reason, self._count)


def _nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """All nodes in the order of the document; comments before the first element stand outside of it."""
    before: list[LexborNode] = []
    node = tree.root.prev if tree.root else None
    while node is not None:
        before.append(node)
        node = node.prev
    yield from reversed(before)
    if tree.root:
        yield from tree.root.traverse(include_text=True)


def _words(comment: LexborNode) -> list[str] | None:
    """The words of an ignore mark behind its sign; None for any other comment."""
    text = (comment.html or "").removeprefix("<!--").removesuffix("-->").strip()
    sign, _, words = text.partition(":")
    if sign.split()[:1] != [SIGN]:
        return None
    return [*sign.split()[1:], *words.split()]


def _outermost(link: LexborNode, links: Collection[int]) -> LexborNode:
    outermost, node = link, link.parent
    while node is not None and node.tag in INLINE:
        outermost = node if node.mem_id in links else outermost
        node = node.parent
    return outermost


def _block(node: LexborNode) -> int | None:
    """The nearest element around a node that is more than a part of a line."""
    parent = node.parent
    while parent is not None and parent.tag in INLINE:
        parent = parent.parent
    return parent.mem_id if parent is not None else None

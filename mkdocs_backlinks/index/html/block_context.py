"""Labels from around a block: the item, term, title, tab, or column heads that it stands below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from mkdocs_backlinks.index.html.styled_text import LABEL, collapse_whitespace, first_line

LENGTH = 80
"""Characters kept of each label and cell."""

STEPS = 24
"""Siblings read in one direction, so that a list or row of thousands stays cheap."""

_HEIGHT = 6
_CELLS = frozenset({"td", "th"})
_PARTS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ENDS = ":：.。?？!！…,;、–—"
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class BlockContext:
    """The marked text to be put before and after that of a block; `is_item` if it is the text of an item."""

    before: str = ""
    after: str = ""
    is_item: bool = False


def frame(block: LexborNode, tag: str | None) -> BlockContext | None:
    """The frame of a block with this tag; most blocks have none."""
    parent = block.parent
    if parent is None or (parent_tag := parent.tag) == "body":
        return None
    if tag == "li" and ((outer := parent.parent) is None or outer.tag == "body"):
        return None
    if tag in _CELLS:
        return _row(block)
    if tag == "dt":
        return BlockContext(after=_definition(block))
    return BlockContext(before=_label_above(block), is_item=parent_tag in {"li", "dd"})


def first_paragraph(node: LexborNode | None) -> str:
    """The text of the first paragraph from `node` on, empty where another part of the page comes first."""
    for _ in range(2 * STEPS):
        if node is None or (tag := node.tag) in _PARTS:
            break
        if tag == "p" and (text := collapse_whitespace(node.text()).strip()):
            return text
        node = node.next
    return ""


def _label_above(block: LexborNode) -> str:
    """The label from the nearest element around a block that has one."""
    node: LexborNode | None = block
    for _ in range(_HEIGHT):
        if node is None or node.tag == "body":
            break
        title = _title(node, block)
        if title is not None and (line := first_line(title)):
            return _as_label(line)
        node = node.parent
    return ""


def _title(node: LexborNode, block: LexborNode) -> LexborNode | None:
    """The node that is the title of all that is in `node`, if it has one."""
    match node.tag:
        case "li":
            outer = node.parent.parent if node.parent is not None else None
            return outer if outer is not None and outer.tag == "li" else None
        case "dd":
            return _first("dt", _siblings(node, forward=False))
        case "details" if block.tag != "summary":
            return _first("summary", node.iter())
        case "div":
            return _title_of_box(node, block)
    return None


def _title_of_box(box: LexborNode, block: LexborNode) -> LexborNode | None:
    classes = (box.attributes.get("class") or "").split()
    if "admonition" in classes:
        title = box.css_first("p.admonition-title")
        return title if title is None or title.mem_id != block.mem_id else None
    if "tabbed-block" in classes and box.parent is not None and box.parent.parent is not None:
        number = sum(1 for _ in _siblings(box, forward=False))
        return next(iter(box.parent.parent.css(".tabbed-labels > label")[number:]), None)
    return None


def _as_label(line: str) -> str:
    """The line marked as a label, with a colon if it has no end of its own."""
    text = line if len(line) <= LENGTH else line[:LENGTH].rsplit(" ", 1)[0] + "…"
    return f"{LABEL[0]}{text}{'' if text[-1] in _ENDS else ':'}{LABEL[1]} "


def _definition(term: LexborNode) -> str:
    definition = _first("dd", _siblings(term, forward=True))
    return f" – {first_line(definition)[: LENGTH * 2]}" if definition is not None else ""


def _row(cell: LexborNode) -> BlockContext:
    """The other cells of the row, each below the head of its column."""
    before = [*_siblings(cell, forward=False)][::-1]
    heads = _heads(cell) if len(before) < STEPS else []
    own = _head(heads, len(before))
    left_cells = _cells(before, heads)
    right_cells = _cells([*_siblings(cell, forward=True)], heads[len(before) + 1 :])
    return BlockContext(
        before=left_cells + _SEPARATOR + own if left_cells else own,
        after=_SEPARATOR + right_cells if right_cells else "",
    )


def _cells(cells: Sequence[LexborNode], heads: Sequence[str]) -> str:
    texts = (collapse_whitespace(cell.text()).strip()[:LENGTH] for cell in cells)
    return _SEPARATOR.join(_head(heads, number) + text for number, text in enumerate(texts) if text)


def _head(heads: Sequence[str], number: int) -> str:
    return _as_label(heads[number]) if number < len(heads) and heads[number] else ""


def _heads(cell: LexborNode) -> list[str]:
    """The heads of the columns, from the first row of the table if it holds nothing else."""
    row = cell.parent
    table = row.parent if row is not None else None
    while table is not None and table.tag in {"thead", "tbody", "tfoot"}:
        table = table.parent
    first = table.css_first("tr") if table is not None else None
    if first is None or row is None or first.mem_id == row.mem_id:
        return []
    heads = [cell for cell in first.iter() if cell.tag in _CELLS][:STEPS]
    return [first_line(head) for head in heads] if all(head.tag == "th" for head in heads) else []


def _first(tag: str, nodes: Iterable[LexborNode]) -> LexborNode | None:
    return next((node for node in nodes if node.tag == tag), None)


def _siblings(node: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    """The elements before or after a node, the nearest first, at most `STEPS`."""
    sibling, remaining = (node.next if forward else node.prev), STEPS
    while sibling is not None and remaining:
        if sibling.is_element_node:
            remaining -= 1
            yield sibling
        sibling = sibling.next if forward else sibling.prev

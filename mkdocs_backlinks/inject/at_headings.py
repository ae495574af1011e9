"""What is said of a part of a page is put at its heading, where the HTML tells for certain where that is."""

from __future__ import annotations

import html as entities
from collections.abc import Mapping

_LEVELS = frozenset(f"<h{level}" for level in range(1, 7))


def put_at_headings(content: str, notes: Mapping[str, str]) -> str:
    """The content with each of the notes, which are HTML by the id of a heading, behind that heading."""
    for id_, note in notes.items():
        end = _end_of_heading(content, f'id="{entities.escape(id_)}"')
        if end is not None:
            content = f"{content[:end]}\n{note}{content[end:]}"
    return content


def _end_of_heading(content: str, attribute: str) -> int | None:
    """Where the heading ends whose tag has the attribute; None where no tag is found to be one."""
    at = content.find(attribute)
    while at >= 0:
        opening = content.rfind("<", 0, at)
        tag = content[opening : opening + 3]
        inside = content[opening + 3 : at]
        if tag in _LEVELS and inside[:1].isspace() and ">" not in inside and inside[-1].isspace():
            closing = f"</{tag[1:]}>"
            end = content.find(closing, at)
            return end + len(closing) if end >= 0 else None
        at = content.find(attribute, at + 1)
    return None

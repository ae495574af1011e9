"""Notes behind headings that other pages link to, where the HTML shows for certain where a heading ends."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from jinja2 import Environment

from mkdocs_backlinks.inject.items import BacklinkItem
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.settings import BacklinksSettings

_HEADING_TAGS = frozenset(f"<h{level}" for level in range(1, 7))


def render_heading_notes(
    items: Mapping[str, Sequence[BacklinkItem]],
    settings: BacklinksSettings,
    templates: Environment,
    labels: Labels = ENGLISH,
) -> Mapping[str, str]:
    """Return the HTML of a note for each heading, by the heading's id."""
    template = templates.get_template("backlinks/at_heading.html")
    return {
        id_: template.render(
            labels=labels,
            backlinks=backlinks,
            visible=backlinks[: settings.limit],
            more=len(backlinks[settings.limit :]),
        ).strip()
        for id_, backlinks in items.items()
    }


def place_heading_notes(content: str, notes: Mapping[str, str]) -> str:
    """Return the content with each note behind the heading with its id, if there is one."""
    for id_, note in notes.items():
        end = _end_of_heading(content, f'id="{html.escape(id_)}"')
        if end is not None:
            content = f"{content[:end]}\n{note}{content[end:]}"
    return content


def _end_of_heading(content: str, attribute: str) -> int | None:
    """Return the end of the heading whose tag has the attribute; None where no tag is for certain one."""
    at = content.find(attribute)
    while at >= 0:
        opening = content.rfind("<", 0, at)
        tag = content[opening : opening + 3]
        inside = content[opening + 3 : at]
        if tag in _HEADING_TAGS and inside[:1].isspace() and ">" not in inside and inside[-1].isspace():
            closing = f"</{tag[1:]}>"
            end = content.find(closing, at)
            return end + len(closing) if end >= 0 else None
        at = content.find(attribute, at + 1)
    return None

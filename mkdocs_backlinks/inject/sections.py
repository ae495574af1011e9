"""The sections of a page as finished HTML, each put where the author wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.inject.local_graph import Picture
from mkdocs_backlinks.settings import BacklinksSettings

TEMPLATES = Path(__file__).parent / "templates"
"""The folder that holds `backlinks/backlinks.html` and its like, to stand last among the theme's."""

ASSETS = Path(__file__).parent / "assets"
"""The folder whose files are copied into the site."""

STYLESHEET = "assets/stylesheets/backlinks.css"
"""The address of the stylesheet, relative to the site."""


@dataclass(frozen=True, slots=True)
class PageSection:
    """One finished section: `id` is its heading's, `label` the heading's plain text."""

    id: str
    label: str
    html: str


def load_templates(env: Environment) -> Environment:
    """Return the templates as the theme's own environment finds them, so that a `custom_dir` goes first.

    The theme's environment escapes nothing; in these templates, an author's included, everything is
    escaped that is not `Markup` already.
    """
    return env.overlay(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def sections(
    backlinks: Sequence[BacklinkItem],
    related_pages: Sequence[RelatedItem],
    settings: BacklinksSettings,
    templates: Environment,
    labels: Labels = ENGLISH,
) -> tuple[PageSection, ...]:
    """The sections that have something to show, in the order in which they stand on the page.

    Related pages go first: they are few and lead on, while backlinks may be many.
    """
    related_html = _related(related_pages, templates, labels)
    backlinks_html = _backlinks(backlinks, settings, templates, labels)
    both = (
        PageSection("__related", labels.related, related_html),
        PageSection("__backlinks", labels.backlinks, backlinks_html),
    )
    return tuple(section for section in both if section.html)


def heading_notes(
    items: Mapping[str, Sequence[BacklinkItem]],
    settings: BacklinksSettings,
    templates: Environment,
    labels: Labels = ENGLISH,
) -> Mapping[str, str]:
    """What stands behind each heading that other pages link to, by the heading's id."""
    template = templates.get_template("backlinks/at_heading.html")
    return {
        id_: template.render(
            labels=labels,
            backlinks=found,
            visible=found[: settings.limit],
            more=max(0, len(found) - settings.limit),
        ).strip()
        for id_, found in items.items()
    }


def around(found: Picture | None, templates: Environment, labels: Labels = ENGLISH) -> Iterator[PageSection]:
    """The section with the picture of the pages around a page, if there is one."""
    if found:
        html = (
            templates.get_template("backlinks/around.html")
            .render(id="__around", labels=labels, picture=found)
            .strip()
        )
        yield PageSection("__around", labels.around, html)


def place(content: str, found: Iterable[PageSection]) -> str:
    """The page's content with each section at its marker, or at the end where it has none.

    The markers are `<!-- around -->`, `<!-- related -->` and `<!-- backlinks -->`; only the first of each
    counts.
    """
    at_the_end = []
    for section in found:
        marker = f"<!-- {section.id.strip('_')} -->"
        if marker in content:
            content = content.replace(marker, section.html, 1)
        else:
            at_the_end.append(section.html)
    return "\n".join((content, *at_the_end))


def _related(items: Sequence[RelatedItem], templates: Environment, labels: Labels) -> str:
    if not items:
        return ""
    return (
        templates.get_template("backlinks/related.html")
        .render(id="__related", labels=labels, related_pages=items)
        .strip()
    )


def _backlinks(
    items: Sequence[BacklinkItem], settings: BacklinksSettings, templates: Environment, labels: Labels
) -> str:
    if not items:
        return ""
    shown = items[: settings.limit]
    return (
        templates.get_template("backlinks/backlinks.html")
        .render(
            id="__backlinks",
            labels=labels,
            backlinks=items,
            visible=shown[: settings.open],
            folded=shown[settings.open :],
            more=len(items) - len(shown),
        )
        .strip()
    )

"""The sections of a page as finished HTML, each placed where the author wants it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.inject.local_graph import LocalGraph
from mkdocs_backlinks.settings import BacklinksSettings

TEMPLATES = Path(__file__).parent / "templates"
"""The folder with `backlinks/backlinks.html` and the other templates, to stand last among the theme's."""

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


def render_local_graph(graph: LocalGraph, templates: Environment, labels: Labels = ENGLISH) -> PageSection:
    """Return the section "Pages around this one"."""
    template = templates.get_template("backlinks/around.html")
    html = template.render(id="__around", labels=labels, picture=graph).strip()
    return PageSection("__around", labels.around, html)


def render_related(
    items: Sequence[RelatedItem], templates: Environment, labels: Labels = ENGLISH
) -> PageSection:
    """Return the section "Related pages", whose HTML is empty where there are none."""
    template = templates.get_template("backlinks/related.html")
    html = template.render(id="__related", labels=labels, related_pages=items).strip() if items else ""
    return PageSection("__related", labels.related, html)


def render_backlinks(
    items: Sequence[BacklinkItem],
    settings: BacklinksSettings,
    templates: Environment,
    labels: Labels = ENGLISH,
) -> PageSection:
    """Return the section "Backlinks", whose HTML is empty where there are none."""
    if not items:
        return PageSection("__backlinks", labels.backlinks, "")
    shown = items[: settings.limit]
    html = templates.get_template("backlinks/backlinks.html").render(
        id="__backlinks",
        labels=labels,
        backlinks=items,
        visible=shown[: settings.open],
        folded=shown[settings.open :],
        more=len(items) - len(shown),
    )
    return PageSection("__backlinks", labels.backlinks, html.strip())


def place_sections(content: str, sections: Iterable[PageSection]) -> str:
    """Return the page's content with each section at its marker, or at the end where it has none.

    The markers are `<!-- around -->`, `<!-- related -->` and `<!-- backlinks -->`; only the first of each
    counts.
    """
    at_the_end = []
    for section in sections:
        marker = f"<!-- {section.id.strip('_')} -->"
        if marker in content:
            content = content.replace(marker, section.html, 1)
        else:
            at_the_end.append(section.html)
    return "\n".join((content, *at_the_end))

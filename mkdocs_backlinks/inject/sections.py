"""The sections of a page as finished HTML, each put where the author wants it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, Template

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.settings import BacklinksSettings

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of `backlinks/backlinks.html` and `backlinks/related.html`, to stand last among the theme's."""

ASSETS = Path(__file__).parent / "assets"
"""The folder whose files are copied into the site."""

STYLESHEET = "assets/stylesheets/backlinks.css"
"""The address of the stylesheet, relative to the site."""


@dataclass(frozen=True, slots=True)
class Section:
    """One finished section: `id` is its heading's, `label` the heading's plain text."""

    id: str
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of one build, looked up once."""

    backlinks: Template
    related: Template


def load_templates(env: Environment) -> Templates:
    """The templates as the theme's own environment finds them, so that a `custom_dir` goes before ours.

    The theme's environment escapes nothing; in these templates, an author's included, everything is
    escaped that is not `Markup` already.
    """
    own = env.overlay(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return Templates(own.get_template("backlinks/backlinks.html"), own.get_template("backlinks/related.html"))


def sections(
    backlinks: Sequence[BacklinkItem],
    related_pages: Sequence[RelatedItem],
    settings: BacklinksSettings,
    templates: Templates,
    labels: Labels = ENGLISH,
) -> tuple[Section, ...]:
    """The sections that have something to show, in the order in which they stand on the page.

    Related pages go first: they are few and lead on, while backlinks may be many.
    """
    related_html = _related(related_pages, templates, labels)
    backlinks_html = _backlinks(backlinks, settings, templates, labels)
    both = (
        Section("__related", labels.related, related_html),
        Section("__backlinks", labels.backlinks, backlinks_html),
    )
    return tuple(section for section in both if section.html)


def place(content: str, found: Iterable[Section]) -> str:
    """The page's content with each section at its marker, or at the end where it has none.

    The markers are `<!-- related -->` and `<!-- backlinks -->`; only the first of each counts.
    """
    for section in found:
        marker = f"<!-- {section.id.strip('_')} -->"
        if marker in content:
            content = content.replace(marker, section.html, 1)
        else:
            content = f"{content}\n{section.html}"
    return content


def _related(items: Sequence[RelatedItem], templates: Templates, labels: Labels) -> str:
    if not items:
        return ""
    return templates.related.render(id="__related", labels=labels, related_pages=items).strip()


def _backlinks(
    items: Sequence[BacklinkItem], settings: BacklinksSettings, templates: Templates, labels: Labels
) -> str:
    if not items:
        return ""
    shown = items[: settings.limit]
    return templates.backlinks.render(
        id="__backlinks",
        labels=labels,
        backlinks=items,
        visible=shown[: settings.open],
        folded=shown[settings.open :],
        more=len(items) - len(shown),
    ).strip()

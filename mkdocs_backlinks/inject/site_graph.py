"""The graph of the whole site: the content of its page, and the assets that only this page needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from mkdocs_backlinks.inject.labels import Labels
from mkdocs_backlinks.inject.safe_text import clean
from mkdocs_backlinks.inject.site_context import SiteContext
from mkdocs_backlinks.model import Page
from mkdocs_backlinks.urls import relative

GRAPH_ASSETS = Path(__file__).parent / "graph_assets"
"""The folder whose files are copied into a site that has a page with the graph."""

GRAPH_SCRIPT = "assets/javascripts/backlinks-graph.js"
GRAPH_STYLESHEET = "assets/stylesheets/backlinks-graph.css"

COLOURS = 8
"""The number of sections of the site that have a colour of their own."""

_MARKER = "<!-- graph -->"


@dataclass(frozen=True, slots=True)
class GraphRow:
    """A page of the graph: `links_in` and `links_out` count the other pages that it is linked with.

    `section` is the first of the titles above the page, `colour` the number of that section.
    """

    href: Markup
    title: Markup
    section: Markup
    colour: int
    links_in: int
    links_out: int


def place_graph(content: str, url: str, site: SiteContext, templates: Environment, labels: Labels) -> str:
    """Return the content of the page at `url` with the graph at `<!-- graph -->`, or else at the end."""
    names = [_section(page) for page in site.graph.pages.values()]
    sections = {name: number for number, name in enumerate(dict.fromkeys(names))}
    rows = [_row(page, url, site, sections) for page in site.graph.pages.values()]
    html = templates.get_template("backlinks/graph.html").render(
        labels=labels,
        pages=tuple(rows),
        sections=tuple(sections)[:COLOURS],
        data=_data(rows, [sections[name] for name in names], site),
        script=relative(url, GRAPH_SCRIPT),
        stylesheet=relative(url, GRAPH_STYLESHEET),
    )
    html = html.strip()
    return content.replace(_MARKER, html, 1) if _MARKER in content else f"{content}\n{html}"


def _section(page: Page) -> str:
    """Return the first of the titles above the page, "" where there is none."""
    return clean(page.section[0]) if page.section else ""


def _row(page: Page, url: str, site: SiteContext, sections: Mapping[str, int]) -> GraphRow:
    summary, section = site.summaries[page.uri], _section(page)
    return GraphRow(
        href=escape(relative(url, summary.url)),
        title=summary.title,
        section=escape(section),
        colour=sections[section] % COLOURS,
        links_in=len(site.graph.predecessors[page.uri]),
        links_out=len(site.graph.successors[page.uri]),
    )


def _data(rows: Sequence[GraphRow], sections: Sequence[int], site: SiteContext) -> Markup:
    """Return the graph as JSON that can stand in HTML: no text in it can end an element or begin another."""
    pages = [
        [row.title.unescape(), row.href.unescape(), section, row.links_in]
        for row, section in zip(rows, sections, strict=True)
    ]
    links = [
        [position, target]
        for uri, position in site.positions.items()
        for target in sorted(site.positions[target] for target in site.graph.successors[uri])
    ]
    text = json.dumps({"pages": pages, "links": links}, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704

"""The whole site as a graph: what the page of the graph is filled with, and the assets that only it needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from mkdocs_backlinks.inject.labels import Labels
from mkdocs_backlinks.inject.text import clean
from mkdocs_backlinks.inject.view import View
from mkdocs_backlinks.model import PageUri
from mkdocs_backlinks.urls import relative

GRAPH_ASSETS = Path(__file__).parent / "graph_assets"
"""The folder whose files are copied into a site that has a page with the graph."""

GRAPH_SCRIPT = "assets/javascripts/backlinks-graph.js"
GRAPH_STYLESHEET = "assets/stylesheets/backlinks-graph.css"

COLOURS = 8
"""So many sections have a colour of their own."""

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


def place_graph(content: str, url: str, view: View, templates: Environment, labels: Labels) -> str:
    """The content of the page at `url` with the graph at the marker `<!-- graph -->`, or else at the end."""
    sections = _sections(view)
    html = (
        templates.get_template("backlinks/graph.html")
        .render(
            labels=labels,
            pages=tuple(_rows(url, view, sections)),
            sections=tuple(sections)[:COLOURS],
            data=_data(url, view, sections),
            script=relative(url, GRAPH_SCRIPT),
            stylesheet=relative(url, GRAPH_STYLESHEET),
        )
        .strip()
    )
    return content.replace(_MARKER, html, 1) if _MARKER in content else f"{content}\n{html}"


def _sections(view: View) -> dict[str, int]:
    """The number of each section, in the order of the site; pages outside of any have the name ""."""
    names = (_section(view, uri) for uri in view.graph.pages)
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def _section(view: View, uri: PageUri) -> str:
    above = view.graph.pages[uri].section
    return clean(above[0]) if above else ""


def _rows(url: str, view: View, sections: dict[str, int]) -> Iterator[GraphRow]:
    for uri in view.graph.pages:
        face, section = view.faces[uri], _section(view, uri)
        yield GraphRow(
            href=escape(relative(url, face.url)),
            title=face.title,
            section=escape(section),
            colour=sections[section] % COLOURS,
            links_in=len(view.graph.predecessors[uri]),
            links_out=len(view.graph.successors[uri]),
        )


def _data(url: str, view: View, sections: dict[str, int]) -> Markup:
    """The graph as JSON that can stand in HTML: no text in it can end an element or begin another."""
    pages = [
        [
            str(face.title.unescape()),
            relative(url, face.url),
            sections[_section(view, uri)],
            len(view.graph.predecessors[uri]),
        ]
        for uri, face in ((uri, view.faces[uri]) for uri in view.graph.pages)
    ]
    links = [
        [place, view.places[target]]
        for uri, place in view.places.items()
        for target in sorted(view.graph.successors[uri], key=view.places.__getitem__)
    ]
    text = json.dumps({"pages": pages, "links": links}, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704

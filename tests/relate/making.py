"""Small graphs for the tests of the ranking, written as texts with links between pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Link, Page, PageUri, Related
from mkdocs_backlinks.relate import relate
from mkdocs_backlinks.settings import RelatedSettings

Arrow = tuple[str, str] | tuple[str, str, str]


def page(uri: str, text: str = "", title: str | None = None) -> Page:
    return Page(
        uri=PageUri(uri), url=uri, title=uri.removesuffix(".md") if title is None else title, text=text
    )


def link(source: str, target: str, text: str = "", rel: Sequence[str] = ()) -> Link:
    return Link(source=PageUri(source), kind="page", href=target, target=target, text=text, rel=tuple(rel))


def graph_of(pages: Mapping[str, str] | Iterable[Page], arrows: Iterable[Arrow] = ()) -> LinkGraph:
    """A graph of pages, given as texts by their URI or as they are, with a link for each arrow."""
    made = [page(uri, text) for uri, text in pages.items()] if isinstance(pages, Mapping) else list(pages)
    return LinkGraph.of(made, [link(*arrow) for arrow in arrows])


def changed(graph: LinkGraph, uri: str, **values: object) -> LinkGraph:
    """The same graph, with some values of one page replaced."""
    pages = (replace(one, **values) if one.uri == uri else one for one in graph.pages.values())  # type: ignore[arg-type]
    return LinkGraph.of(pages, graph.links)


def related(graph: LinkGraph, uri: str, **settings: object) -> tuple[Related, ...]:
    return relate(graph, RelatedSettings(**settings))[PageUri(uri)]  # type: ignore[arg-type]


def uris(found: Iterable[Related]) -> list[str]:
    return [one.page for one in found]

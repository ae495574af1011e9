"""Every page's related pages, best first, each with the reasons that put it there."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Page, PageUri, Reason, Related
from mkdocs_backlinks.relate.similar import nearest
from mkdocs_backlinks.relate.terms import Terms, terms_of
from mkdocs_backlinks.relate.walk import steps, walk, ways
from mkdocs_backlinks.settings import RelatedSettings

MOST_REASONS = 3
MOST_NAMES = 3


def relate(graph: LinkGraph, settings: RelatedSettings) -> Mapping[PageUri, tuple[Related, ...]]:
    """At most `settings.limit` related pages for every page of the graph, best first.

    Pages that the author pinned come first and have the score 1. Then come those of at least
    `settings.min_score`, without the ones that the author excluded and, under `settings.skip_linked`,
    without those that the page already links to. Equal scores keep the order of the site.
    """
    site = _Site.of(graph)
    return {uri: _related(site, place, settings) for place, uri in enumerate(graph.pages)}


@dataclass(frozen=True, slots=True)
class _Site:
    """The graph by places instead of URIs, with all that the walk needs."""

    graph: LinkGraph
    pages: tuple[Page, ...]
    places: Mapping[PageUri, int]
    terms: Terms
    near: Sequence[Mapping[int, float]]
    rows: Sequence[Mapping[int, float]]

    @classmethod
    def of(cls, graph: LinkGraph) -> _Site:
        pages = tuple(graph.pages.values())
        places = {uri: place for place, uri in enumerate(graph.pages)}
        terms = terms_of(pages)
        near = nearest(terms.vectors)
        return cls(graph, pages, places, terms, near, steps(_linked(graph, places), near))


def _linked(graph: LinkGraph, places: Mapping[PageUri, int]) -> list[list[int]]:
    """For each page those that it links to or that link to it, in the order of the site."""
    linked: list[set[int]] = [set() for _ in places]
    for uri, place in places.items():
        for target in graph.linked_pages(uri):
            linked[place].add(places[target])
            linked[places[target]].add(place)
    return [sorted(others) for others in linked]


def _related(site: _Site, place: int, settings: RelatedSettings) -> tuple[Related, ...]:
    page = site.pages[place]
    pinned = [
        uri
        for uri in dict.fromkeys(page.pinned)
        if uri in site.places and uri != page.uri and uri not in page.unrelated
    ][: settings.limit]
    dropped = page.unrelated.union(pinned)
    if settings.skip_linked:
        dropped |= site.graph.linked_pages(page.uri)
    scores = {
        other: score
        for other, mass in walk(site.rows, place).items()
        if site.pages[other].uri not in dropped and (score := round(min(mass, 1.0), 4)) >= settings.min_score
    }
    best = heapq.nsmallest(settings.limit - len(pinned), scores, key=lambda other: (-scores[other], other))
    return (
        *(Related(uri, 1.0, _reasons(site, place, site.places[uri], pinned=True)) for uri in pinned),
        *(Related(site.pages[other].uri, scores[other], _reasons(site, place, other)) for other in best),
    )


def _reasons(site: _Site, place: int, other: int, *, pinned: bool = False) -> tuple[Reason, ...]:
    """Why `other` is related to the page at `place`, the strongest first."""
    found = [(2.0, Reason("pinned"))] if pinned else []
    here, there = site.pages[place].uri, site.pages[other].uri
    direct = site.rows[place].get(other, 0.0)
    if here in site.graph.linked_pages(there):
        found.append((direct, Reason("links_here")))
    if there in site.graph.linked_pages(here):
        found.append((direct, Reason("linked_from_here")))
    if via := ways(site.rows, place, other):
        names = tuple(site.pages[step].title for _, step in via[:MOST_NAMES])
        found.append((sum(strength for strength, _ in via), Reason("shared_neighbours", names)))
    if words := _shared_words(site.terms, place, other):
        found.append((site.near[place].get(other, 0.0) * 0.3, Reason("shared_terms", words)))
    found.sort(key=lambda item: -item[0])
    return tuple(reason for _, reason in found[:MOST_REASONS])


def _shared_words(terms: Terms, place: int, other: int) -> tuple[str, ...]:
    mine, theirs = terms.vectors[place], terms.vectors[other]
    shared = heapq.nsmallest(
        MOST_NAMES, ((-weight * theirs[term], term) for term, weight in mine.items() if term in theirs)
    )
    return tuple(terms.shown.get(term, term) for _, term in shared)

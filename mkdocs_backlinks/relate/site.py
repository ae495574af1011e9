"""One site as the ranking sees it: every page by its place, with all that leads from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate.mentions import Mention, Phrasebook
from mkdocs_backlinks.relate.similar import nearest
from mkdocs_backlinks.relate.terms import Lexicon, Terms, Vector, likeness
from mkdocs_backlinks.relate.walk import Steps, steps
from mkdocs_backlinks.relate.words import units

LISTING = -0.1
"""A page that links to many is more of a list than one to read: it weighs (links + 1) to this power."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All by the place of a page in the order of the site.

    `steps` lead from each page, `folders` has its folder, `standings` the weight of a step to it.
    """

    pages: tuple[Page, ...]
    places: Mapping[PageUri, int]
    outgoing: Sequence[frozenset[int]]
    terms: Terms
    mentions: Sequence[Mapping[int, Mention]]
    steps: Sequence[Steps]
    folders: Sequence[str]
    standings: Sequence[float]


def survey(graph: LinkGraph) -> Site:
    """Reads every page once."""
    places = {uri: place for place, uri in enumerate(graph.pages)}
    outgoing = [frozenset(places[target] for target in graph.linked_pages(uri)) for uri in places]
    lexicon, book, found = Lexicon(), Phrasebook(graph), []
    for page in graph.pages.values():
        text = units(page.text)
        lexicon.read(page, text)
        found.append(book.find(text))
    terms, mentions = lexicon.finish(), book.mentions(found, outgoing)
    first = [
        steps(linked, {place: mention.weight for place, mention in mentioned.items()}, alike)
        for linked, mentioned, alike in zip(
            _linked(outgoing, terms.vectors), mentions, nearest(terms.vectors), strict=True
        )
    ]
    return Site(
        pages=tuple(graph.pages.values()),
        places=places,
        outgoing=outgoing,
        terms=terms,
        mentions=mentions,
        steps=first,
        folders=[uri.rpartition("/")[0] for uri in places],
        standings=[(len(targets) + 1) ** LISTING for targets in outgoing],
    )


def _linked(outgoing: Sequence[frozenset[int]], vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """For each page those that it links to or that link to it, with their likeness to it."""
    linked: list[dict[int, float]] = [{} for _ in outgoing]
    for source, targets in enumerate(outgoing):
        for target in sorted(targets):
            if target not in linked[source]:
                linked[source][target] = linked[target][source] = likeness(vectors[source], vectors[target])
    return linked

"""One site as the ranking sees it: every page by its place, with all that leads from it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate.mentions import Mention
from mkdocs_backlinks.relate.reading import TermStatistics
from mkdocs_backlinks.relate.similar import Surroundings, compare
from mkdocs_backlinks.relate.spelling import spellings
from mkdocs_backlinks.relate.terms import Vector, weigh
from mkdocs_backlinks.relate.twins import Face
from mkdocs_backlinks.relate.walk import Steps, steps
from mkdocs_backlinks.words import paired, units

NEAREST = 10
"""How many of the pages that read alike are a step away."""

LISTING = -0.1
"""A page that links to many is more of a list than one to read: it weighs (links + 1) to this power."""


SMALL = 50
"""On a site with fewer pages, ordinary words are as rare as those that tell something."""

HUB = 200
FEWEST = 5
MUCH_MORE = 3
"""A page is a list if it links to more than `HUB` others, or to half of the site.

Half of a small site is but `FEWEST` or more, and `MUCH_MORE` times as many as pages have there.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All by the place of a page in the order of the site.

    `faces` tell versions of one page, `steps` lead from each page, `surroundings` are the pages that read
    most like it. `named` has the places of the pages with a term in their title. `names` has the terms of
    the vectors by number, `spellings` how most pages write them. `standings` are the weights of a step to
    each page, `fellowship` is how much more a page in the same folder weighs, `lists` are pages to look
    things up and not to read. `topics` are the words of titles, headings, tags and links, where the site is
    too small for rare words to mean anything.
    """

    pages: tuple[Page, ...]
    places: Mapping[PageUri, int]
    faces: Sequence[Face]
    outgoing: Sequence[frozenset[int]]
    vectors: Sequence[Vector]
    names: Sequence[str]
    spellings: Mapping[str, str]
    named: Mapping[int, array[int]]
    mentions: Sequence[Mapping[int, Mention]]
    surroundings: Sequence[Surroundings]
    steps: Sequence[Steps]
    folders: Sequence[str]
    fellowship: float
    standings: Sequence[float]
    lists: frozenset[int]
    topics: AbstractSet[str] | None


def survey(graph: LinkGraph, terms: TermStatistics) -> Site:
    """Reads every page whose terms are not known, and keeps of its text only what tells it apart."""
    places = {uri: place for place, uri in enumerate(graph.pages)}
    linked_pages = graph.successors_via_redirects
    outgoing = [frozenset(map(places.__getitem__, linked_pages[uri])) for uri in places]
    folders = [uri.rpartition("/")[0] for uri in places]
    pages = terms.of_pages(graph)
    names = terms.vocabulary.names
    vectors = weigh([page.reading for page in pages], names)
    used = frozenset(names[abs(term)] for vector in vectors for term in vector.terms)
    mentions = terms.phrasebook.mentions([page.phrases for page in pages], outgoing)
    linked = _linked(outgoing)
    surroundings = compare(vectors, linked)
    return Site(
        pages=tuple(graph.pages.values()),
        places=places,
        faces=list(map(Face.of, graph.pages.values(), vectors)),
        outgoing=outgoing,
        vectors=vectors,
        names=names,
        spellings=spellings((page.beginning for page in pages), used),
        named=_named(vectors),
        mentions=mentions,
        surroundings=surroundings,
        steps=[
            steps(
                around.linked.first(len(around.linked.places)), weights(mentioned), around.near.first(NEAREST)
            )
            for around, mentioned in zip(surroundings, mentions, strict=True)
        ],
        folders=folders,
        fellowship=_fellowship(folders, surroundings, linked),
        standings=[(len(targets) + 1) ** LISTING for targets in outgoing],
        lists=_lists(graph.pages.values(), outgoing),
        topics=_topics(graph) if len(places) < SMALL else None,
    )


def weights(mentioned: Mapping[int, Mention]) -> dict[int, float]:
    return {place: mention.weight for place, mention in mentioned.items()}


def _linked(outgoing: Sequence[frozenset[int]]) -> list[array[int]]:
    """For each page those that it links to or that link to it."""
    incoming: list[list[int]] = [[] for _ in outgoing]
    for source, targets in enumerate(outgoing):
        for target in targets:
            incoming[target].append(source)
    return [array("i", sorted(to.union(by))) for to, by in zip(outgoing, incoming, strict=True)]


def _named(vectors: Sequence[Vector]) -> dict[int, array[int]]:
    named: dict[int, array[int]] = {}
    for place, vector in enumerate(vectors):
        for term in vector.of_title():
            named.setdefault(term, array("i")).append(place)
    return named


FELLOWSHIP = (1.05, 0.3, 1.5)
"""A page in the same folder weighs a × lift^b, but no less than 1 and no more than c."""

DOUBT = 2, 20
"""Links and pairs of pages that are taken for granted on either side, so that few say little."""


def _fellowship(
    folders: Sequence[str], surroundings: Sequence[Surroundings], linked: Sequence[array[int]]
) -> float:
    """How much more a page in the same folder weighs.

    Folders mean much in a reference and little in a collection of guides. The site's own links tell: the
    lift is how much more often two pages that read alike are linked when they share a folder.
    """
    links, pairs = [DOUBT[0]] * 2, [DOUBT[1]] * 2
    for place, (around, neighbours) in enumerate(zip(surroundings, linked, strict=True)):
        known = frozenset(neighbours)
        for other in around.near.places[:NEAREST]:
            together = folders[other] == folders[place]
            pairs[together] += 1
            links[together] += other in known
    lift = links[True] / pairs[True] * pairs[False] / links[False]
    factor, power, most = FELLOWSHIP
    return round(min(max(factor * math.pow(lift, power), 1.0), most), 1)


def _lists(pages: Iterable[Page], outgoing: Sequence[frozenset[int]]) -> frozenset[int]:
    links = sum(map(len, outgoing))
    enough = max(FEWEST, len(outgoing) / 2, MUCH_MORE * links / max(len(outgoing), 1))
    both = enumerate(zip(pages, outgoing, strict=True))
    return frozenset(place for place, (page, to) in both if page.listing or len(to) >= min(enough, HUB))


def _topics(graph: LinkGraph) -> frozenset[str]:
    texts = chain(
        (page.title for page in graph.pages.values()),
        (heading.text for page in graph.pages.values() for heading in page.headings),
        (tag for page in graph.pages.values() for tag in page.tags),
        (link.text for link in graph.links),
    )
    return frozenset(chain.from_iterable(paired(units(text)) for text in texts))

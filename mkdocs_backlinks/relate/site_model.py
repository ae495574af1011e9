"""Site model of the ranking: every page by its index, with what leads from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from mkdocs_backlinks.index.graph import Adjacency, LinkGraph
from mkdocs_backlinks.index.page_roles import hubs
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate.near_duplicates import PageSignature
from mkdocs_backlinks.relate.nearest import Similarities, similarities
from mkdocs_backlinks.relate.phrasebook import PageMention
from mkdocs_backlinks.relate.random_walk import Transitions, transitions
from mkdocs_backlinks.relate.term_statistics import TermStatistics, spellings
from mkdocs_backlinks.relate.vectors import Vector, vectors
from mkdocs_backlinks.relate.weights import RankingWeights
from mkdocs_backlinks.words import bigrams, units

NEAREST = 10
"""Nearest pages by text that are a step away."""

SMALL = 50
"""On a site with fewer pages, ordinary words are as rare as those that tell something."""

MUCH_MORE = 3
"""A list has so many times as many links as pages have on average, or links to half of the site."""

FOLDER_BOOST = 1.05, 0.3
"""A page in the same folder weighs a × lift^b, but no less than 1 and no more than `same_folder_boost`."""

PRIOR = 2, 20
"""Links and pairs of pages that are counted on either side from the start, so that few say little."""


@dataclass(frozen=True, slots=True)
class PageModel:
    """A page with the indexes of those it links to, what it mentions, its nearest and its transitions.

    The nearest pages have their similarity in hundredths. `is_list` is true for a page to look things up.
    """

    page: Page
    folder: str
    signature: PageSignature
    successors: frozenset[int]
    mentions: Mapping[int, PageMention]
    nearest: Mapping[int, int]
    transitions: Transitions
    is_list: bool


@dataclass(frozen=True, slots=True)
class SiteModel:
    """All pages in the order of the site, by their indexes there.

    `terms` has the terms of the vectors by number, `spellings` how most pages write them. `by_title_word`
    has the pages with a term in their title, `same_folder_boost` is how much more a page in the same folder
    weighs. `topics` are the words of titles, headings, tags and links, where the site is too small for rare
    words to mean anything.
    """

    pages: Sequence[PageModel]
    indexes: Mapping[PageUri, int]
    terms: Sequence[str]
    spellings: Mapping[str, str]
    by_title_word: Mapping[int, Sequence[int]]
    same_folder_boost: float
    topics: AbstractSet[str] | None
    weights: RankingWeights


def model_site(graph: LinkGraph, statistics: TermStatistics, weights: RankingWeights) -> SiteModel:
    """Read every page whose terms are not known, and compare them all."""
    page_terms, names = statistics.update(graph), statistics.names
    page_vectors = vectors([(terms.title, terms.text) for terms in page_terms], names)
    successors = _by_index(graph, graph.successors_via_redirects)
    mentions = statistics.phrasebook.mentions([terms.phrases for terms in page_terms], successors)
    pages = _model_pages(graph, page_vectors, mentions, weights)
    used = frozenset(names[term] for vector in page_vectors for term in vector.terms)
    return SiteModel(
        pages,
        {uri: index for index, uri in enumerate(graph.pages)},
        names,
        spellings(page_terms, used),
        _by_title_word(page_vectors),
        min(_same_folder_boost(pages), weights.same_folder_boost),
        _topics(graph) if len(pages) < SMALL else None,
        weights,
    )


def _model_pages(
    graph: LinkGraph,
    page_vectors: Sequence[Vector],
    mentions: Sequence[Mapping[int, PageMention]],
    weights: RankingWeights,
) -> list[PageModel]:
    successors = _by_index(graph, graph.successors_via_redirects)
    predecessors = _by_index(graph, graph.predecessors_via_redirects)
    linked = [to | by for to, by in zip(successors, predecessors, strict=True)]
    similar = similarities(page_vectors, linked)
    lists = _lists(graph, weights)
    return [
        PageModel(
            page,
            page.uri.rpartition("/")[0],
            PageSignature.of(page, page_vectors[index]),
            successors[index],
            mentions[index],
            similar[index].nearest,
            _transitions(similar[index], mentions[index], weights),
            page.uri in lists,
        )
        for index, page in enumerate(graph.pages.values())
    ]


def _by_index(graph: LinkGraph, adjacency: Adjacency) -> list[frozenset[int]]:
    indexes = {uri: index for index, uri in enumerate(graph.pages)}
    return [frozenset(map(indexes.__getitem__, adjacency[uri])) for uri in indexes]


def _transitions(
    similar: Similarities, mentions: Mapping[int, PageMention], weights: RankingWeights
) -> Transitions:
    return transitions(
        {page: value / 100 for page, value in similar.linked.items()},
        {page: mention.weight for page, mention in mentions.items()},
        {page: value / 100 for page, value in [*similar.nearest.items()][:NEAREST]},
        weights,
    )


def _by_title_word(vectors: Sequence[Vector]) -> dict[int, list[int]]:
    pages: dict[int, list[int]] = {}
    for page, vector in enumerate(vectors):
        for term in vector.title_terms:
            pages.setdefault(term, []).append(page)
    return pages


def _same_folder_boost(pages: Sequence[PageModel]) -> float:
    """Return how much more a page in the same folder weighs, 1 or more.

    Folders mean much in a reference and little in a collection of guides. The site's own links tell: the
    lift is how much more often two pages with similar texts are linked when they share a folder.
    """
    links, pairs = [PRIOR[0]] * 2, [PRIOR[1]] * 2
    for index, page in enumerate(pages):
        for neighbour in [*page.nearest][:NEAREST]:
            same_folder = pages[neighbour].folder == page.folder
            pairs[same_folder] += 1
            links[same_folder] += neighbour in page.successors or index in pages[neighbour].successors
    lift = links[True] / pairs[True] * pairs[False] / links[False]
    factor, power = FOLDER_BOOST
    return round(max(factor * math.pow(lift, power), 1.0), 1)


def _lists(graph: LinkGraph, weights: RankingWeights) -> frozenset[PageUri]:
    """Return the pages that plugins say to be lists, and the hubs."""
    links, pages = sum(map(len, graph.successors_via_redirects.values())), len(graph.pages)
    enough = max(weights.fewest_links, pages / 2, MUCH_MORE * links / max(pages, 1))
    listing = {uri for uri, page in graph.pages.items() if page.listing}
    return hubs(graph.successors_via_redirects, min(enough, weights.most_links)) | listing


def _topics(graph: LinkGraph) -> frozenset[str]:
    texts = chain(
        (page.title for page in graph.pages.values()),
        (heading.text for page in graph.pages.values() for heading in page.headings),
        (tag for page in graph.pages.values() for tag in page.tags),
        (link.text for link in graph.links),
    )
    return frozenset(chain.from_iterable(bigrams(units(text)) for text in texts))

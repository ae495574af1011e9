"""Equity of each page: what the links of the content make it worth, from 0 to 100."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri

DAMPING = 0.85
ROUNDS = 100
PRECISION = 1e-9
"""Share of all rank: the iteration ends when a round moves less."""

NO_VOTE = frozenset({"nofollow", "ugc", "sponsored"})


def equity(graph: LinkGraph) -> Mapping[PageUri, float]:
    """Return PageRank over content links from 0 to 100 on a log scale, rounded to one decimal.

    0 is a page that no other vouches for, 100 the strongest of the site. Several links from one page to
    another count once, one to an address that has moved counts for the page there, and a link marked
    `nofollow`, `ugc` or `sponsored` not at all. Where no page stands out, as on a site without links,
    every page has 0.
    """
    indexes = {uri: index for index, uri in enumerate(graph.pages)}
    votes = [_votes(graph, uri, indexes) for uri in indexes]
    ranks, floor = _page_rank(votes)
    top = max(ranks, default=0.0)
    span = math.log(top / floor) if top > floor * (1 + 1e-6) else 0.0
    return {uri: _scaled(ranks[index] / floor, span) for uri, index in indexes.items()}


def _votes(graph: LinkGraph, uri: PageUri, indexes: Mapping[PageUri, int]) -> tuple[int, ...]:
    """Return the successors of a page for which one of its links vouches."""
    links = (link for link in graph.outgoing.get(uri, ()) if NO_VOTE.isdisjoint(link.rel))
    targets = dict.fromkeys(map(graph.target_page, links))
    return tuple(indexes[target] for target in targets if target is not None and target != uri)


def _page_rank(votes: Sequence[tuple[int, ...]]) -> tuple[list[float], float]:
    """Return the rank of each page, and the least that any page can have; all ranks sum to 1."""
    count = len(votes)
    ranks, floor = [1 / count] * count if count else [], 1.0
    for _ in range(ROUNDS if count else 0):
        dangling = math.fsum(rank for rank, targets in zip(ranks, votes, strict=True) if not targets)
        floor = (1 - DAMPING + DAMPING * dangling) / count
        fresh = [floor] * count
        for rank, targets in zip(ranks, votes, strict=True):
            for target in targets:
                fresh[target] += DAMPING * rank / len(targets)
        moved = math.fsum(abs(new - old) for new, old in zip(fresh, ranks, strict=True))
        ranks = fresh
        if moved < PRECISION:
            break
    return ranks, floor


def _scaled(times_floor: float, span: float) -> float:
    return round(min(100.0, 100 * math.log(max(times_floor, 1.0)) / span), 1) if span else 0.0

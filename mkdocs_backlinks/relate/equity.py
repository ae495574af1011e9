"""Equity of each page: what the links of the content make it worth, from 0 to 100."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri

DAMPING = 0.85
ROUNDS = 200
PRECISION = 1e-9
"""The iteration ends when no rank changes by more in a round."""

NO_VOTE = frozenset({"nofollow", "ugc", "sponsored"})


def equity(graph: LinkGraph) -> Mapping[PageUri, float]:
    """Return PageRank over content links from 0 to 100 on a log scale, rounded to one decimal.

    0 is a page that no other vouches for, 100 the strongest of the site. Several links from one page to
    another count once, one to an address that has moved counts for the page there, and a link marked
    `nofollow`, `ugc` or `sponsored` not at all. Where no page stands out, as on a site without links,
    every page has 0.
    """
    indexes = {uri: index for index, uri in enumerate(graph.pages)}
    ranks = _page_ranks([_votes(graph, uri, indexes) for uri in indexes])
    span = math.log(max(ranks, default=1.0))
    return {
        uri: round(100 * math.log(ranks[index]) / span, 1) if span else 0.0 for uri, index in indexes.items()
    }


def _votes(graph: LinkGraph, uri: PageUri, indexes: Mapping[PageUri, int]) -> tuple[int, ...]:
    """Return the successors of a page for which one of its links vouches."""
    links = (link for link in graph.outgoing.get(uri, ()) if NO_VOTE.isdisjoint(link.rel))
    targets = dict.fromkeys(map(graph.target_page, links))
    return tuple(indexes[target] for target in targets if target is not None and target != uri)


def _page_ranks(votes: Sequence[tuple[int, ...]]) -> list[float]:
    """Return the rank of each page as a multiple of the least that any page can have.

    Pages without votes give theirs to all alike, which raises that least rank and changes no multiple.
    """
    ranks = [1.0] * len(votes)
    for _ in range(ROUNDS):
        before, ranks = ranks, [1.0] * len(votes)
        for rank, targets in zip(before, votes, strict=True):
            for target in targets:
                ranks[target] += DAMPING * rank / len(targets)
        if all(abs(new - old) < PRECISION for new, old in zip(ranks, before, strict=True)):
            break
    return ranks

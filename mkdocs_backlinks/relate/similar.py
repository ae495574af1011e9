"""For every page the pages whose text is nearest to its own."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from itertools import islice

NEIGHBOURS = 10
QUERY_TERMS = 25
"""With how many of its strongest terms a page asks for its neighbours."""

Vector = Mapping[str, float]


def nearest(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """The `NEIGHBOURS` nearest pages of each, as places in `vectors`, with their likeness in 0…1.

    The nearest comes first; of two equally near pages, the one that comes first on the site.
    """
    holders: dict[str, list[tuple[int, float]]] = {}
    for place, vector in enumerate(vectors):
        for term, weight in vector.items():
            holders.setdefault(term, []).append((place, weight))
    return [_neighbours(place, vector, holders) for place, vector in enumerate(vectors)]


def _neighbours(
    place: int, vector: Vector, holders: Mapping[str, Sequence[tuple[int, float]]]
) -> dict[int, float]:
    likeness: dict[int, float] = {}
    for term, weight in islice(vector.items(), QUERY_TERMS):
        for other, its_weight in holders[term]:
            likeness[other] = likeness.get(other, 0.0) + weight * its_weight
    likeness.pop(place, None)
    best = heapq.nsmallest(NEIGHBOURS, likeness.items(), key=lambda item: (-item[1], item[0]))
    return dict(best)

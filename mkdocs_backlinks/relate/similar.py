"""For every page the pages whose text is nearest to its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from mkdocs_backlinks.relate.terms import Vector

NEIGHBOURS = 10
ASKED = 40
"""With how many of its strongest terms a page asks for its neighbours."""


def nearest(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """The `NEIGHBOURS` nearest pages of each page, as places in `vectors`, with their likeness in 0…1.

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
    alike: dict[int, float] = {}
    for term, weight in islice(vector.items(), ASKED):
        for other, its_weight in holders[term]:
            alike[other] = alike.get(other, 0.0) + weight * its_weight
    alike.pop(place, None)
    least = min(sorted(alike.values(), reverse=True)[:NEIGHBOURS], default=0.0)
    best = sorted((-like, other) for other, like in alike.items() if like >= least)
    return {other: -like for like, other in best[:NEIGHBOURS]}

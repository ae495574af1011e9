"""Nearest pages: for every page those whose text is most similar to its own."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from mkdocs_backlinks.relate.vectors import Vector

NEIGHBOURS = 30
COMPARED_TERMS = 40
"""Strongest terms of a page by which its neighbours are found."""


@dataclass(frozen=True, slots=True)
class Similarities:
    """Similarity of one page to its nearest ones, the nearest first, and to those it is linked with.

    All are in hundredths, as finer differences mean nothing. Of two equally near pages, the first is the one
    that comes first on the site.
    """

    nearest: Mapping[int, int]
    linked: Mapping[int, int]


def similarities(vectors: Sequence[Vector], linked: Sequence[AbstractSet[int]]) -> list[Similarities]:
    """Compare all pages; `linked` are the pages that each is linked with, in either direction."""
    holders: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for page, vector in enumerate(vectors):
        for term, weight in vector.items():
            holders[term].append((page, weight))
    compared = []
    for page, vector in enumerate(vectors):
        similar = _similar(vector, holders)
        similar.pop(page, None)
        of_linked = {
            neighbour: round(100 * similar.get(neighbour, 0.0)) for neighbour in sorted(linked[page])
        }
        compared.append(Similarities(_nearest(similar), of_linked))
    return compared


def _similar(vector: Vector, holders: Mapping[int, Iterable[tuple[int, float]]]) -> dict[int, float]:
    similar: dict[int, float] = defaultdict(float)
    for term, weight in islice(vector.items(), COMPARED_TERMS):
        for page, weight_there in holders[term]:
            similar[page] += weight * weight_there
    return similar


def _nearest(similar: Mapping[int, float]) -> dict[int, int]:
    # A page that is a hundredth less similar than the last of these cannot be among them.
    least = min(heapq.nlargest(NEIGHBOURS, similar.values()), default=0.0) - 0.01
    hundredths = {page: round(100 * value) for page, value in similar.items() if value >= least}
    nearest = sorted(hundredths, key=lambda page: (-hundredths[page], page))[:NEIGHBOURS]
    return {page: hundredths[page] for page in nearest if hundredths[page]}


def shares(nearest: Mapping[int, int]) -> list[tuple[int, float]]:
    """Return the nearest pages, each with its share of all similarity; the nearer ones count more."""
    total = sum(nearest.values())
    return [(page, value / total) for page, value in nearest.items()]


def neighbour_links(
    neighbours: Iterable[tuple[int, float]], successors: Callable[[int], Iterable[int]]
) -> dict[int, float]:
    """Return which share of the neighbours link to each page, in 0…1: it may be of use here as well."""
    linked: dict[int, float] = defaultdict(float)
    for neighbour, share in neighbours:
        for target in successors(neighbour):
            linked[target] += share
    return linked

"""For every page the pages whose text is nearest to its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from mkdocs_backlinks.relate.terms import Vector

NEIGHBOURS = 30
ASKED = 40
"""With how many of its strongest terms a page asks for its neighbours."""

Holders = Mapping[int, Sequence[tuple[int, float]]]
"""The places of the pages that have a term, each with its weight there."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike other pages are to one page, in hundredths, by their places.

    Finer differences mean nothing, and without them a small edit leaves most lists as they are.
    """

    places: array[int]
    hundredths: array[int]

    def first(self, count: int) -> dict[int, float]:
        """The likeness of the first ones, in 0…1."""
        return {place: like / 100 for place, like in zip(self.places[:count], self.hundredths, strict=False)}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """For one page its `NEIGHBOURS` nearest, the nearest first, and those that it is linked with.

    Of two equally near pages, the first is the one that comes first on the site.
    """

    near: Likeness
    linked: Likeness


def compare(vectors: Sequence[Vector], linked: Sequence[array[int]]) -> list[Surroundings]:
    """The surroundings of each page; `linked` are the places of those it is linked with."""
    holders = _holders(vectors)
    return [
        _surroundings(place, vector, links, holders)
        for place, (vector, links) in enumerate(zip(vectors, linked, strict=True))
    ]


def _surroundings(place: int, vector: Vector, linked: Iterable[int], holders: Holders) -> Surroundings:
    alike = _alike(vector, holders)
    alike.pop(place, None)
    return Surroundings(_nearest(alike), _links(linked, alike))


def _holders(vectors: Sequence[Vector]) -> Holders:
    """The pages that have a term, for those terms that are asked for."""
    asked = {term for vector in vectors for term in vector.terms[:ASKED]}
    holders: dict[int, tuple[list[int], array[float]]] = {term: ([], array("f")) for term in asked}
    for place, vector in enumerate(vectors):
        for term, weight in zip(vector.terms, vector.weights, strict=True):
            if term in holders:
                places, weights = holders[term]
                places.append(place)
                weights.append(weight)
    # Made term by term, what is looked at together lies together, for which a processor waits much less.
    return {term: list(zip(*both, strict=True)) for term, both in holders.items()}


def _alike(vector: Vector, holders: Holders) -> dict[int, float]:
    alike: dict[int, float] = {}
    for term, weight in islice(zip(vector.terms, vector.weights, strict=True), ASKED):
        for other, its_weight in holders[term]:
            if other in alike:  # faster than any default: it is the innermost of all loops
                alike[other] += weight * its_weight
            else:
                alike[other] = weight * its_weight
    return alike


def _nearest(alike: Mapping[int, float]) -> Likeness:
    strongest = sorted(alike.values(), reverse=True)[:NEIGHBOURS]
    # What rounds to less than the last one of these cannot be among them.
    least = round(100 * min(strongest, default=0.0)) / 100 - 0.0051
    best = sorted([(-round(100 * like), other) for other, like in alike.items() if like >= least])
    return _likeness(best[:NEIGHBOURS])


def _links(linked: Iterable[int], alike: Mapping[int, float]) -> Likeness:
    places = array("i", linked)
    return Likeness(places, array("i", (round(100 * alike.get(other, 0.0)) for other in places)))


def _likeness(pairs: Sequence[tuple[int, int]]) -> Likeness:
    """The pages that are alike at all; the likeness is given below zero."""
    alike = [pair for pair in pairs if pair[0]]
    return Likeness(array("i", (other for _, other in alike)), array("i", (-like for like, _ in alike)))

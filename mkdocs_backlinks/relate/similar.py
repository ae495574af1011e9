"""For every page the pages whose text is nearest to its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from mkdocs_backlinks.relate.terms import Vector

NEIGHBOURS = 30
ASKED = 40
"""With how many of its strongest terms a page asks for its neighbours."""

FEW = 0.1
"""When more than this share of all pages has changed, all are compared anew."""

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


@dataclass(frozen=True, slots=True)
class Compared:
    """The pages of a site with what surrounds each; `linked` are the places of those it is linked with."""

    vectors: Sequence[Vector]
    linked: Sequence[array[int]]
    surroundings: Sequence[Surroundings]


def compare(
    vectors: Sequence[Vector], linked: Sequence[array[int]], before: Compared | None = None
) -> Compared:
    """Compares all pages or, where these are the pages of `before`, only what has changed since."""
    found: list[Surroundings | None] = [None] * len(vectors)
    if before:
        found = _updated(vectors, linked, before)
    asked = {
        term
        for vector, known in zip(vectors, found, strict=True)
        if known is None
        for term in vector.terms[:ASKED]
    }
    holders = _holders(enumerate(vectors), asked)
    surroundings = [
        known or _surroundings(place, vectors[place], linked[place], holders)
        for place, known in enumerate(found)
    ]
    return Compared(vectors, linked, surroundings)


def _surroundings(place: int, vector: Vector, linked: Iterable[int], holders: Holders) -> Surroundings:
    alike = _alike(vector, holders)
    alike.pop(place, None)
    return Surroundings(_nearest(alike), _links(linked, alike))


def _updated(
    vectors: Sequence[Vector], linked: Sequence[array[int]], before: Compared
) -> list[Surroundings | None]:
    """What surrounds each page now, where that is known without comparing it with all others."""
    changed = {
        place for place, (new, old) in enumerate(zip(vectors, before.vectors, strict=True)) if new != old
    }
    if len(changed) > FEW * len(vectors):
        return [None] * len(vectors)
    asked = {term for place in changed for term in vectors[place].terms}
    holders = _holders([(place, vectors[place]) for place in sorted(changed)], asked)
    found: list[Surroundings | None] = []
    for place, known in enumerate(before.surroundings):
        if place in changed or linked[place] != before.linked[place]:
            found.append(None)
            continue
        alike = _alike(vectors[place], holders)
        if not alike and changed.isdisjoint(known.near.places) and changed.isdisjoint(linked[place]):
            found.append(known)
            continue
        near, links = _nearest_now(known.near, changed, alike), _links_now(known.linked, changed, alike)
        now = Surroundings(near, links) if near else None
        found.append(known if now == known else now)
    return found


def _holders(vectors: Iterable[tuple[int, Vector]], asked: Iterable[int]) -> Holders:
    """The pages that have a term, for those terms that are asked for."""
    holders: dict[int, tuple[list[int], array[float]]] = {term: ([], array("f")) for term in asked}
    for place, vector in vectors:
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
        if term in holders:
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


def _nearest_now(known: Likeness, changed: AbstractSet[int], alike: Mapping[int, float]) -> Likeness | None:
    """The nearest pages after some have changed, whose likeness is given; None where others may be nearer."""
    pairs = list(zip((-like for like in known.hundredths), known.places, strict=True))
    kept = [pair for pair in pairs if pair[1] not in changed]
    best = sorted(kept + [(-round(100 * like), other) for other, like in alike.items()])[:NEIGHBOURS]
    if len(pairs) == NEIGHBOURS and (len(best) < NEIGHBOURS or best[-1] > pairs[-1]):
        return None
    return _likeness(best)


def _links(linked: Iterable[int], alike: Mapping[int, float]) -> Likeness:
    places = array("i", linked)
    return Likeness(places, array("i", (round(100 * alike.get(other, 0.0)) for other in places)))


def _links_now(known: Likeness, changed: AbstractSet[int], alike: Mapping[int, float]) -> Likeness:
    likes = zip(known.places, known.hundredths, strict=True)
    return Likeness(
        known.places,
        array(
            "i", (round(100 * alike.get(other, 0.0)) if other in changed else like for other, like in likes)
        ),
    )


def _likeness(pairs: Sequence[tuple[int, int]]) -> Likeness:
    """The pages that are alike at all; the likeness is given below zero."""
    alike = [pair for pair in pairs if pair[0]]
    return Likeness(array("i", (other for _, other in alike)), array("i", (-like for like, _ in alike)))

"""Term vectors: the terms that tell a page from the others, each with its weight on the page."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_backlinks.relate.term_statistics import TermCounts

TITLE_SHARE = 0.1
"""Share of a page's vector that is its title alone."""

STRONGEST = 60
"""Terms of its text that a page keeps, and terms of its title."""

COMMON_SHARE = 0.1
COMMON_PAGES = 5
"""Terms on more than `COMMON_SHARE` of all pages tell none of them apart.

A tenth of a small site is hardly a page, so there `COMMON_PAGES` are allowed, but no more than half of all.
"""


@dataclass(frozen=True, slots=True)
class Vector:
    """Terms of a page by their numbers, with their weights: the strongest of its title, then of its text.

    The dot product of two vectors is the similarity of their pages in 0…1.
    """

    terms: array[int]
    weights: array[float]
    title_terms: array[int]

    @property
    def length(self) -> float:
        return math.hypot(*self.weights)

    def items(self) -> Iterable[tuple[int, float]]:
        return zip(self.terms, self.weights, strict=True)


def vectors(pages: Sequence[tuple[TermCounts, TermCounts]], names: Sequence[str]) -> list[Vector]:
    """Weigh the terms of each page's title and text; `names` are the terms by their numbers."""
    holders = [0] * len(names)
    for counts in pages:
        for part in counts:
            for term in part.terms:
                holders[term] += 1
    rarity = _rarities(holders, len(pages))
    page_vectors = []
    for in_title, in_text in pages:
        title = _strongest(in_title, rarity, holders, names, TITLE_SHARE)
        text = _strongest(in_text, rarity, holders, names, 1 - TITLE_SHARE)
        weights = array("f", [*title.values(), *text.values()])
        page_vectors.append(Vector(array("i", [*title, *text]), weights, array("i", title)))
    return page_vectors


def _rarities(holders: Sequence[int], pages: int) -> array[float]:
    """Return how much each term tells; `holders` are how many of the pages have it."""
    most = max(COMMON_SHARE * pages, min(COMMON_PAGES, pages / 2))
    rarities = {held: _rarity(held, pages) if 0 < held <= most else 0.0 for held in set(holders)}
    return array("f", map(rarities.__getitem__, holders))


def _rarity(holders: int, pages: int) -> float:
    """Return the logarithm of pages per holder, in steps of a half: finer ones do not improve the ranking."""
    return max(math.log(pages) - round(2 * math.log(holders)) / 2, 0.0)


def _strongest(
    counts: TermCounts, rarity: Sequence[float], holders: Sequence[int], names: Sequence[str], share: float
) -> Mapping[int, float]:
    """Return the strongest terms of a page with their weights, whose squares sum up to `share`.

    Terms that only this page has are not among them but count for the sum: a page that is mostly about
    something else is like no other.
    """
    weights = {
        term: (1 + math.log(count)) * rarity[term]
        for term, count in zip(counts.terms, counts.counts, strict=True)
        if rarity[term]
    }
    length = math.hypot(*weights.values()) / math.sqrt(share)
    shared = (term for term in weights if holders[term] > 1)
    strongest = sorted(shared, key=lambda term: (-weights[term], names[term]))[:STRONGEST]
    return {term: weights[term] / length for term in strongest}

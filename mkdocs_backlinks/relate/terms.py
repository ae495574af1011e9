"""The terms that tell a page from the others, each with its weight on the page."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import mul, neg

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.words import paired, units

LONGEST_TERM = 40
"""What is longer is a key or a checksum, and no word. A number or a single letter tells nothing either."""

TITLE_USES = 3
"""How often a word of the title counts on top of the text. One of a heading or a tag counts once on top."""

TITLE_SHARE = 0.1
"""How much of a page's vector is its title alone."""

KEPT = 60
"""How many of its strongest terms a page keeps."""

COMMON_SHARE = 0.1
COMMON_PAGES = 5
"""Terms on more than `COMMON_SHARE` of all pages tell none of them apart.

A tenth of a small site is hardly a page, so there `COMMON_PAGES` are allowed, but no more than half of all.
"""

NO_TERM = 0
"""The number of whatever tells nothing."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Terms by their numbers, and how often each of them is used."""

    terms: array[int]
    times: array[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """The terms of one page, whatever the others are like."""

    text: Uses
    title: Uses


@dataclass(frozen=True, slots=True)
class Vector:
    """The terms of a page by their numbers: of its title, which are below zero, then of its text.

    The strongest of either come first. The dot product of two vectors is the likeness of their pages in 0…1.
    """

    terms: array[int]
    weights: array[float]

    def of_title(self) -> Iterable[int]:
        """The terms of the title."""
        return (-term for term in self.terms if term < 0)


class Vocabulary(dict[str, int]):
    """The number of each term that was ever asked for; `names` has the terms by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.names = [""]

    def __missing__(self, term: str) -> int:
        number = NO_TERM
        if 1 < len(term) <= LONGEST_TERM and not term[0].isdigit():
            number = len(self.names)
            self.names.append(term)
        self[term] = number
        return number

    def read(self, page: Page, text: Sequence[str], times: Counter[str]) -> Reading:
        """The terms of a page, whose text is also given as its units and as how often it has each of them.

        The titles, headings and tags are added to `times`.
        """
        terms = text if page.text.isascii() else paired(text)
        uses = times if terms is text else Counter(terms)
        title = dict.fromkeys(paired(units(page.title)), 1)
        for term in title:
            uses[term] += TITLE_USES
        uses.update(paired(units(" ".join([*(heading.text for heading in page.headings), *page.tags]))))
        return Reading(self._numbered(uses), self._numbered(title))

    def _numbered(self, uses: Mapping[str, int]) -> Uses:
        # An array is made faster of a list, whose length is known.
        return Uses(array("i", list(map(self.__getitem__, uses))), array("i", list(uses.values())))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each term tells, by its number; below zero for the terms that only one page has.

    There are few weights, so a list of them is small, and nothing is made when one is looked at.
    """

    weights: list[float]

    @classmethod
    def of(cls, holders: Sequence[int], pages: int) -> Rarity:
        """`holders` are how many of the pages have each term."""
        most = max(COMMON_SHARE * pages, min(COMMON_PAGES, pages / 2))
        few = [held for held in set(holders) if 0 < held <= most]
        telling = dict(zip(few, array("f", (_rarity(held, pages) for held in few)), strict=True))
        if 1 in telling:
            telling[1] = -telling[1]
        weights = [telling.get(held, 0.0) for held in holders]
        weights[NO_TERM] = 0.0
        return cls(weights)

    def strongest(self, uses: Uses, names: Sequence[str], share: float) -> Mapping[int, float]:
        """The strongest terms of a page with their weights, whose squares sum up to `share`.

        Terms that only this page has are not among them but count for the sum: a page that is mostly about
        something else is like no other.
        """
        rarity = list(map(self.weights.__getitem__, uses.terms))
        terms, times = list(compress(uses.terms, rarity)), list(compress(uses.times, rarity))
        gain = {count: 1 + math.log(count) for count in set(times)}
        weights = list(map(mul, map(gain.__getitem__, times), filter(None, rarity)))
        length = math.hypot(*weights) / math.sqrt(share)
        least = min(sorted(weights, reverse=True)[:KEPT], default=0.0)
        both = zip(terms, weights, strict=True)
        enough = {term: weight for term, weight in both if weight >= least and weight > 0}
        strongest = sorted(sorted(enough, key=names.__getitem__), key=enough.__getitem__, reverse=True)
        return {term: enough[term] / length for term in strongest[:KEPT]}


def _rarity(holders: int, pages: int) -> float:
    """In steps of a half, so that a page more or less seldom changes how much a term tells."""
    return max(math.log(pages) - round(2 * math.log(holders)) / 2, 0.0)


def weigh(readings: Sequence[Reading], names: Sequence[str]) -> list[Vector]:
    """The vector of each page; `names` are the terms by their numbers."""
    text = Rarity.of(_holders((reading.text for reading in readings), len(names)), len(readings))
    title = Rarity.of(_holders((reading.title for reading in readings), len(names)), len(readings))
    return [_vector(reading, text, title, names) for reading in readings]


def _holders(pages: Iterable[Uses], terms: int) -> list[int]:
    """How many pages have each of so many terms."""
    holders = [0] * terms
    for uses in pages:
        for number in uses.terms:
            holders[number] += 1
    return holders


def _vector(reading: Reading, text: Rarity, title: Rarity, names: Sequence[str]) -> Vector:
    of_title = title.strongest(reading.title, names, TITLE_SHARE)
    of_text = text.strongest(reading.text, names, 1 - TITLE_SHARE)
    return Vector(
        array("i", [*map(neg, of_title), *of_text]), array("f", [*of_title.values(), *of_text.values()])
    )

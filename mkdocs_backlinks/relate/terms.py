"""The terms that tell a page from the others, each with its weight on the page."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, zip_longest
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

    def changed(self, before: Rarity) -> frozenset[int]:
        """The terms that tell more or less than before."""
        both = zip_longest(self.weights, before.weights, fillvalue=0.0)
        return frozenset(number for number, (new, old) in enumerate(both) if new != old)

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


@dataclass(frozen=True, slots=True)
class Holders:
    """How many pages have each term, by its number: in the text, and in the title."""

    text: Sequence[int] = ()
    title: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The pages of a site as they were read, how many have a term and what it tells, and their vectors."""

    readings: Sequence[Reading]
    holders: Holders
    text: Rarity
    title: Rarity
    vectors: Sequence[Vector]

    def without_readings(self) -> Weighed:
        nothing = Rarity([])
        return Weighed((), Holders(), nothing, nothing, self.vectors)


def weigh(readings: Sequence[Reading], names: Sequence[str], before: Weighed | None = None) -> Weighed:
    """The vector of each page; `names` are the terms by their numbers.

    Where these are the pages of `before`, only vectors that have changed since are made.
    """
    holders = _holders(readings, len(names), before)
    text, title = Rarity.of(holders.text, len(readings)), Rarity.of(holders.title, len(readings))
    known = _still_right(readings, text, title, before) if before else {}
    return Weighed(
        readings,
        holders,
        text,
        title,
        [known.get(place) or _vector(reading, text, title, names) for place, reading in enumerate(readings)],
    )


def _holders(readings: Sequence[Reading], terms: int, before: Weighed | None) -> Holders:
    known, new, gone = before.holders if before else Holders(), readings, []
    if before:
        both = zip(readings, before.readings, strict=True)
        changed = [(now, then) for now, then in both if now is not then]
        new, gone = [now for now, _ in changed], [then for _, then in changed]
    return Holders(
        _counted(known.text, terms, [one.text for one in new], [one.text for one in gone]),
        _counted(known.title, terms, [one.title for one in new], [one.title for one in gone]),
    )


def _counted(known: Sequence[int], terms: int, new: Iterable[Uses], gone: Iterable[Uses]) -> list[int]:
    """How many pages have each of so many terms, now that some have come and others are gone."""
    holders = [*known, *[0] * (terms - len(known))]
    for uses in new:
        for number in uses.terms:
            holders[number] += 1
    for uses in gone:
        for number in uses.terms:
            holders[number] -= 1
    return holders


def _still_right(
    readings: Sequence[Reading], text: Rarity, title: Rarity, before: Weighed
) -> Mapping[int, Vector]:
    of_text, of_title = text.changed(before.text), title.changed(before.title)
    return {
        place: vector
        for place, (new, old, vector) in enumerate(
            zip(readings, before.readings, before.vectors, strict=True)
        )
        if new is old and of_text.isdisjoint(new.text.terms) and of_title.isdisjoint(new.title.terms)
    }


def _vector(reading: Reading, text: Rarity, title: Rarity, names: Sequence[str]) -> Vector:
    of_title = title.strongest(reading.title, names, TITLE_SHARE)
    of_text = text.strongest(reading.text, names, 1 - TITLE_SHARE)
    return Vector(
        array("i", [*map(neg, of_title), *of_text]), array("f", [*of_title.values(), *of_text.values()])
    )

"""The terms that tell a page from the others, each with its weight on the page."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.relate.words import paired, units, words

LONGEST_TERM = 40
"""What is longer is a key or a checksum, and no word. A number or a single letter tells nothing either."""

BEGINNING = 1_000
"""From how many characters of each page the site's spelling of its words is learnt."""

TITLE_USES = 3
"""How often a word of the title counts on top of the text. A word of a heading counts once on top."""

TITLE_SHARE = 0.1
"""How much of a page's vector is its title alone."""

KEPT = 60
"""How many of its strongest terms a page keeps."""

COMMON_SHARE = 0.1
COMMON_PAGES = 5
"""Terms on more than `COMMON_SHARE` of all pages tell none of them apart.

A tenth of a small site is hardly a page, so there `COMMON_PAGES` are allowed, but no more than half of all.
"""

TITLE = "="
"""Stands before the terms of titles, which are compared among themselves."""

Vector = Mapping[str, float]
Counts = tuple["array[int]", "array[int]"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What tells the pages of a site apart.

    `vectors` has for each page the terms of its title and the strongest of its text with their weights, the
    strongest of either first; the dot product of two vectors is their likeness in 0…1. `spellings` has for
    each term how most pages write it.
    """

    vectors: tuple[Vector, ...]
    spellings: Mapping[str, str]


class Lexicon:
    """Counts the terms of one page after the other, small enough for ten thousand of them."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._spellings: Counter[str] = Counter()
        self._texts: list[Counts] = []
        self._titles: list[Counts] = []

    def read(self, page: Page, text: Sequence[str]) -> None:
        """Takes in the next page, whose text is also given as its units."""
        self._spellings.update(set(words(page.text[:BEGINNING])))
        uses = Counter(paired(text))
        title = paired(units(page.title))
        for term in title:
            uses[term] += TITLE_USES
        uses.update(paired(units(" ".join(heading.text for heading in page.headings))))
        self._texts.append(self._count(uses))
        self._titles.append(self._count(dict.fromkeys(title, 1)))

    def _count(self, uses: Mapping[str, int]) -> Counts:
        numbers = self._numbers
        telling = {number: times for term, times in uses.items() if (number := numbers[term]) is not None}
        return array("l", telling.keys()), array("l", telling.values())

    def finish(self) -> Terms:
        """The terms of all pages, in the order in which they were read."""
        names = tuple(self._numbers.telling)
        texts = _weigh(self._texts, names, 1 - TITLE_SHARE)
        titles = _weigh(self._titles, [TITLE + name for name in names], TITLE_SHARE)
        vectors = tuple({**title, **text} for title, text in zip(titles, texts, strict=True))
        return Terms(vectors, self._common_spellings())

    def _common_spellings(self) -> Mapping[str, str]:
        """The spelling of each term on most pages; of two equally common ones, the first in the alphabet."""
        best: dict[str, tuple[int, str]] = {}
        for word, pages in self._spellings.items():
            folded = units(word)
            if len(folded) == 1:
                best[folded[0]] = min(best.get(folded[0], (0, "")), (-pages, word))
        return {term: word for term, (_, word) in best.items()}


class _Numbers(dict[str, int | None]):
    """The number of each term that was asked for; None for a term that tells nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.telling: list[str] = []

    def __missing__(self, term: str) -> int | None:
        number = None
        if 1 < len(term) <= LONGEST_TERM and not term[0].isdigit():
            number = len(self.telling)
            self.telling.append(term)
        self[term] = number
        return number


def likeness(one: Vector, other: Vector) -> float:
    """How alike two pages read, in 0…1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _weigh(pages: Sequence[Counts], names: Sequence[str], share: float) -> Iterable[Vector]:
    """The strongest terms of each page, in a vector whose square length is at most `share`.

    Terms that only this page has are not in it but count for its length: a page that is mostly about
    something else is like no other.
    """
    found = Counter(chain.from_iterable(numbers for numbers, _ in pages))
    gain = {times: 1 + math.log(times) for times in set(chain.from_iterable(uses for _, uses in pages))}
    most = max(COMMON_SHARE * len(pages), min(COMMON_PAGES, len(pages) / 2))
    rarity = [0.0] * len(names)
    for number, holders in found.items():
        if holders <= most:
            rarity[number] = math.log(len(pages) / holders)
    for numbers, uses in pages:
        weights = [gain[times] * rarity[number] for number, times in zip(numbers, uses, strict=True)]
        length = math.sqrt(sum(weight * weight for weight in weights) / share) or 1.0
        shared = sorted(
            (-weight / length, names[number])
            for number, weight in zip(numbers, weights, strict=True)
            if weight and found[number] > 1
        )
        yield {name: -weight for weight, name in shared[:KEPT]}

"""The words that tell a page from the others, in any script, each with its weight on the page."""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mkdocs_backlinks.model import Page

TITLE_WEIGHT = 3
"""How often a word of the title counts, on top of where it stands in the text."""

KEPT = 60
"""How many of its strongest terms a page keeps."""

COMMON_SHARE = 0.1
COMMON_PAGES = 5
"""A term in more than this share of all pages says nothing of one of them, …

… unless it is in no more pages than this, and in no more than half of them: a tenth of a small site is no page.
"""

LONGEST_WORD = 40
"""What is longer is a key or a checksum, and no word."""

# Combining marks, and the vowel signs of Hebrew, Arabic and South Asia: parts of a word that `\w` leaves out.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
# Thai, Lao, Tibetan, Burmese, Khmer, kana, Han, hangul: words run on, or change their endings.
_RUNNING = (
    "\u0e01-\u0eff\u0f18-\u0fbc\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[^\W\d_][\w{_MARKS}{_RUNNING}]*")
_RUN = re.compile(rf"(?P<running>[{_RUNNING}]+)|[^{_RUNNING}]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """What tells the pages apart.

    `vectors` has a page's strongest terms with their weights, the strongest first and the squares of the
    weights summing to 1; it is empty for a page that has nothing of its own. `shown` has the spelling of a
    term that is most common on the site.
    """

    vectors: tuple[Mapping[str, float], ...]
    shown: Mapping[str, str]


def terms_of(pages: Sequence[Page]) -> Terms:
    """The terms of every page, in the order of the pages."""
    lexicon = _Lexicon()
    counts = [lexicon.count(page) for page in pages]
    known = lexicon.names()
    rarity = _rarity(counts, len(known))
    vectors = tuple(_vector(count, rarity, known) for count in counts)
    return Terms(vectors, lexicon.spellings())


def split(word: str) -> tuple[str, ...]:
    """The terms of one word as it stands in a text: folded, and overlapping pairs where words run on."""
    if len(word) > LONGEST_WORD:
        return ()
    if word.isascii():
        return (word.lower(),) if len(word) > 1 else ()
    folded = unicodedata.normalize("NFKC", word).casefold()
    return tuple(term for run in _RUN.finditer(folded) for term in _terms_of_run(run))


def _terms_of_run(run: re.Match[str]) -> Iterable[str]:
    text = run[0]
    if not run["running"]:
        return (text,) if len(text) > 1 else ()
    return map("".join, pairwise(text)) if len(text) > 1 else (text,)


class _Lexicon:
    """Numbers for all terms of a site, so that the counts of ten thousand pages stay small."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, tuple[int, ...]] = {}
        self._uses: Counter[str] = Counter()

    def count(self, page: Page) -> tuple[array[int], array[int]]:
        """The numbers of the page's terms, and how often each counts."""
        words = Counter(_WORD.findall(page.text))
        self._uses.update(words)
        for word in _WORD.findall(page.title):
            words[word] += TITLE_WEIGHT
        counts: dict[int, int] = {}
        for word, uses in words.items():
            for number in self._of_word.get(word) or self._learn(word):
                counts[number] = counts.get(number, 0) + uses
        return array("l", counts.keys()), array("l", counts.values())

    def _learn(self, word: str) -> tuple[int, ...]:
        numbers = tuple(self._numbers.setdefault(term, len(self._numbers)) for term in split(word))
        self._of_word[word] = numbers
        return numbers

    def names(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def spellings(self) -> Mapping[str, str]:
        """The most common spelling of each term; the first in the alphabet of two equally common ones."""
        best: dict[str, tuple[int, str]] = {}
        for word, uses in self._uses.items():
            terms = split(word)
            if len(terms) == 1:
                best[terms[0]] = min(best.get(terms[0], (0, "")), (-uses, word))
        return {term: word for term, (_, word) in best.items()}


def _rarity(counts: Sequence[tuple[array[int], array[int]]], known: int) -> list[float]:
    """The weight of each term for being rare; 0 for one that is on one page only, or on too many."""
    pages_with = [0] * known
    for numbers, _ in counts:
        for number in numbers:
            pages_with[number] += 1
    total = len(counts)
    most = max(COMMON_SHARE * total, min(COMMON_PAGES, total / 2))
    return [math.log((total + 1) / (found + 1)) + 1 if 2 <= found <= most else 0.0 for found in pages_with]


def _vector(
    count: tuple[array[int], array[int]], rarity: Sequence[float], known: Sequence[str]
) -> Mapping[str, float]:
    weights = [
        (-(1 + math.log(uses)) * rarity[number], known[number])
        for number, uses in zip(*count, strict=True)
        if rarity[number]
    ]
    strongest = heapq.nsmallest(KEPT, weights)
    length = math.sqrt(math.fsum(weight * weight for weight, _ in strongest))
    return {term: -weight / length for weight, term in strongest}

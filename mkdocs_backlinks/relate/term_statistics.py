"""Term statistics: count the terms and phrases of pages, and keep the counts of pages that do not change."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate.phrasebook import PageNames, Phrasebook, page_names
from mkdocs_backlinks.words import bigrams, units, words

LONGEST_TERM = 40
"""A longer term is a key or a checksum, and no word. A number or a single letter tells nothing either."""

TITLE_USES = 3
"""Uses that a word of the title counts on top of the text. One of a heading or a tag counts once on top."""

BEGINNING = 500
"""Characters of each page from which the site's spelling of its words is learnt."""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Terms by their numbers, and how often each of them is used."""

    terms: array[int]
    counts: array[int]


@dataclass(frozen=True, slots=True)
class PageTerms:
    """A page with the terms of its title and of its text, and the phrases in it, all by their numbers.

    `spelled` are the words at the beginning of the page as written.
    """

    page: Page
    title: TermCounts
    text: TermCounts
    phrases: array[int]
    spelled: frozenset[str]

    def is_of(self, page: Page) -> bool:
        """True if all that was counted is the same on that page."""
        counted = attrgetter("text", "title", "headings", "tags")
        return bool(counted(self.page) == counted(page))


class TermStatistics:
    """Terms and phrases of a site's pages, kept for the rankings of later builds.

    They may be used for any site, and change no result. A term of titles has another number than the same
    term of texts; `names` has the terms by their numbers.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.phrasebook = Phrasebook(())
        self._title_numbers: dict[str, int] = {}
        self._text_numbers: dict[str, int] = {}
        self._page_names: Sequence[PageNames] = ()
        self._pages: dict[PageUri, PageTerms] = {}

    def update(self, graph: LinkGraph) -> list[PageTerms]:
        """Count the terms of pages that have changed, or of all if the site has new phrases; return all."""
        names = page_names(graph)
        if names != self._page_names:
            before = self.phrasebook
            self._page_names, self.phrasebook = names, Phrasebook(names)
            if not self.phrasebook.has_same_phrases(before):
                self._pages = {}
        known = self._pages
        self._pages = {
            uri: known[uri] if uri in known and known[uri].is_of(page) else self._count(page)
            for uri, page in graph.pages.items()
        }
        return list(self._pages.values())

    def _count(self, page: Page) -> PageTerms:
        text = units(page.text)
        uses = Counter(bigrams(text))
        title = dict.fromkeys(bigrams(units(page.title)), 1)
        for term in title:
            uses[term] += TITLE_USES
        uses.update(bigrams(units(" ".join([*(heading.text for heading in page.headings), *page.tags]))))
        return PageTerms(
            page,
            self._numbered(title, self._title_numbers),
            self._numbered(uses, self._text_numbers),
            self.phrasebook.find(text),
            frozenset(words(page.text[:BEGINNING])),
        )

    def _numbered(self, uses: Mapping[str, int], numbers: dict[str, int]) -> TermCounts:
        telling = {
            term: count
            for term, count in uses.items()
            if 1 < len(term) <= LONGEST_TERM and not term[0].isdigit()
        }
        for term in telling:
            if term not in numbers:
                numbers[term] = len(self.names)
                self.names.append(term)
        return TermCounts(array("i", map(numbers.__getitem__, telling)), array("i", telling.values()))


def spellings(pages: Iterable[PageTerms], terms: Collection[str]) -> Mapping[str, str]:
    """Return how most pages write each term; of two equally common spellings, the first in the alphabet."""
    counts = Counter(word for page in pages for word in page.spelled)
    best: dict[str, str] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        folded = [word.lower()] if word.isascii() else units(word)
        if len(folded) == 1 and folded[0] in terms:
            best.setdefault(folded[0], word)
    return best

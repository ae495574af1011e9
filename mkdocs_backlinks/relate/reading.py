"""Count the terms of pages and the phrases in them; keep the counts of pages that have not changed."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate.mentions import Names, Phrasebook, all_names
from mkdocs_backlinks.relate.spelling import beginning
from mkdocs_backlinks.relate.terms import Reading, Vocabulary
from mkdocs_backlinks.words import units


@dataclass(frozen=True, slots=True)
class PageTerms:
    """A page with its terms, the phrases in it, and the words at its beginning as they stand there."""

    page: Page
    reading: Reading
    phrases: array[int]
    beginning: frozenset[str]

    def is_of(self, page: Page) -> bool:
        """True if all that was counted is the same on that page."""
        known = self.page
        return known is page or (known.text, known.title, known.headings, known.tags) == (
            page.text,
            page.title,
            page.headings,
            page.tags,
        )


class TermStatistics:
    """The terms and phrases of a site's pages, kept for rankings of later builds.

    They may be used for any site, and change no result.
    """

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.phrasebook = Phrasebook(())
        self._names: Sequence[Names] = ()
        self._pages: dict[PageUri, PageTerms] = {}

    def of_pages(self, graph: LinkGraph) -> list[PageTerms]:
        """Return those of all pages; count again on pages that changed, and on all if page names did."""
        names = all_names(graph)
        if names != self._names:
            self._names, self.phrasebook, self._pages = names, Phrasebook(names), {}
        known = self._pages
        self._pages = {
            uri: known[uri] if uri in known and known[uri].is_of(page) else self._count(page)
            for uri, page in graph.pages.items()
        }
        return list(self._pages.values())

    def _count(self, page: Page) -> PageTerms:
        text = units(page.text)
        times = Counter(text)
        phrases = self.phrasebook.find(text, times)
        return PageTerms(page, self.vocabulary.read(page, text, times), phrases, beginning(page))

"""Pages as their terms and the phrases in them; what was read before is not read again."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate.mentions import Names, Phrase, Phrasebook
from mkdocs_backlinks.relate.spelling import beginning
from mkdocs_backlinks.relate.terms import Reading, Vocabulary
from mkdocs_backlinks.words import units


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read: its terms and the phrases in it."""

    page: Page
    reading: Reading
    phrases: array[int]

    def is_of(self, page: Page) -> bool:
        known = self.page
        return (known.text, known.title, known.headings, known.tags) == (
            page.text,
            page.title,
            page.headings,
            page.tags,
        )


@dataclass(slots=True)
class Library:
    """All that was read so far. It may be used for any site, and changes no result."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    numbers: dict[Phrase, int] = field(default_factory=dict)
    pages: dict[PageUri, ReadPage] = field(default_factory=dict)
    _book: tuple[Sequence[Names], Phrasebook] = field(default_factory=lambda: ((), Phrasebook(())))
    _phrases: frozenset[Phrase] = frozenset()
    _beginnings: dict[PageUri, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def phrasebook(self, names: Sequence[Names]) -> Phrasebook:
        """The phrases by which pages of these names are known; most edits change none."""
        if self._book[0] != names:
            self._book = names, Phrasebook(names, self.numbers)
        return self._book[1]

    def read(self, pages: Iterable[Page], book: Phrasebook) -> Sequence[ReadPage]:
        """All pages, of which only those are read that are new or have changed."""
        other_phrases = self._phrases ^ book.phrases
        found = []
        for page in pages:
            known = self.pages.get(page.uri)
            usable = known is not None and known.is_of(page) and not _may_hold(page.text, other_phrases)
            found.append(known if known and usable else read(page, book, self.vocabulary))
        self.pages = {one.page.uri: one for one in found}
        self._phrases = book.phrases
        return found

    def beginning(self, page: Page) -> frozenset[str]:
        """The words at the beginning of a page, as `spelling.beginning` has them."""
        text, found = self._beginnings.get(page.uri, (None, frozenset()))
        if text != page.text:
            found = beginning(page)
            self._beginnings[page.uri] = (page.text, found)
        return found


def read(page: Page, book: Phrasebook, vocabulary: Vocabulary) -> ReadPage:
    text = units(page.text)
    times = Counter(text)
    phrases = book.find(text, times)
    return ReadPage(page, vocabulary.read(page, text, times), phrases)


def _may_hold(text: str, phrases: Collection[Phrase]) -> bool:
    """Whether a text may hold one of these phrases; a text beyond ASCII always may."""
    if not phrases or not text.isascii():
        return bool(phrases)
    lowered = text.lower()
    return any(all(unit in lowered for unit in phrase) for phrase in phrases)

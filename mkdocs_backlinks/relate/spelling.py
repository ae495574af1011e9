"""How the pages of a site write their terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.words import units, words

BEGINNING = 500
"""From how many characters of each page the site's spelling of its words is learnt."""


def beginning(page: Page) -> frozenset[str]:
    """The words at the beginning of a page as they stand there."""
    return frozenset(words(page.text[:BEGINNING]))


def spellings(beginnings: Iterable[Collection[str]], terms: Collection[str]) -> Mapping[str, str]:
    """How most pages write each term; of two equally common spellings, the first in the alphabet."""
    found: Counter[str] = Counter()
    for one in beginnings:
        found.update(one)
    best: dict[str, tuple[int, str]] = {}
    for word, pages in found.items():
        folded = [word.lower()] if word.isascii() else units(word)
        if len(folded) == 1 and (term := folded[0]) in terms:
            best[term] = min(best.get(term, (0, "")), (-pages, word))
    return {term: word for term, (_, word) in best.items()}

"""Phrasebook of a site: its pages' titles and link texts, found in texts as mentions of these pages."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, pairwise

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.words import units

LONGEST_PHRASE = 8
SHORTEST_PHRASE = 3
"""A phrase has at most `LONGEST_PHRASE` units, and at least `SHORTEST_PHRASE` bytes of letters and digits."""

TITLE_VOTES = 2
LEAST_SHARE = 0.3
"""A phrase names the pages that have this share of its votes: one for each link, two for a title."""

MOST_MENTIONS = 20
"""Pages that one page can mention."""

ALREADY_LINKED = 1 / 3
"""Weight of a mention that is a link already, where that of others is 1."""


@dataclass(frozen=True, slots=True)
class PageMention:
    """Strength with which a text points to a page, in 0…1, and the phrase that does."""

    weight: float
    phrase: str


Phrase = tuple[str, ...]
"""The units of a phrase."""

PageNames = tuple[str, Sequence[str]]
"""The title of a page, and the texts that others link it with: each once for a page that does."""


def page_names(graph: LinkGraph) -> list[PageNames]:
    """Return the names of every page."""
    return [
        (page.title, [text for text, _ in {(link.text, link.source): None for link in graph.incoming[uri]}])
        for uri, page in graph.pages.items()
    ]


class Phrasebook:
    """Phrases by which the pages of one site are known, each with its number."""

    def __init__(self, names: Iterable[PageNames]) -> None:
        """`names` are those of every page."""
        self._numbers: dict[Phrase, int] = {}
        self._sizes: dict[Phrase, list[int]] = {}
        self._spellings: list[str] = []
        self._votes: list[dict[int, int]] = []
        self._linking: Counter[int] = Counter()
        for page, (title, texts) in enumerate(names):
            self._vote(title, page, TITLE_VOTES)
            for text in texts:
                number = self._vote(text, page, 1)
                if number is not None:
                    self._linking[number] += 1
        for phrase in sorted(self._numbers, key=len, reverse=True):
            sizes = self._sizes.setdefault(phrase[:2], [])
            if len(phrase) not in sizes:
                sizes.append(len(phrase))

    def _vote(self, text: str, page: int, votes: int) -> int | None:
        """Count votes for a page by the phrase that the text is; return its number, None for no phrase."""
        phrase = tuple(units(text))
        if len(phrase) > LONGEST_PHRASE or len("".join(phrase).encode()) < SHORTEST_PHRASE:
            return None
        number = self._numbers.setdefault(phrase, len(self._numbers))
        if number == len(self._votes):
            self._spellings.append(" ".join(text.split()).rstrip(".,:;!?"))
            self._votes.append({})
        self._votes[number][page] = self._votes[number].get(page, 0) + votes
        return number

    def has_same_phrases(self, phrasebook: Phrasebook) -> bool:
        """True if `find` returns the same numbers; the pages that the phrases lead to may differ."""
        return self._numbers == phrasebook._numbers

    def find(self, text: Sequence[str]) -> array[int]:
        """Return the numbers of the phrases in a text that is given as its units.

        Where several overlap, it is the first and longest.
        """
        numbers = set()
        end = 0
        for start, opening in enumerate(pairwise([*text, ""])):
            if start < end:
                continue
            for size in self._sizes.get(opening, ()):
                phrase = tuple(text[start : start + size])
                if phrase in self._numbers:
                    break
            else:
                phrase = opening[:1]
                if phrase not in self._numbers:
                    continue
            numbers.add(self._numbers[phrase])
            end = start + len(phrase)
        return array("i", sorted(numbers))

    def mentions(
        self, phrases: Sequence[array[int]], successors: Sequence[AbstractSet[int]]
    ) -> list[dict[int, PageMention]]:
        """Return for each page the pages that it mentions, the strongest first.

        `phrases` has the phrases in each page's text, `successors` the pages that it links to. A phrase
        weighs more the fewer pages hold it, and the more of those that do link with it.
        """
        names = self._names(Counter(chain.from_iterable(phrases)), len(phrases))
        return [_mentioned(page, phrases[page], names, successors[page]) for page in range(len(phrases))]

    def _names(self, holders: Mapping[int, int], pages: int) -> dict[int, dict[int, PageMention]]:
        """Return for each phrase in use the pages that it names."""
        names = {}
        for number, held in holders.items():
            rarity = math.log(pages / held) / math.log(pages) if pages > 1 else 0.0
            linked = min(1.0, (self._linking[number] + 1) / (held + 1))
            all_votes = sum(self._votes[number].values())
            names[number] = {
                page: PageMention(math.sqrt(rarity * linked) * votes / all_votes, self._spellings[number])
                for page, votes in self._votes[number].items()
                if votes >= LEAST_SHARE * all_votes and rarity
            }
        return names


def _mentioned(
    source: int,
    phrases: Sequence[int],
    names: Mapping[int, Mapping[int, PageMention]],
    linked: AbstractSet[int],
) -> dict[int, PageMention]:
    best: dict[int, PageMention] = {}
    for number in phrases:
        for page, mention in names[number].items():
            if page != source and (page not in best or _order(mention) < _order(best[page])):
                best[page] = mention
    for page in best.keys() & linked:
        best[page] = PageMention(best[page].weight * ALREADY_LINKED, best[page].phrase)
    strongest = sorted(best, key=lambda page: (-best[page].weight, page))[:MOST_MENTIONS]
    return {page: best[page] for page in strongest}


def _order(mention: PageMention) -> tuple[float, str]:
    return -mention.weight, mention.phrase

"""Which pages a text speaks of by their titles, or by the words that other pages link them with."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, compress, count, pairwise

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.words import units

LONGEST_PHRASE = 8
SHORTEST_PHRASE = 3
"""A phrase has at most `LONGEST_PHRASE` units, and at least `SHORTEST_PHRASE` bytes of letters and digits."""

TITLE_VOTES = 2
LEAST_SHARE = 0.3
"""A phrase names the pages that have this share of its votes: one for each link, two for a title."""

KEPT = 20
"""How many pages one page can speak of."""

ALREADY_LINKED = 1 / 3
"""What a mention is worth next to one that is no link yet."""


@dataclass(frozen=True, slots=True)
class Mention:
    """How strongly a text points to a page, in 0…1, and the words that do."""

    weight: float
    phrase: str


Phrase = tuple[str, ...]
"""Its units."""

Names = tuple[str, Sequence[str]]
"""The title of a page, and the texts that others link it with: each once for a page that does."""


def all_names(graph: LinkGraph) -> list[Names]:
    """The names of every page."""
    return [
        (page.title, [text for text, _ in {(link.text, link.source): None for link in graph.incoming[uri]}])
        for uri, page in graph.pages.items()
    ]


class Phrasebook:
    """The phrases by which the pages of one site are known, each with its number."""

    def __init__(self, names: Iterable[Names]) -> None:
        """`names` are those of every page."""
        self._numbers: dict[Phrase, int] = {}
        self._spellings: dict[int, str] = {}
        self._votes: dict[int, dict[int, int]] = {}
        self._linking: Counter[int] = Counter()
        for place, (title, texts) in enumerate(names):
            self._vote(title, place, TITLE_VOTES)
            for text in texts:
                self._vote(text, place, 1, linking=1)
        self._pairs = _by_pair(self._numbers)
        self._single = {phrase[0]: number for phrase, number in self._numbers.items() if len(phrase) == 1}

    def _vote(self, text: str, place: int, votes: int, *, linking: int = 0) -> None:
        phrase = tuple(units(text))
        if not 0 < len(phrase) <= LONGEST_PHRASE or len("".join(phrase).encode()) < SHORTEST_PHRASE:
            return
        number = self._numbers.setdefault(phrase, len(self._numbers))
        self._spellings.setdefault(number, " ".join(text.split()).rstrip(".,:;!?"))
        of_phrase = self._votes.setdefault(number, {})
        of_phrase[place] = of_phrase.get(place, 0) + votes
        self._linking[number] += linking

    def find(self, text: list[str], times: Mapping[str, int]) -> array[int]:
        """The phrases in a text that is given as its units, and as how often it has each of them.

        Where several overlap, it is the first and longest.
        """
        found, past = set(), 0
        taken: list[str] = []
        for start, size, number in sorted(self._matches(text)):
            if start >= past:
                found.add(number)
                past = start - size
                taken += text[start:past]
        in_longer = Counter(taken)
        for unit in filter(self._single.__contains__, times):
            if unit not in in_longer or in_longer[unit] < times[unit]:
                found.add(self._single[unit])
        return array("i", sorted(found))

    def _matches(self, text: list[str]) -> Iterator[tuple[int, int, int]]:
        """Where phrases of several units begin, how many these are, below zero, and the phrases' numbers."""
        pairs, last = self._pairs, len(text) - 2
        for place in compress(count(), map(pairs.__contains__, pairwise(text))):
            found = pairs[text[place], text[place + 1]]
            if found.whole is not None:
                yield place, -2, found.whole
            longer = found.followed.get(text[place + 2], ()) if place < last else ()
            if found.ending and place:
                longer = (*longer, *found.ending.get(text[place - 1], ()))
            for before, phrase, number in longer:
                start = place - before
                if text[start : start + len(phrase)] == phrase:
                    yield start, -len(phrase), number

    def mentions(
        self, found: Sequence[array[int]], outgoing: Sequence[AbstractSet[int]]
    ) -> list[dict[int, Mention]]:
        """For each page the pages that it speaks of, the strongest first.

        `found` has the phrases in each page's text, `outgoing` the pages that it links to. A phrase weighs
        more the fewer pages hold it, and the more of those that do link with it.
        """
        names = self._names(Counter(chain.from_iterable(found)), len(found))
        return [_spoken_of(place, found[place], names, outgoing[place]) for place in range(len(found))]

    def _names(self, holders: Mapping[int, int], pages: int) -> dict[int, dict[int, Mention]]:
        """For each phrase in use the pages that it names."""
        names = {}
        for number, held in holders.items():
            rarity = math.log(pages / held) / math.log(pages) if pages > 1 else 0.0
            linked = min(1.0, (self._linking[number] + 1) / (held + 1))
            all_votes = sum(self._votes[number].values())
            names[number] = {
                place: Mention(math.sqrt(rarity * linked) * votes / all_votes, self._spellings[number])
                for place, votes in self._votes[number].items()
                if votes >= LEAST_SHARE * all_votes and rarity
            }
        return names


_Found = tuple[int, list[str], int]
"""How many units come before the two by which it is found, all of its units, and its number."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """The phrases that are found by one pair of units: the one that is no longer than that, those that go on
    by their next unit, and those that end with it by the unit before.
    """

    whole: int | None
    followed: Mapping[str, Sequence[_Found]]
    ending: Mapping[str, Sequence[_Found]]

    @classmethod
    def of(cls, phrases: Iterable[_Found]) -> _Pair:
        whole = None
        followed: dict[str, list[_Found]] = {}
        ending: dict[str, list[_Found]] = {}
        for found in phrases:
            before, phrase, number = found
            if len(phrase) == 2:
                whole = number
            elif before + 2 < len(phrase):
                followed.setdefault(phrase[before + 2], []).append(found)
            else:
                ending.setdefault(phrase[before - 1], []).append(found)
        return cls(whole, followed, ending)


def _by_pair(numbers: Mapping[Phrase, int]) -> Mapping[tuple[str, str], _Pair]:
    """Each phrase of more than one unit by two that follow one another: the longest, which are the rarest."""
    found: dict[tuple[str, str], list[_Found]] = {}
    for phrase, number in numbers.items():
        if len(phrase) > 1:
            before = max(range(len(phrase) - 1), key=lambda place: len(phrase[place] + phrase[place + 1]))
            pair = phrase[before], phrase[before + 1]
            found.setdefault(pair, []).append((before, list(phrase), number))
    return {pair: _Pair.of(phrases) for pair, phrases in found.items()}


def _spoken_of(
    source: int,
    phrases: Sequence[int],
    names: Mapping[int, Mapping[int, Mention]],
    linked: AbstractSet[int],
) -> dict[int, Mention]:
    best: dict[int, Mention] = {}
    for number in phrases:
        for place, mention in names[number].items():
            if place != source and (place not in best or _outdoes(mention, best[place])):
                best[place] = mention
    for place in best.keys() & linked:
        best[place] = Mention(best[place].weight * ALREADY_LINKED, best[place].phrase)
    return dict(sorted(best.items(), key=lambda item: (-item[1].weight, item[0]))[:KEPT])


def _outdoes(one: Mention, other: Mention) -> bool:
    return (-one.weight, one.phrase) < (-other.weight, other.phrase)

"""Which pages a text speaks of by their titles, or by the words that other pages link them with."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, compress

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.relate.words import units

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


class Phrasebook:
    """The phrases by which the pages of one site are known, each with its number."""

    def __init__(self, graph: LinkGraph) -> None:
        self._start = _Node()
        self._spellings: list[str] = []
        self._votes: list[Counter[int]] = []
        self._linking: list[int] = []
        for place, (uri, page) in enumerate(graph.pages.items()):
            self._vote(page.title, place, TITLE_VOTES)
            for text, _ in dict.fromkeys((link.text, link.source) for link in graph.incoming[uri]):
                self._vote(text, place, 1, linking=1)

    def _vote(self, text: str, place: int, votes: int, *, linking: int = 0) -> None:
        phrase = units(text)
        if not 0 < len(phrase) <= LONGEST_PHRASE or len("".join(phrase).encode()) < SHORTEST_PHRASE:
            return
        node = self._start
        for unit in phrase:
            node = node.onward.setdefault(unit, _Node())
        if node.number is None:
            node.number = len(self._spellings)
            self._spellings.append(" ".join(text.split()).rstrip(".,:;!?"))
            self._votes.append(Counter())
            self._linking.append(0)
        self._votes[node.number][place] += votes
        self._linking[node.number] += linking

    def find(self, text: Sequence[str]) -> frozenset[int]:
        """The phrases in a text that is given as its units; where several begin, the longest."""
        onward, last = self._start.onward, len(text) - 1
        found, past = set(), 0
        for place, unit in compress(enumerate(text), map(onward.__contains__, text)):
            # Many words begin a phrase, but few of those go on with it: the quick look pays.
            node = onward[unit]
            goes_on = place < last and text[place + 1] in node.onward
            if place >= past and (goes_on or node.number is not None):
                number, end = _longest(node, text, place + 1)
                if number is not None:
                    found.add(number)
                    past = end
        return frozenset(found)

    def mentions(
        self, found: Sequence[AbstractSet[int]], outgoing: Sequence[AbstractSet[int]]
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
            all_votes = self._votes[number].total()
            names[number] = {
                place: Mention(math.sqrt(rarity * linked) * votes / all_votes, self._spellings[number])
                for place, votes in self._votes[number].items()
                if votes >= LEAST_SHARE * all_votes and rarity
            }
        return names


@dataclass(slots=True)
class _Node:
    """What may follow on the units so far, and the number of the phrase that is complete here."""

    onward: dict[str, _Node] = field(default_factory=dict)
    number: int | None = None


def _longest(node: _Node, sequence: Sequence[str], place: int) -> tuple[int | None, int]:
    """The longest phrase on the way from `node` along the units from `place`, and where it ends."""
    number, end = node.number, place
    while place < len(sequence) and (further := node.onward.get(sequence[place])):
        node, place = further, place + 1
        if node.number is not None:
            number, end = node.number, place
    return number, end


def _spoken_of(
    source: int,
    phrases: AbstractSet[int],
    names: Mapping[int, Mapping[int, Mention]],
    linked: AbstractSet[int],
) -> dict[int, Mention]:
    best: dict[int, Mention] = {}
    for number in sorted(phrases):
        for place, mention in names[number].items():
            if place != source and (place not in best or mention.weight > best[place].weight):
                best[place] = mention
    weighed = {
        place: Mention(mention.weight * ALREADY_LINKED, mention.phrase) if place in linked else mention
        for place, mention in best.items()
    }
    return dict(heapq.nsmallest(KEPT, weighed.items(), key=lambda item: (-item[1].weight, item[0])))

"""The phrases by which a site's own links and titles name its pages, and where a text uses them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri
from mkdocs_backlinks.words import token_spans

LONGEST_PHRASE = 8
SHORTEST_PHRASE = 3
"""A phrase has at most `LONGEST_PHRASE` units, and at least `SHORTEST_PHRASE` bytes."""

_EDGES = " .,:;!?\"'“”‘’«»"
_MARKUP = re.compile(r"[\[\]()<>{}`*_|\\$\n\0]")
# A word that goes on beyond the phrase: `allas-conf`, `/allas`, `allas.csc.fi`, `allas(`.
_GOES_ON_BEFORE = re.compile(r"(?:\w[:+'’]|[-_/@\\$.#\0])\Z")
_GOES_ON_AFTER = re.compile(r"[-_/@\\=+#(\0]|[:'’.]\w")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, and the page or other address `target` to which it leads most often.

    Each page that links with the phrase has a vote, and so has each page whose title it is; `share` is that
    of the target. `linking` are the pages that link with it, `titled` counts those that are called so,
    `spellings` are all known ones.
    """

    target: str
    share: float
    linking: frozenset[PageUri]
    titled: int
    spellings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase in a text, from `start` up to `end`."""

    phrase: str
    start: int
    end: int


def phrases(graph: LinkGraph) -> Mapping[str, Phrase]:
    """All phrases of a site by their folded form; the texts of links to other sites are among them."""
    uses: dict[str, set[_Use]] = {}
    for use in _uses(graph):
        folded = _folded(use.spelling)
        if _is_phrase(folded):
            uses.setdefault(folded, set()).add(use)
    return {folded: _phrase(found) for folded, found in uses.items()}


class Finder:
    """Finds phrases in running text: whole words on one line, and where several begin, the longest."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._longest: dict[str, int] = {}
        for phrase in self._known:
            units = list(token_spans(phrase))
            first = phrase[slice(*units[0])]
            self._longest[first] = max(len(units), self._longest.get(first, 0))

    def find(self, text: str) -> Iterator[Mention]:
        """The mentions in their order, none within another."""
        units = list(token_spans(text))
        place = 0
        while place < len(units):
            mention, place = self._longest_at(text, units, place)
            if mention:
                yield mention

    def _longest_at(self, text: str, units: list[tuple[int, int]], place: int) -> tuple[Mention | None, int]:
        start = units[place][0]
        most = self._longest.get(_folded(text[slice(*units[place])]), 0)
        for last in range(min(place + most, len(units)) - 1, place - 1, -1):
            end = units[last][1]
            phrase = _folded(text[start:end])
            if phrase in self._known and _stands_alone(text, start, end):
                return Mention(phrase, start, end), last + 1
        return None, place + 1


@dataclass(frozen=True, slots=True)
class _Use:
    """A phrase as it is written once: by `source` to link to a target, or as the title of the target."""

    spelling: str
    target: str
    source: PageUri | None


def _uses(graph: LinkGraph) -> Iterator[_Use]:
    for uri, page in graph.pages.items():
        yield _Use(_spelling(page.title), uri, None)
    for link in graph.links:
        target = graph.target_page(link) or link.target
        if link.element == "a" and target != link.source:
            yield _Use(_spelling(link.text), target, link.source)


def _phrase(uses: AbstractSet[_Use]) -> Phrase:
    votes = Counter(target for target, _ in {(use.target, use.source) for use in uses})
    target, most = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    return Phrase(
        target=target,
        share=most / votes.total(),
        linking=frozenset(use.source for use in uses if use.source is not None),
        titled=sum(use.source is None for use in uses),
        spellings=frozenset(use.spelling for use in uses),
    )


def _spelling(text: str) -> str:
    """A phrase as it is written, without what stands around it."""
    return " ".join(text.split()).strip(_EDGES)


def _is_phrase(folded: str) -> bool:
    units = list(token_spans(folded))
    if not 0 < len(units) <= LONGEST_PHRASE or len(folded.encode("utf-8", "replace")) < SHORTEST_PHRASE:
        return False
    # A phrase that begins or ends with a sign, such as `C++`, would be found in other words too.
    return (units[0][0], units[-1][1]) == (0, len(folded)) and not _MARKUP.search(folded)


def _folded(text: str) -> str:
    if "\n" in text:
        return ""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return not (_GOES_ON_BEFORE.search(before) or _GOES_ON_AFTER.match(after))

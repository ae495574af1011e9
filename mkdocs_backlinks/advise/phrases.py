"""Phrases by which a site's own links and titles name its pages, and their mentions in a text."""

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
class PhraseMention:
    """A phrase in a text, from `start` up to `end`."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """Phrases of a site, where its pages mention them, and how many pages do so without linking with them."""

    phrases: Mapping[str, Phrase]
    mentions: Mapping[PageUri, tuple[PhraseMention, ...]]
    unlinked: Mapping[str, int]

    @classmethod
    def of(cls, graph: LinkGraph, texts: Mapping[PageUri, str]) -> PhraseUse:
        known = _phrases(graph)
        finder = _PhraseFinder(known)
        mentions = {uri: _first_of_each_phrase(finder.find(text)) for uri, text in texts.items()}
        unlinked = Counter(
            mention.phrase
            for uri, of_page in mentions.items()
            for mention in of_page
            if uri not in known[mention.phrase].linking
        )
        return cls(known, mentions, unlinked)

    def probability(self, name: str, target: PageUri) -> float:
        """Return the linked share of a phrase; that the target itself uses it does not count."""
        phrase = self.phrases[name]
        is_own = target not in phrase.linking and any(
            mention.phrase == name for mention in self.mentions.get(target, ())
        )
        # Mentions on pages without a source are not known, so what they link does not count either.
        linked = len(phrase.linking & self.mentions.keys()) + phrase.titled
        return linked / (linked + self.unlinked[name] - is_own)


def _phrases(graph: LinkGraph) -> Mapping[str, Phrase]:
    """Return all phrases of a site by their folded form; the texts of links to other sites are among them."""
    uses: dict[str, set[_Use]] = {}
    for use in _uses(graph):
        folded = _folded(use.spelling)
        if _is_phrase(folded):
            uses.setdefault(folded, set()).add(use)
    return {folded: _phrase(of_phrase) for folded, of_phrase in uses.items()}


class _PhraseFinder:
    """Finds phrases in running text: whole words on one line, and where several begin, the longest."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._longest: dict[str, int] = {}
        for phrase in self._known:
            spans = list(token_spans(phrase))
            first = phrase[slice(*spans[0])]
            self._longest[first] = max(len(spans), self._longest.get(first, 0))

    def find(self, text: str) -> Iterator[PhraseMention]:
        """Yield the mentions in their order, none within another."""
        spans = list(token_spans(text))
        index = 0
        while index < len(spans):
            mention, index = self._longest_at(text, spans, index)
            if mention:
                yield mention

    def _longest_at(
        self, text: str, spans: list[tuple[int, int]], index: int
    ) -> tuple[PhraseMention | None, int]:
        """Return the longest phrase that begins with a unit, and the index of the unit to go on with."""
        start = spans[index][0]
        most = self._longest.get(_folded(text[slice(*spans[index])]), 0)
        for last in range(min(index + most, len(spans)) - 1, index - 1, -1):
            end = spans[last][1]
            phrase = _folded(text[start:end])
            if phrase in self._known and _stands_alone(text, start, end):
                return PhraseMention(phrase, start, end), last + 1
        return None, index + 1


def _first_of_each_phrase(mentions: Iterable[PhraseMention]) -> tuple[PhraseMention, ...]:
    first: dict[str, PhraseMention] = {}
    for mention in mentions:
        first.setdefault(mention.phrase, mention)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Use:
    """A use of a phrase as written: by `source` to link to a target, or as the title of the target."""

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
    """Return a phrase as written, without the punctuation around it."""
    return " ".join(text.split()).strip(_EDGES)


def _is_phrase(folded: str) -> bool:
    spans = list(token_spans(folded))
    if not 0 < len(spans) <= LONGEST_PHRASE or len(folded.encode("utf-8", "replace")) < SHORTEST_PHRASE:
        return False
    # A phrase that begins or ends with a sign, such as `C++`, would be found in other words too.
    return (spans[0][0], spans[-1][1]) == (0, len(folded)) and not _MARKUP.search(folded)


def _folded(text: str) -> str:
    if "\n" in text:
        return ""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return not (_GOES_ON_BEFORE.search(before) or _GOES_ON_AFTER.match(after))

"""Mentions of pages that should be links: the surest first, and first of all towards weakly linked pages."""

from __future__ import annotations

import math
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_backlinks import urls
from mkdocs_backlinks.advise.phrases import Finder, Mention, phrases
from mkdocs_backlinks.advise.prose import BLANK, Prose, prose
from mkdocs_backlinks.advise.sources import PageText
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.excerpt import REACH, first_sentence
from mkdocs_backlinks.index.html.styled_text import collapse_whitespace
from mkdocs_backlinks.index.markdown.syntax import Lines
from mkdocs_backlinks.model import Excerpt, PageUri, SourceLocation
from mkdocs_backlinks.words import is_running, token_spans

LEAST_PROBABILITY = 0.3
"""Of the pages that use a phrase this share must link with it; the page of that title counts as one."""

LEAST_CONFIDENCE = 0.35
"""What a suggestion is worth at least, unless the author asks for more of them."""

LEAST_SHARE = 0.5
"""Of the votes of a phrase more than this share must be for one page."""

UNSURE = 0.7
"""What each word of a phrase, and each page that both pages know, leaves of the doubt that it is meant."""

OTHER_SPELLING = 0.7
"""What a mention is worth that is written as no link and no title is, such as in small letters."""

ALONE = 2
"""A mention that has its line for itself is as good as one with so many words more."""

MOST_SHARED = 2.0

_BLOCK_END = re.compile(r"\n[ \t]*\n|\n[ \t>]*(?:\||(?:[-*+]|\d+[.)]|#{1,6})[ \t])")
_LINE_MARKS = " \t>*-+_.:|0123456789)" + BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A mention that should be a link: where it stands, its `text`, and the Markdown to write instead.

    `sentence` is the Markdown around it, cut at the mention. `probability` is the linked share of the pages
    that use the phrase, `confidence` how sure it is that this one should be a link, both in 0…1.
    `linked_from` counts the pages that link to the target today.
    """

    page: PageUri
    target: PageUri
    title: str
    place: SourceLocation
    text: str
    replacement: str
    sentence: Excerpt
    probability: float
    confidence: float
    linked_from: int

    @property
    def worth(self) -> float:
        """The more, the surer it is and the fewer pages link to the target; what the order is by."""
        return self.confidence * (1 + 1 / (1 + self.linked_from))


def suggest(
    graph: LinkGraph,
    sources: Mapping[PageUri, PageText],
    *,
    per_page: int = 1,
    least_confidence: float = LEAST_CONFIDENCE,
) -> tuple[Suggestion, ...]:
    """The best `per_page` suggestions of each page, the most worthwhile first."""
    site = _Site(graph, sources)
    found = []
    for uri in site.proses:
        certain = (one for one in site.suggestions(uri) if one.confidence >= least_confidence)
        found += _of_each_target(sorted(certain, key=_order))[:per_page]
    return tuple(sorted(found, key=_order))


def _of_each_target(ordered: Iterable[Suggestion]) -> list[Suggestion]:
    """The first suggestion for each target."""
    first: dict[PageUri, Suggestion] = {}
    for one in ordered:
        first.setdefault(one.target, one)
    return [*first.values()]


def _order(one: Suggestion) -> tuple[float, PageUri, int, int]:
    return -one.worth, one.page, one.place.line or 0, one.place.column or 0


class _Site:
    """All that is asked of a site for one run: phrases, their use, and who links to whom."""

    def __init__(self, graph: LinkGraph, sources: Mapping[PageUri, PageText]) -> None:
        self._graph = graph
        self._sources = sources
        self._phrases = phrases(graph)
        finder = Finder(self._phrases)
        self.proses = {uri: prose(source.text) for uri, source in sources.items()}
        self._mentions = {uri: _firsts(finder.find(text.text)) for uri, text in self.proses.items()}
        self._unlinked = Counter(
            one.phrase
            for uri, mentions in self._mentions.items()
            for one in mentions
            if uri not in self._phrases[one.phrase].linking
        )
        self._linked = {uri: _linked(graph, uri, self.proses.get(uri)) for uri in graph.pages}
        self._linking = Counter(target for targets in self._linked.values() for target in targets)
        self._neighbours = _both_ways(self._linked)

    def suggestions(self, uri: PageUri) -> Iterator[Suggestion]:
        """All mentions on a page that may be links."""
        lines = Lines(self._sources[uri].text)
        met = {uri, *self._linked[uri]}
        for mention in self._mentions[uri]:
            phrase = self._phrases[mention.phrase]
            target, share = phrase.target, phrase.share
            if target in met or not self._may_be_linked(target) or share <= LEAST_SHARE:
                continue
            probability = self._probability(mention.phrase, PageUri(target))
            if probability >= LEAST_PROBABILITY:
                yield self._suggestion(uri, PageUri(target), mention, lines, (probability, share))

    def _may_be_linked(self, target: str) -> bool:
        """Whether the target is a page with a source to link to; some have only an address."""
        return target in self._graph.pages and target.isprintable() and bool(posixpath.splitext(target)[1])

    def _probability(self, name: str, target: PageUri) -> float:
        """The linked share of a phrase; that the target itself uses it does not count."""
        phrase = self._phrases[name]
        own = target not in phrase.linking and any(
            one.phrase == name for one in self._mentions.get(target, ())
        )
        # What is said on pages without a source is not known, so what they link does not count either.
        linked = len(phrase.linking & self._sources.keys()) + phrase.titled
        return linked / (linked + self._unlinked[name] - own)

    def _suggestion(
        self, uri: PageUri, target: PageUri, mention: Mention, lines: Lines, shares: tuple[float, float]
    ) -> Suggestion:
        source = self._sources[uri]
        text = source.text[mention.start : mention.end]
        return Suggestion(
            page=uri,
            target=target,
            title=self._graph.pages[target].title,
            place=SourceLocation(source.file, *lines.place(mention.start)),
            text=text,
            replacement=f"[{text}]({_href(uri, target)})",
            sentence=_sentence(source.text, mention),
            probability=round(shares[0], 3),
            confidence=round(math.prod(shares) * self._likeliness(uri, target, mention), 3),
            linked_from=self._linking[target],
        )

    def _likeliness(self, uri: PageUri, target: PageUri, mention: Mention) -> float:
        """How much speaks for the mention meaning the page, apart from how often it does elsewhere."""
        text = self._sources[uri].text[mention.start : mention.end]
        known = " ".join(text.split()) in self._phrases[mention.phrase].spellings
        shared = self._neighbours[uri] & self._neighbours[target]
        common = sum(1 / math.log(1 + len(self._neighbours[one])) for one in shared)
        alone = ALONE if _has_own_line(self.proses[uri].text, mention) else 0
        evidence = _words(text) + alone + min(MOST_SHARED, common)
        likely = 1 - math.pow(UNSURE, evidence)
        return likely if known else likely * OTHER_SPELLING


def _firsts(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The first mention of each phrase."""
    return tuple({one.phrase: one for one in reversed(list(mentions))}.values())[::-1]


def _linked(graph: LinkGraph, uri: PageUri, text: Prose | None) -> frozenset[PageUri]:
    """The pages that a page links to, in the index or in its source, which may be newer."""
    written = (_page_at(uri, href) for href in (text.hrefs if text else ()))
    known = (page for page in written if page in graph.pages)
    return graph.successors_via_redirects[uri].union(page for page in known if page != uri)


def _page_at(uri: PageUri, href: str) -> PageUri:
    path = unquote(href.partition("#")[0].partition("?")[0])
    return PageUri(posixpath.normpath(posixpath.join(posixpath.dirname(uri), path)) if path else uri)


def _both_ways(linked: Mapping[PageUri, Iterable[PageUri]]) -> Mapping[PageUri, set[PageUri]]:
    neighbours: dict[PageUri, set[PageUri]] = {uri: set() for uri in linked}
    for source, targets in linked.items():
        for target in targets:
            neighbours[source].add(target)
            neighbours[target].add(source)
    return neighbours


def _href(uri: PageUri, target: PageUri) -> str:
    way = posixpath.relpath(target, posixpath.dirname(uri) or ".")
    return urls.encode_path(way).replace("(", "%28").replace(")", "%29").replace(":", "%3A")


def _words(text: str) -> float:
    """The words of a phrase; where words run on, two characters are about one."""
    units = [text[slice(*span)] for span in token_spans(text)]
    return sum(0.5 if is_running(unit) else 1 for unit in units)


def _has_own_line(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - REACH) : mention.start].rpartition("\n")[2]
    after = text[mention.end : mention.end + REACH].partition("\n")[0]
    return not (before + after).strip(_LINE_MARKS)


def _sentence(source: str, mention: Mention) -> Excerpt:
    """The sentence around a mention, in Markdown, cut at the mention."""
    window = max(0, mention.start - REACH)
    starts = [found.end() for found in _BLOCK_END.finditer(source, window, mention.start)]
    begin = starts[-1] if starts else window
    stop = _BLOCK_END.search(source, mention.end, mention.end + REACH)
    end = stop.start() if stop else mention.end + REACH
    while (length := len(first_sentence(source[begin:end]))) and begin + length <= mention.start:
        begin += length
    end = min(end, begin + max(length, mention.end - begin))
    parts = source[begin : mention.start], source[mention.start : mention.end], source[mention.end : end]
    before, text, after = map(collapse_whitespace, parts)
    return Excerpt(before.lstrip(), text, after.rstrip())

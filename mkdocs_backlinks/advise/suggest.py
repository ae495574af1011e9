"""Suggestions of links: mentions of pages, the surest first, and first of all towards weakly linked pages."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_backlinks import urls
from mkdocs_backlinks.advise.markdown_files import PageMarkdown
from mkdocs_backlinks.advise.phrases import PhraseMention, PhraseUse
from mkdocs_backlinks.advise.prose import BLANK, Prose, prose
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.excerpt import REACH, first_sentence
from mkdocs_backlinks.index.html.styled_text import collapse_whitespace
from mkdocs_backlinks.index.markdown.syntax import Lines
from mkdocs_backlinks.model import Excerpt, PageUri, SourceLocation
from mkdocs_backlinks.words import is_running, token_spans

LEAST_PROBABILITY = 0.3
"""Least share of the pages that use a phrase to link with it; the page of that title counts as linking."""

LEAST_CONFIDENCE = 0.35
"""Least confidence of a suggestion, unless the author asks for more of them."""

LEAST_SHARE = 0.5
"""More than this share of the votes of a phrase must be for one page."""

UNSURE = 0.7
"""Factor by which each word of a phrase, and each neighbour of both pages, lessens the doubt."""

OTHER_SPELLING = 0.7
"""Factor for a mention that is spelled as no link and no title is, such as in small letters."""

ALONE = 2
"""Words that a mention on a line of its own counts more."""

MOST_SHARED = 2.0

_BLOCK_END = re.compile(r"\n[ \t]*\n|\n[ \t>]*(?:\||(?:[-*+]|\d+[.)]|#{1,6})[ \t])")
_LINE_MARKS = " \t>*-+_.:|0123456789)" + BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A mention that should be a link: its `location` and `text`, and the Markdown to write instead.

    `sentence` is the Markdown around it, cut at the mention. `probability` is the linked share of the pages
    that use the phrase, `confidence` how sure it is that this one should be a link, both in 0…1.
    `linked_from` counts the pages that link to the target today.
    """

    page: PageUri
    target: PageUri
    title: str
    location: SourceLocation
    text: str
    replacement: str
    sentence: Excerpt
    probability: float
    confidence: float
    linked_from: int

    @property
    def worth(self) -> float:
        """Worth by which suggestions are sorted: higher if surer, and if fewer pages link to the target."""
        return self.confidence * (1 + 1 / (1 + self.linked_from))


def suggest(
    graph: LinkGraph,
    sources: Mapping[PageUri, PageMarkdown],
    *,
    per_page: int = 1,
    least_confidence: float = LEAST_CONFIDENCE,
) -> tuple[Suggestion, ...]:
    """Return the best `per_page` suggestions of each page, the most worthwhile first."""
    suggester = _Suggester.of(graph, sources)
    suggestions = []
    for uri in sources:
        of_page = suggester.suggestions(uri)
        certain = (suggestion for suggestion in of_page if suggestion.confidence >= least_confidence)
        suggestions += _first_of_each_target(sorted(certain, key=_order))[:per_page]
    return tuple(sorted(suggestions, key=_order))


def _first_of_each_target(ordered: Iterable[Suggestion]) -> list[Suggestion]:
    first: dict[PageUri, Suggestion] = {}
    for suggestion in ordered:
        first.setdefault(suggestion.target, suggestion)
    return [*first.values()]


def _order(suggestion: Suggestion) -> tuple[float, PageUri, int, int]:
    location = suggestion.location
    return -suggestion.worth, suggestion.page, location.line or 0, location.column or 0


@dataclass(frozen=True, slots=True)
class _Suggester:
    """Pages with their sources and running texts, the phrases in these, and the links between pages.

    `successors` and `predecessors` count the links of a source as well, which may be newer than the index.
    """

    graph: LinkGraph
    sources: Mapping[PageUri, PageMarkdown]
    proses: Mapping[PageUri, Prose]
    use: PhraseUse
    successors: Mapping[PageUri, frozenset[PageUri]]
    predecessors: Mapping[PageUri, AbstractSet[PageUri]]

    @classmethod
    def of(cls, graph: LinkGraph, sources: Mapping[PageUri, PageMarkdown]) -> _Suggester:
        proses = {uri: prose(source.text) for uri, source in sources.items()}
        successors = {uri: _successors(graph, uri, proses.get(uri)) for uri in graph.pages}
        predecessors: dict[PageUri, set[PageUri]] = {uri: set() for uri in graph.pages}
        for source, targets in successors.items():
            for target in targets:
                predecessors[target].add(source)
        return cls(
            graph,
            sources,
            proses,
            PhraseUse.of(graph, {uri: text.text for uri, text in proses.items()}),
            successors,
            predecessors,
        )

    def suggestions(self, uri: PageUri) -> Iterator[Suggestion]:
        """Yield a suggestion for each mention on a page that may be a link."""
        lines = Lines(self.sources[uri].text)
        for mention in self.use.mentions[uri]:
            phrase = self.use.phrases[mention.phrase]
            target = PageUri(phrase.target)
            if target == uri or target in self.successors[uri] or phrase.share <= LEAST_SHARE:
                continue
            if not self._may_be_linked(target):
                continue
            probability = self.use.probability(mention.phrase, target)
            if probability >= LEAST_PROBABILITY:
                yield self._suggestion(uri, target, mention, lines, (probability, phrase.share))

    def _may_be_linked(self, target: PageUri) -> bool:
        """True if the target is a page with a source to link to; some have only an address."""
        return target in self.graph.pages and target.isprintable() and bool(posixpath.splitext(target)[1])

    def _suggestion(
        self,
        uri: PageUri,
        target: PageUri,
        mention: PhraseMention,
        lines: Lines,
        shares: tuple[float, float],
    ) -> Suggestion:
        source = self.sources[uri]
        text = source.text[mention.start : mention.end]
        return Suggestion(
            page=uri,
            target=target,
            title=self.graph.pages[target].title,
            location=SourceLocation(source.file, *lines.place(mention.start)),
            text=text,
            replacement=f"[{text}]({_href(uri, target)})",
            sentence=_sentence(source.text, mention),
            probability=round(shares[0], 3),
            confidence=round(math.prod(shares) * self._likelihood(uri, target, mention), 3),
            linked_from=len(self.predecessors[target]),
        )

    def _likelihood(self, uri: PageUri, target: PageUri, mention: PhraseMention) -> float:
        """Return how much speaks for the mention meaning the page, whatever it means on other pages."""
        text = self.sources[uri].text[mention.start : mention.end]
        known = " ".join(text.split()) in self.use.phrases[mention.phrase].spellings
        shared = self._neighbours(uri) & self._neighbours(target)
        common = math.fsum(1 / math.log(1 + len(self._neighbours(page))) for page in shared)
        alone = ALONE if _has_own_line(self.proses[uri].text, mention) else 0
        evidence = _words(text) + alone + min(MOST_SHARED, common)
        likely = 1 - math.pow(UNSURE, evidence)
        return likely if known else likely * OTHER_SPELLING

    def _neighbours(self, uri: PageUri) -> frozenset[PageUri]:
        return self.successors[uri] | self.predecessors[uri]


def _successors(graph: LinkGraph, uri: PageUri, text: Prose | None) -> frozenset[PageUri]:
    """Return the pages that a page links to, in the index or in its source, which may be newer."""
    written = (_page_at(uri, href) for href in (text.hrefs if text else ()))
    known = (page for page in written if page in graph.pages)
    return graph.successors_via_redirects[uri].union(page for page in known if page != uri)


def _page_at(uri: PageUri, href: str) -> PageUri:
    path = unquote(href.partition("#")[0].partition("?")[0])
    return PageUri(posixpath.normpath(posixpath.join(posixpath.dirname(uri), path)) if path else uri)


def _href(uri: PageUri, target: PageUri) -> str:
    path = posixpath.relpath(target, posixpath.dirname(uri) or ".")
    return urls.encode_path(path).replace("(", "%28").replace(")", "%29").replace(":", "%3A")


def _words(text: str) -> float:
    """Count the words of a phrase; where words run on, two characters are about one."""
    units = [text[slice(*span)] for span in token_spans(text)]
    return sum(0.5 if is_running(unit) else 1 for unit in units)


def _has_own_line(text: str, mention: PhraseMention) -> bool:
    before = text[max(0, mention.start - REACH) : mention.start].rpartition("\n")[2]
    after = text[mention.end : mention.end + REACH].partition("\n")[0]
    return not (before + after).strip(_LINE_MARKS)


def _sentence(source: str, mention: PhraseMention) -> Excerpt:
    """Return the sentence around a mention, in Markdown, cut at the mention."""
    window = max(0, mention.start - REACH)
    starts = [match.end() for match in _BLOCK_END.finditer(source, window, mention.start)]
    begin = starts[-1] if starts else window
    stop = _BLOCK_END.search(source, mention.end, mention.end + REACH)
    end = stop.start() if stop else mention.end + REACH
    while (length := len(first_sentence(source[begin:end]))) and begin + length <= mention.start:
        begin += length
    end = min(end, begin + max(length, mention.end - begin))
    parts = source[begin : mention.start], source[mention.start : mention.end], source[mention.end : end]
    before, text, after = map(collapse_whitespace, parts)
    return Excerpt(before.lstrip(), text, after.rstrip())

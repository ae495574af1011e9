"""One page: what its content holds, and where each of its links leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_backlinks.index.build_input import PageSource
from mkdocs_backlinks.index.html.page_content import Context, PageContent, RawLink, read
from mkdocs_backlinks.index.site_addresses import LinkTarget
from mkdocs_backlinks.index.source_reader import SourceReader
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT, parse
from mkdocs_backlinks.model import Excerpt, IgnoreMark, Link, Page, PageUri, SourceLink, Url

_NO_WORDS = Excerpt()


@dataclass(frozen=True, slots=True)
class Scope:
    """What is wanted of the words around links: how many, and whether at links that lead to no page, where
    no section shows them.
    """

    context: Context = "sentence"
    all_excerpts: bool = True


EVERYTHING = Scope()

_Resolved = tuple[RawLink, LinkTarget]


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page with its links, whose addresses count from `base`."""

    source: PageSource
    page: Page
    links: tuple[Link, ...]
    base: Url

    def shows(self, source: PageSource) -> bool:
        """True if a reader could not tell the page from that of another source."""
        known = self.source
        return (known.page, known.file, known.html) == (source.page, source.file, source.html)

    def at(self, source: PageSource) -> IndexedPage:
        """Return the page with another source, in which its links may stand elsewhere."""
        return replace(self, source=source)

    def source_reader(self, reader: SourceReader) -> Callable[[], Sequence[SourceLink]]:
        """Return a function that reads the page's source links, and keeps no more of the page than that."""
        return partial(reader.read, replace(self.source, html=""), self.base, self.page.headings, self.links)


def index_page(
    source: PageSource, reader: SourceReader, scope: Scope, content: PageContent | None = None
) -> IndexedPage:
    """Read the page's content, unless it has been read, and resolve its links, the order of the page kept."""
    content = content or read(source.html, scope.context)
    base = reader.site.base(source.page.url, content.base)
    found = _resolved(source, content, base, reader)
    # All of one kind together: what resolves an address and what finds its words hardly fit a cache at once.
    words = [_words(raw, destination, scope) for raw, destination in found]
    links = tuple(
        _link(source.page.uri, resolved, excerpt, number)
        for number, (resolved, excerpt) in enumerate(zip(found, words, strict=True))
    )
    return IndexedPage(source, _with_content(source, content, _loose(content, links)), links, base)


def _resolved(source: PageSource, content: PageContent, base: Url, reader: SourceReader) -> list[_Resolved]:
    """The links that lead to a document, or would like to."""
    found = []
    for raw in content.links:
        if raw.element == WIKILINK_ELEMENT:
            destination = _unresolved(raw, reader, source.page.uri)
        else:
            destination = reader.site.resolve(raw.href, base, raw.element)
        if destination is not None:
            found.append((raw, destination))
    return found


def _words(raw: RawLink, destination: LinkTarget, scope: Scope) -> Excerpt:
    return raw.excerpt if scope.all_excerpts or destination.kind == "page" else _NO_WORDS


def _unresolved(raw: RawLink, reader: SourceReader, page: PageUri) -> LinkTarget | None:
    """The destination of what is only a name: itself."""
    if reader.names is None or parse(raw.href) is None:
        return None
    return LinkTarget("wikilink", raw.href, candidates=reader.names.candidates(raw.href, page))


def _link(source: PageUri, resolved: _Resolved, excerpt: Excerpt, number: int) -> Link:
    raw, destination = resolved
    return Link(
        source=source,
        kind=destination.kind,
        href=raw.href,
        target=destination.target,
        fragment=destination.fragment,
        text=raw.text,
        element=raw.element,
        rel=raw.rel,
        heading=raw.heading,
        excerpt=excerpt,
        candidates=destination.candidates,
        marks=raw.marks,
        section=raw.section,
        number=number,
    )


def _loose(content: PageContent, made: Iterable[Link]) -> tuple[IgnoreMark, ...]:
    """The marks that stand at no link, or at what turned out to lead to no document."""
    placed = {mark.number for link in made for mark in link.marks}
    at_links = (mark for link in content.links for mark in link.marks)
    return (*content.marks, *dict.fromkeys(mark for mark in at_links if mark.number not in placed))


def _with_content(source: PageSource, content: PageContent, marks: tuple[IgnoreMark, ...]) -> Page:
    return replace(
        source.page,
        text=content.text,
        headings=content.headings,
        anchors=content.anchors,
        file=source.file,
        repeated=content.repeated,
        lead=content.lead,
        marks=marks,
    )

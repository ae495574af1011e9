"""Where the links of a page are written is found when somebody asks: most builds show only a few places."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_backlinks.index.locate import Found, Resolve, Shown, WikilinkReader, locate, source_resolver
from mkdocs_backlinks.index.markdown.inclusion import Assembled, Source, assemble, moved
from mkdocs_backlinks.index.markdown.scan import Written
from mkdocs_backlinks.index.site import Destination, Site
from mkdocs_backlinks.index.sources import PageSource
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.model import Heading, Link, Origin, Place, Url

Find = Callable[[], Sequence[Origin]]


class SoughtOrigins:
    """The origins of a page's links, all found at the first question."""

    __slots__ = ("_find", "_found")

    def __init__(self, find: Find) -> None:
        self._find = find
        self._found: Sequence[Origin] | None = None

    def __getitem__(self, number: int, /) -> Origin:
        if self._found is None:
            self._found = self._find()
        return self._found[number]


@dataclass(frozen=True, slots=True)
class SourceReader:
    """How the sources of a site are read; `known` has each source path with where it is served."""

    site: Site
    known: Mapping[str, Destination]
    names: WikiNames | None

    def origins(
        self,
        page: PageSource,
        base: Url,
        headings: Sequence[Heading],
        links: Sequence[Link],
        sections: Sequence[int],
    ) -> Sequence[Origin]:
        """Where each of the page's links is written.

        Addresses count from `base`, and `sections` counts the headings above each link.
        """
        uri = page.page.uri
        others = source_resolver(uri, self.known, partial(self.site.resolve, page=base))
        reader = WikilinkReader(uri, self.known, self.names, others) if self.names else None
        resolve = reader.resolve if reader else others
        own = Source(page.markdown() or "", posixpath.join(page.inclusions.docs, uri), page.file)
        text = assemble(own, page.inclusions)
        places = locate(
            text.text,
            [_shown(link, section) for link, section in zip(links, sections, strict=True)],
            _MovedAddresses(text, own, resolve).resolve if text.has_moved else resolve,
            [heading.text for heading in headings],
            reader.shown if reader else None,
        )
        return [_origin(places.get(number), text, page) for number in range(len(links))]


@dataclass(frozen=True, slots=True)
class _MovedAddresses:
    """Reads addresses as plugins do that rewrite those of a file for the page which takes it in."""

    text: Assembled
    page: Source
    others: Resolve

    def resolve(self, written: Written) -> Destination | None:
        source = self.text.source(written.offset)
        if source.moved and written.href:
            href = moved(written.href, source.path, self.page.path)
            return self.others(replace(written, href=href))
        return self.others(written)


def _shown(link: Link, section: int) -> Shown:
    return Shown(link.element, link.text, Destination(link.kind, link.target, link.fragment), section)


def _origin(found: Found | None, text: Assembled, page: PageSource) -> Origin:
    if found is None:
        return Origin(Place(page.file))
    source, line, column = text.place(found.offset)
    return Origin(
        # A line of a text that is in no file of the site helps nobody.
        place=Place(source.file, line, column) if source.file else Place(page.file),
        href=found.href,
        bare=not found.opening.lower().startswith(("[", "<a")),
        raw=found.raw,
        base=posixpath.relpath(source.path, page.inclusions.docs) if source.moved else None,
    )

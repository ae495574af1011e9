"""Where the links of a page are written is found when somebody asks: most builds show only a few places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from mkdocs_backlinks.index.locate import Found, Shown, WikilinkReader, locate, source_resolver
from mkdocs_backlinks.index.site import Destination, Site
from mkdocs_backlinks.index.sources import PageSource
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.model import Heading, Link, Origin, Place

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

    def seek_by(self, find: Find) -> None:
        """Forget what was found: the source may have changed although the page has not."""
        self._find = find
        self._found = None


@dataclass(frozen=True, slots=True)
class SourceReader:
    """How the sources of a site are read; `known` has each source path with where it is served."""

    site: Site
    known: Mapping[str, Destination]
    names: WikiNames | None

    def origins(
        self, page: PageSource, headings: Sequence[Heading], links: Sequence[Link], sections: Sequence[int]
    ) -> Sequence[Origin]:
        """Where each of the page's links is written; `sections` counts the headings above each."""
        uri, base = page.page.uri, self.site.absolute(page.page.url)
        others = source_resolver(uri, self.known, partial(self.site.resolve, page=base))
        reader = WikilinkReader(uri, self.known, self.names, others) if self.names else None
        places = locate(
            page.markdown() or "",
            [_shown(link, section) for link, section in zip(links, sections, strict=True)],
            reader.resolve if reader else others,
            [heading.text for heading in headings],
            reader.shown if reader else None,
        )
        return [_origin(places.get(number), page.file) for number in range(len(links))]


def _shown(link: Link, section: int) -> Shown:
    return Shown(link.element, link.text, Destination(link.kind, link.target, link.fragment), section)


def _origin(found: Found | None, file: str | None) -> Origin:
    if found is None:
        return Origin(Place(file))
    # A line of a text that is in no file helps nobody.
    place = Place(file, found.line, found.column) if file else Place()
    return Origin(place, found.href, bare=not found.opening.lower().startswith(("[", "<a")))

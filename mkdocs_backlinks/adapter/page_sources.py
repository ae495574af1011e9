"""Turn MkDocs' pages into plain values for the index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks.adapter.front_matter import FrontMatter
from mkdocs_backlinks.adapter.page_selection import PageSelection
from mkdocs_backlinks.adapter.snippets import inclusions_of
from mkdocs_backlinks.adapter.source_files import SourceFolders, file_text
from mkdocs_backlinks.index import PageSource, plain_text
from mkdocs_backlinks.index.markdown.inclusion import Inclusions
from mkdocs_backlinks.model import Page, PageUri

log = get_plugin_logger("backlinks")

_NAMES_IN_LOG = 5


class NavPosition(NamedTuple):
    """The position of a page in the navigation: the titles above it, and its depth; None is nowhere."""

    above: tuple[str, ...]
    depth: int | None


def page_sources(
    documents: Iterable[File],
    nav: Navigation | None,
    config: MkDocsConfig,
    selection: PageSelection,
    previous: Mapping[str, PageSource],
) -> list[PageSource]:
    """Return every page that takes part, in the order of the navigation and then of the paths.

    A dirty build leaves out pages that have not changed; those are taken from `previous`, by their URLs.
    """
    positions = _nav_positions(nav)
    order = {uri: number for number, uri in enumerate(positions)}
    pages = [file.page for file in documents if file.page is not None and file.src_uri in selection]
    pages.sort(key=lambda page: (order.get(page.file.src_uri, len(order)), page.file.src_uri))
    known = {page.file.src_uri: previous.get(page.url) for page in pages if page.content is None}
    _log_unread([uri for uri, source in known.items() if source is None])
    builder = _SourceBuilder(
        SourceFolders.of(config),
        inclusions_of(config),
        theme_language(config),
        frozenset(page.file.src_uri for page in pages),
    )
    return [
        known.get(page.file.src_uri)
        or builder.source(page, positions.get(page.file.src_uri) or _outside(page))
        for page in pages
    ]


def theme_language(config: MkDocsConfig) -> str:
    """Return the language of the theme, such as `pt-BR`."""
    return str(config.theme.get("language", config.theme.locale)).replace("_", "-")


@dataclass(frozen=True, slots=True)
class _SourceBuilder:
    """The values that the sources of all pages share; `uris` are the source paths of the pages."""

    folders: SourceFolders
    inclusions: Inclusions
    language: str
    uris: Collection[str]

    def source(self, page: MkDocsPage, position: NavPosition) -> PageSource:
        """Return the page as MkDocs has it now."""
        file = self.folders.source(page.file)
        return PageSource(
            page=self._page(page, position),
            html=page.content or "",
            markdown=file.read if file else partial(file_text, page.file),
            file=file.file if file else None,
            inclusions=self.inclusions,
        )

    def _page(self, page: MkDocsPage, position: NavPosition) -> Page:
        uri = page.file.src_uri
        front_matter = FrontMatter.of(page.meta or {}, uri, self.uris)
        return Page(
            uri=PageUri(uri),
            url=page.url,
            title=plain_text(str(page.title or "")) or uri,
            depth=position.depth,
            section=position.above,
            hidden=front_matter.hidden,
            pinned=front_matter.pinned,
            unrelated=front_matter.unrelated,
            language=self._language(page.file),
            left_out=page.file.inclusion.is_not_in_nav(),
            # The pages of Material's blog that list posts.
            listing=hasattr(page, "posts"),
            tags=front_matter.tags,
        )

    def _language(self, file: File) -> str:
        """Return the language of a page, which mkdocs-static-i18n may show on a site of another."""
        own = getattr(file, "locale", None)
        return str(own).replace("_", "-") if own else self.language


def _log_unread(uris: Sequence[str]) -> None:
    if uris:
        named = ", ".join(uris[:_NAMES_IN_LOG]) + (", …" if len(uris) > _NAMES_IN_LOG else "")
        log.info(f"Without content in this build, so that their links are not known: {len(uris)} ({named}).")


def _nav_positions(nav: Navigation | None) -> Mapping[str, NavPosition]:
    """Return the position of each page of the navigation by source path, in its order."""
    positions: dict[str, NavPosition] = {}
    if nav is not None:
        for page, above in _walk(nav.items, ()):
            is_home = page.is_homepage or page is nav.homepage
            positions.setdefault(page.file.src_uri, NavPosition(above, 0 if is_home else 1 + len(above)))
    return positions


def _walk(
    items: Iterable[StructureItem], above: tuple[str, ...]
) -> Iterator[tuple[MkDocsPage, tuple[str, ...]]]:
    """Yield the pages below the items, each with the titles above it.

    Plugins make items that are a page and a section at once.
    """
    for item in items:
        if isinstance(item, MkDocsPage):
            yield item, above
        if children := getattr(item, "children", None):
            yield from _walk(children, (*above, _title(item)))


def _outside(page: MkDocsPage) -> NavPosition:
    """Return the position of a page outside the navigation; a plugin may have set what it stands below."""
    return NavPosition(tuple(map(_title, page.ancestors))[::-1], None)


def _title(item: StructureItem) -> str:
    return plain_text(str(item.title))

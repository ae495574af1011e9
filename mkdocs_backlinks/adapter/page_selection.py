"""Which pages take part, in which order, and what MkDocs knows of each, as plain values for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename
from typing import Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks.adapter.page_sources import Memory, PageSources, Spot
from mkdocs_backlinks.index import PageSource, plain_text

log = get_plugin_logger("backlinks")

_NAMED = 5


class Matcher(Protocol):
    """What `exclude` was read into."""

    def __len__(self) -> int: ...

    def match_file(self, file: str) -> object: ...


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Which pages take part: all but those that the author excludes, that are read as a navigation, or that
    the plugin itself has `generated`.
    """

    exclude: Matcher
    nav_file: str | None
    generated: str | None = None

    @classmethod
    def of(cls, exclude: Matcher, config: MkDocsConfig) -> TakingPart:
        # Its navigation files stay pages, full of addresses that are no addresses: `guide/`, `*.md`.
        literate_nav = config.plugins.get("literate-nav")
        return cls(exclude, literate_nav.config["nav_file"] if literate_nav else None)

    @property
    def is_everything(self) -> bool:
        """Whether any page takes part, whatever it is called."""
        return not len(self.exclude) and self.nav_file is None and self.generated is None

    def __contains__(self, file: File) -> bool:
        if self.is_everything:
            return True
        is_own = file.src_uri == self.generated or basename(file.src_uri) == self.nav_file
        return not is_own and not self.exclude.match_file(file.src_uri)


def harvest(
    documents: Iterable[File],
    nav: Navigation | None,
    config: MkDocsConfig,
    taking_part: TakingPart,
    memory: Memory,
) -> list[PageSource]:
    """Every page of the `documents` that takes part, in the order of the navigation and then of the paths.

    A dirty build leaves out pages that have not changed; those are taken from `memory`.
    """
    spots = _spots(nav)
    order = {uri: place for place, uri in enumerate(spots)}
    pages = [file.page for file in documents if file.page is not None and file in taking_part]
    pages.sort(key=lambda page: (order.get(page.file.src_uri, len(order)), page.file.src_uri))
    sources = PageSources.of(config, pages, memory)
    _name_unread([page.file.src_uri for page in pages if sources.lacks(page)])
    found = [sources.source(page, spots.get(page.file.src_uri) or _outside(page)) for page in pages]
    memory.pages = sources.made
    return found


def _name_unread(uris: Sequence[str]) -> None:
    if uris:
        named = ", ".join(uris[:_NAMED]) + (", …" if len(uris) > _NAMED else "")
        log.info(f"Without content in this build, so that their links are not known: {len(uris)} ({named}).")


def _spots(nav: Navigation | None) -> Mapping[str, Spot]:
    """The spot of each page of the navigation by source path, in its order."""
    spots: dict[str, Spot] = {}
    if nav is not None:
        for page, above in _walk(nav.items, ()):
            is_home = page.is_homepage or page is nav.homepage
            spots.setdefault(page.file.src_uri, Spot(above, 0 if is_home else 1 + len(above)))
    return spots


def _walk(
    items: Iterable[StructureItem], above: tuple[str, ...]
) -> Iterator[tuple[MkDocsPage, tuple[str, ...]]]:
    """The pages below the items, each with the titles above it; plugins make some that are a page and a
    section at once.
    """
    for item in items:
        if isinstance(item, MkDocsPage):
            yield item, above
        if children := getattr(item, "children", None):
            yield from _walk(children, (*above, _title(item)))


def _outside(page: MkDocsPage) -> Spot:
    """The spot of a page that is not in the navigation, and may still be told to stand below something."""
    return Spot(tuple(map(_title, page.ancestors))[::-1], None)


def _title(item: StructureItem) -> str:
    return plain_text(str(item.title))

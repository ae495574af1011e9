"""What MkDocs knows of a page, as a plain value for the index; the same value while the page is the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from posixpath import dirname, join, normpath
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks.adapter.snippets import inclusions_of
from mkdocs_backlinks.adapter.source_files import AuthorFile, AuthorFiles
from mkdocs_backlinks.index import PageSource, plain_text
from mkdocs_backlinks.index.markdown.inclusion import Inclusions
from mkdocs_backlinks.model import Page, PageUri

log = get_plugin_logger("backlinks")

_NOT_IN_NAV = tuple(level for level in InclusionLevel if level.is_not_in_nav())


class Spot(NamedTuple):
    """Where a page stands in the navigation: the titles above it, and how deep; None is nowhere."""

    above: tuple[str, ...]
    depth: int | None


class _Wishes(NamedTuple):
    """What the front matter of a page asks for; the pages that it pins, and those that it excludes."""

    hidden: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    pinned: tuple[PageUri, ...] = ()
    unrelated: frozenset[PageUri] = frozenset()


_NONE = _Wishes()


class _Seen(NamedTuple):
    """All that a page's source is made of, but for the words of the page."""

    url: str
    title: str
    spot: Spot
    wishes: _Wishes
    language: str
    left_out: bool
    listing: bool
    file: AuthorFile | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A source with what it was made of."""

    seen: _Seen
    source: PageSource

    def renewed(self, stamp: Hashable, inclusions: Inclusions) -> _Kept:
        """The same at another time, when files may be taken in otherwise."""
        if stamp == self.source.stamp and not (inclusions.possible or self.source.inclusions.possible):
            return self
        return _Kept(self.seen, replace(self.source, stamp=stamp, inclusions=inclusions))


@dataclass(slots=True)
class Memory:
    """The sources of the build before by path. It may be used for any site, and changes no source."""

    pages: Mapping[str, _Kept] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageSources:
    """Makes the source of each page of one build; `uris` are the paths of all of them.

    `before` has those of the build before by path, `addresses` the same by address where some pages are not
    built again, `made` those of this one.
    """

    files: AuthorFiles
    inclusions: Inclusions
    language: str
    uris: AbstractSet[str]
    before: Mapping[str, _Kept]
    addresses: Mapping[str, _Kept]
    made: dict[str, _Kept]

    @classmethod
    def of(cls, config: MkDocsConfig, pages: Sequence[MkDocsPage], memory: Memory) -> PageSources:
        files, inclusions = AuthorFiles.of(config), inclusions_of(config)
        is_partial = any(page.content is None for page in pages)
        addresses = {kept.seen.url: kept for kept in memory.pages.values() if is_partial}
        uris = {page.file.src_uri for page in pages}
        return cls(files, inclusions, theme_language(config), uris, memory.pages, addresses, {})

    def lacks(self, page: MkDocsPage) -> bool:
        """Whether this build does not read the page, and no build before has."""
        return page.content is None and page.url not in self.addresses

    def source(self, page: MkDocsPage, spot: Spot) -> PageSource:
        """The page as MkDocs has it now; the very source of the build before where nothing is different."""
        known = self.addresses.get(page.url) if page.content is None else None
        made = known or self._made(page, spot)
        if page.content is not None:
            page.content = made.source.html  # which may have been there before: one text is kept once
        self.made[page.file.src_uri] = made
        return made.source

    def _made(self, page: MkDocsPage, spot: Spot) -> _Kept:
        uri = page.file.src_uri
        known = self.before.get(uri)
        seen = self._seen(page, spot, known.seen.file if known else None)
        stamp = seen.file.stamp() if seen.file else None
        if known and stamp is not None and known.seen == seen and known.source.html == page.content:
            return known.renewed(stamp, self.inclusions)
        source = PageSource(
            page=_page(uri, seen),
            html=page.content or "",
            markdown=seen.file.read if seen.file else partial(_content, page.file),
            file=seen.file.file if seen.file else None,
            inclusions=self.inclusions,
            stamp=stamp,
        )
        return _Kept(seen, source)

    def _seen(self, page: MkDocsPage, spot: Spot, known: AuthorFile | None) -> _Seen:
        file = page.file
        return _Seen(
            url=page.url,
            title=str(page.title or ""),
            spot=spot,
            wishes=self._wishes(page.meta, file.src_uri) if page.meta else _NONE,
            language=self._language(file),
            left_out=file.inclusion in _NOT_IN_NAV,
            # The pages of Material's blog that list posts.
            listing=hasattr(page, "posts"),
            file=self.files.source(file, known),
        )

    def _wishes(self, meta: Mapping[str, object], page: str) -> _Wishes:
        related = meta.get("related")
        chosen = related if isinstance(related, dict) else {}
        return _Wishes(
            hidden=frozenset(texts(meta.get("hide"))),
            tags=_tags(meta),
            pinned=tuple(self._uris(chosen.get("pin"), page)),
            unrelated=frozenset(self._uris(chosen.get("exclude"), page)),
        )

    def _language(self, file: File) -> str:
        """The language of a page, which mkdocs-static-i18n may show on a site of another; or the theme's."""
        own = getattr(file, "locale", None)
        return str(own).replace("_", "-") if own else self.language

    def _uris(self, value: object, page: str) -> Iterator[PageUri]:
        """Pages that front matter names, by their path below `docs_dir` or from the page's own folder."""
        for path in texts(value):
            candidates = (normpath(path), normpath(join(dirname(page), path)))
            found = next((candidate for candidate in candidates if candidate in self.uris), None)
            if found is None:
                log.warning(
                    f"{page}: `related` in the front matter names {path!r}, and there is no such page."
                )
            else:
                yield PageUri(found)


def theme_language(config: MkDocsConfig) -> str:
    """The language in which the theme speaks, such as `pt-BR`."""
    return str(config.theme.get("language", config.theme.locale)).replace("_", "-")


def texts(value: object) -> list[str]:
    """A list of texts from front matter, where one text may stand alone."""
    if value is None:
        return []
    values: Sequence[object] = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _page(uri: str, seen: _Seen) -> Page:
    return Page(
        uri=PageUri(uri),
        url=seen.url,
        title=plain_text(seen.title) or uri,
        depth=seen.spot.depth,
        section=seen.spot.above,
        hidden=seen.wishes.hidden,
        pinned=seen.wishes.pinned,
        unrelated=seen.wishes.unrelated,
        language=seen.language,
        left_out=seen.left_out,
        listing=seen.listing,
        tags=seen.wishes.tags,
    )


def _tags(meta: Mapping[str, object]) -> tuple[str, ...]:
    """The tags and keywords of a page, each once; in one text, commas stand between them."""
    found = [*texts(meta.get("tags")), *texts(meta.get("keywords"))]
    tags = (tag.strip() for text in found for tag in text.split(","))
    return tuple(dict.fromkeys(filter(None, tags)))


def _content(file: File) -> str | None:
    try:
        return file.content_string
    except (OSError, UnicodeError):  # gone since it was read, or never on disk
        return None

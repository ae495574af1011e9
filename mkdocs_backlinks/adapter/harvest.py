"""What MkDocs knows of the pages that take part, as plain values for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks.adapter.author_files import AuthorFile
from mkdocs_backlinks.adapter.inclusions import inclusions_of
from mkdocs_backlinks.index import PageSource, plain_text
from mkdocs_backlinks.index.markdown.inclusion import Inclusions
from mkdocs_backlinks.model import Page, PageUri

log = get_plugin_logger("backlinks")

_NAMED = 5


class Matcher(Protocol):
    """What `exclude` was read into."""

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

    def __contains__(self, file: File) -> bool:
        is_own = file.src_uri == self.generated or basename(file.src_uri) == self.nav_file
        return not is_own and not self.exclude.match_file(file.src_uri)


def harvest(
    files: Files,
    nav: Navigation | None,
    config: MkDocsConfig,
    taking_part: TakingPart,
    remembered: Mapping[str, PageSource],
) -> list[PageSource]:
    """Every page that takes part, in the order of the navigation and then of the paths.

    A dirty build leaves out pages that have not changed; those are taken from `remembered`, by address.
    """
    spots = _spots(nav)
    order = {uri: place for place, uri in enumerate(spots)}
    pages = [
        file.page for file in files.documentation_pages() if file.page is not None and file in taking_part
    ]
    pages.sort(key=lambda page: (order.get(page.file.src_uri, len(order)), page.file.src_uri))
    known = {page.file.src_uri for page in pages}
    inclusions = inclusions_of(config)
    _name_unread([page.file.src_uri for page in pages if page.content is None and page.url not in remembered])
    return [
        remembered[page.url]
        if page.content is None and page.url in remembered
        else _page_source(page, spots.get(page.file.src_uri), known, config, inclusions)
        for page in pages
    ]


def _name_unread(uris: Sequence[str]) -> None:
    if uris:
        named = ", ".join(uris[:_NAMED]) + (", …" if len(uris) > _NAMED else "")
        log.info(f"Without content in this build, so that their links are not known: {len(uris)} ({named}).")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a page stands in the navigation: the items above it, and whether it is the home page."""

    above: tuple[StructureItem, ...]
    is_home: bool

    @property
    def depth(self) -> int:
        return 0 if self.is_home else 1 + len(self.above)


def _spots(nav: Navigation | None) -> Mapping[str, _Spot]:
    """The spot of each page of the navigation by source path, in its order."""
    spots: dict[str, _Spot] = {}
    if nav is not None:
        for page, above in _walk(nav.items, ()):
            spots.setdefault(page.file.src_uri, _Spot(above, page.is_homepage or page is nav.homepage))
    return spots


def _walk(
    items: Iterable[StructureItem], above: tuple[StructureItem, ...]
) -> Iterator[tuple[MkDocsPage, tuple[StructureItem, ...]]]:
    """The pages below the items; plugins make some that are a page and a section at once."""
    for item in items:
        if isinstance(item, MkDocsPage):
            yield item, above
        yield from _walk(getattr(item, "children", None) or (), (*above, item))


def _page_source(
    page: MkDocsPage, spot: _Spot | None, known: set[str], config: MkDocsConfig, inclusions: Inclusions
) -> PageSource:
    uri = page.file.src_uri
    above = spot.above if spot else tuple(page.ancestors)[::-1]
    related = page.meta.get("related")
    related = related if isinstance(related, dict) else {}
    source = AuthorFile.of(page.file, config)
    return PageSource(
        page=Page(
            uri=PageUri(uri),
            url=page.url,
            title=plain_text(str(page.title or "")) or uri,
            depth=spot.depth if spot else None,
            section=tuple(plain_text(str(section.title)) for section in above),
            hidden=frozenset(texts(page.meta.get("hide"))),
            pinned=tuple(_uris(related.get("pin"), uri, known)),
            unrelated=frozenset(_uris(related.get("exclude"), uri, known)),
            language=_language(page.file, config),
            left_out=page.file.inclusion.is_not_in_nav(),
            # The pages of Material's blog that list posts.
            listing=hasattr(page, "posts"),
            tags=_tags(page.meta),
        ),
        html=page.content or "",
        markdown=partial(_markdown, page.file, source),
        file=source.file if source else None,
        inclusions=inclusions,
        stamp=source.stamp() if source else None,
    )


def _language(file: File, config: MkDocsConfig) -> str:
    """The language of a page, which mkdocs-static-i18n may show on a site of another one, or the theme's."""
    own = getattr(file, "locale", None)
    return str(own).replace("_", "-") if own else theme_language(config)


def theme_language(config: MkDocsConfig) -> str:
    """The language in which the theme speaks, such as `pt-BR`."""
    return str(config.theme.get("language", config.theme.locale)).replace("_", "-")


def texts(value: object) -> list[str]:
    """A list of texts from front matter, where one text may stand alone."""
    values: Sequence[object] = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _tags(meta: Mapping[str, object]) -> tuple[str, ...]:
    """The tags and keywords of a page, each once; in one text, commas stand between them."""
    found = [*texts(meta.get("tags")), *texts(meta.get("keywords"))]
    tags = (tag.strip() for text in found for tag in text.split(","))
    return tuple(dict.fromkeys(filter(None, tags)))


def _uris(value: object, page: str, known: set[str]) -> Iterator[PageUri]:
    """Pages that front matter names, by their path below `docs_dir` or from the page's own folder."""
    for path in texts(value):
        candidates = (normpath(path), normpath(join(dirname(page), path)))
        found = next((candidate for candidate in candidates if candidate in known), None)
        if found is None:
            log.warning(f"{page}: `related` in the front matter names {path!r}, and there is no such page.")
        else:
            yield PageUri(found)


def _markdown(file: File, source: AuthorFile | None) -> str | None:
    try:
        if source is None or source.path == file.abs_src_path:
            return file.content_string
        return Path(source.path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):  # gone since it was read, or never on disk
        return None

"""What MkDocs knows of a site, as plain values for the index; the second of two files that read MkDocs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.yaml import yaml_load

from mkdocs_backlinks.index import PageSource, SiteSource, plain_text
from mkdocs_backlinks.model import Page, PageUri

log = get_plugin_logger("backlinks")

_NAMED = 5
_WRITTEN_BY_MKDOCS = ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json")


class Matcher(Protocol):
    """What `exclude` was read into."""

    def match_file(self, file: str) -> object: ...


def harvest(
    files: Files,
    nav: Navigation | None,
    config: MkDocsConfig,
    exclude: Matcher,
    remembered: Mapping[PageUri, PageSource],
) -> list[PageSource]:
    """Every page that takes part, in the order of the navigation and then of the paths.

    A dirty build leaves out pages that have not changed; those are taken from `remembered`.
    """
    order = {page.file.src_uri: place for place, page in enumerate(nav.pages)} if nav else {}
    taking_part = [
        file
        for file in files.documentation_pages()
        if file.page is not None and not exclude.match_file(file.src_uri)
    ]
    taking_part.sort(key=lambda file: (order.get(file.src_uri, len(order)), file.src_uri))
    known = {file.src_uri for file in taking_part}
    sources: list[PageSource] = []
    for file in taking_part:
        uri = PageUri(file.src_uri)
        page = file.page
        if page is None or (page.content is None and uri in remembered):
            sources.append(remembered[uri])
            continue
        sources.append(_page_source(page, uri in order, known, config))
    _name_unread([file.src_uri for file in taking_part if _is_unread(file, remembered)])
    return sources


def built_files(files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Every file of the build that is no page: its path in the sources and below the site."""
    for file in files:
        if not file.is_documentation_page() and not file.inclusion.is_excluded():
            yield file.src_uri, file.dest_uri
    for template in (*config.theme.static_templates, *config.extra_templates, *_WRITTEN_BY_MKDOCS):
        yield template, template


def site_of(files: Files, assets: Mapping[str, str], bases: Sequence[str]) -> SiteSource:
    """The site around the pages, served at `bases`; `assets` are as `built_files` has them."""
    return SiteSource(
        bases=bases,
        assets=frozenset(assets.values()),
        sources=dict(assets),
        pages={file.src_uri: file.page.url for file in files.documentation_pages() if file.page},
    )


def author_site_url(config: MkDocsConfig) -> str | None:
    """The `site_url` in the configuration file, whatever a command has made of it since."""
    if not config.config_file_path:
        return None
    with Path(config.config_file_path).open("rb") as file:
        url = yaml_load(file).get("site_url")
    return url if isinstance(url, str) else None


def _is_unread(file: File, remembered: Mapping[PageUri, PageSource]) -> bool:
    no_content = file.page is None or file.page.content is None
    return no_content and file.src_uri not in remembered


def _name_unread(uris: Sequence[str]) -> None:
    if uris:
        named = ", ".join(uris[:_NAMED]) + (", …" if len(uris) > _NAMED else "")
        log.info(f"Without content in this build, so that their links are not known: {len(uris)} ({named}).")


def _page_source(page: MkDocsPage, in_nav: bool, known: set[str], config: MkDocsConfig) -> PageSource:
    uri = page.file.src_uri
    above = list(page.ancestors)
    related = page.meta.get("related")
    related = related if isinstance(related, dict) else {}
    title = plain_text(str(page.title or "")) or uri
    depth = (0 if page.is_homepage else 1 + len(above)) if in_nav else None
    return PageSource(
        page=Page(
            uri=PageUri(uri),
            url=page.url,
            title=title,
            depth=depth,
            section=tuple(plain_text(str(section.title)) for section in reversed(above)),
            hidden=frozenset(_texts(page.meta.get("hide"))),
            pinned=tuple(_uris(related.get("pin"), uri, known)),
            unrelated=frozenset(_uris(related.get("exclude"), uri, known)),
        ),
        html=page.content or "",
        markdown=partial(_markdown, page.file),
        file=_relative_path(page.file, config),
    )


def _texts(value: object) -> list[str]:
    """A list of texts from front matter, where one text may stand alone."""
    values: Sequence[object] = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _uris(value: object, page: str, known: set[str]) -> Iterator[PageUri]:
    """Pages that front matter names, by their path below `docs_dir` or from the page's own folder."""
    for path in _texts(value):
        candidates = (normpath(path), normpath(join(dirname(page), path)))
        found = next((candidate for candidate in candidates if candidate in known), None)
        if found is None:
            log.warning(f"{page}: `related` in the front matter names {path!r}, and there is no such page.")
        else:
            yield PageUri(found)


def _markdown(file: File) -> str | None:
    try:
        return file.content_string
    except (OSError, UnicodeError):  # gone since it was read, or never on disk
        return None


def _relative_path(file: File, config: MkDocsConfig) -> str | None:
    """The source's path as an author of this site knows it, or None when it lies outside."""
    if not file.abs_src_path:
        return None
    root = Path(config.config_file_path or "mkdocs.yml").parent
    path = os.path.relpath(file.abs_src_path, root)
    return None if path.startswith(os.pardir) else Path(path).as_posix()

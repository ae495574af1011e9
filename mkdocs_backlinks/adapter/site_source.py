"""Collect what MkDocs knows of the site around its pages: URLs, files, redirects, excluded pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.yaml import yaml_load

from mkdocs_backlinks import check, gate
from mkdocs_backlinks.adapter.source_files import source_names
from mkdocs_backlinks.adapter.wikilink_targets import WikilinkTargets
from mkdocs_backlinks.index import SiteSource
from mkdocs_backlinks.settings import Settings
from mkdocs_backlinks.verdicts import verdict

CACHE = ".cache/plugin/backlinks/external.sqlite"

_WRITTEN_BY_MKDOCS = ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json")


class SiteInventory:
    """The files and the navigation of one build, as MkDocs shows them before it reads the pages."""

    def __init__(self, config: MkDocsConfig, wikilinks: WikilinkTargets | None, *, serving: bool) -> None:
        self._config = config
        self._serving = serving
        self._assets: dict[str, str] = {}
        self.nav: Navigation | None = None
        self.wikilinks = wikilinks

    def add_files(self, files: Files) -> None:
        """Note all files that are no pages; other plugins may take some out of `files` later."""
        for file in files:
            if not file.is_documentation_page() and not file.inclusion.is_excluded():
                self._assets[file.src_uri] = file.dest_uri

    def set_nav(self, nav: Navigation) -> None:
        self.nav = nav
        if self.wikilinks:
            self.wikilinks.set_nav(nav)

    def site_urls(self) -> list[str]:
        """Return the URLs of the site: `mkdocs serve` sets its own, and the author's counts as well."""
        written = _written(self._config, "site_url") if self._serving else None
        return [url for url in (self._config.site_url, written) if url]

    def source(self, files: Files) -> SiteSource:
        """Return the site around the pages; assets that have left `files` since are part of it."""
        pages: dict[str, str] = {}
        assets = dict(self._assets)
        excluded: list[str] = []
        for file in files:
            is_page, is_excluded = file.is_documentation_page(), file.inclusion.is_excluded()
            if is_page:
                pages.update(dict.fromkeys(source_names(file), _page_url(file)))
            elif not is_excluded:
                assets.update(dict.fromkeys(source_names(file), file.dest_uri))
            if is_page and is_excluded:
                excluded.append(file.src_uri)
        assets.update((path, path) for path in _template_files(self._config))
        return SiteSource(
            bases=self.site_urls(),
            assets=frozenset(assets.values()),
            sources=assets,
            pages=pages,
            names=self.wikilinks.names(files) if self.wikilinks else None,
            excluded=frozenset(excluded),
            moved=dict(_redirects(self._config)),
        )


def check_options(config: MkDocsConfig, settings: Settings, mode: check.Mode) -> check.RunOptions:
    """Return the options of a check of this site: its cache, its lockfile and its own repository."""
    external = settings.external
    root = Path(config.config_file_path or "mkdocs.yml").absolute().parent
    # MkDocs fills in a branch of its own where the author has named none.
    edited = config.edit_uri if _written(config, "edit_uri") else None
    return check.RunOptions(
        mode=mode,
        probe_https=gate.severity("insecure_http", settings.rules) != "ignore",
        history=check.HistoryFiles(
            judge=verdict,
            cache=root / CACHE if external.cache else None,
            lockfile=root / external.lockfile if external.lockfile else None,
        ),
        repository=check.own_repository(config.repo_url, edited, check.tree_root(root)),
    )


def _written(config: MkDocsConfig, key: str) -> str | None:
    """Return a text of the configuration file, whatever a command has made of it since."""
    if not config.config_file_path:
        return None
    with Path(config.config_file_path).open("rb") as file:
        value = yaml_load(file).get(key)
    return value if isinstance(value, str) else None


def _page_url(file: File) -> str:
    """Return the URL of a page relative to the site, also of a page that is not built."""
    if file.page is not None:
        return file.page.url
    return "" if file.url == "./" else file.url


def _template_files(config: MkDocsConfig) -> Iterator[str]:
    """Yield the paths of files that are made without a page or a source file."""
    yield from (*config.theme.static_templates, *config.extra_templates, *_WRITTEN_BY_MKDOCS)


def _redirects(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yield each URL that mkdocs-redirects redirects, and the source path or URL to which it leads."""
    redirects = config.plugins.get("redirects")
    for old, new in (redirects.config["redirect_maps"] if redirects else {}).items():
        if isinstance(old, str) and isinstance(new, str):
            yield File(old, "", "", config.use_directory_urls).url, new

"""Run one build of a site in one language, and conclude the builds of all its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks import gate, index, inject, relate
from mkdocs_backlinks.adapter import merge_languages
from mkdocs_backlinks.adapter.external_check import ExternalCheck
from mkdocs_backlinks.adapter.merge_languages import LanguageBuild
from mkdocs_backlinks.adapter.mkdocs_validation import ValidationFilter, take_over_anchors
from mkdocs_backlinks.adapter.page_selection import Matcher, PageSelection
from mkdocs_backlinks.adapter.page_sources import page_sources, theme_language
from mkdocs_backlinks.adapter.section_injector import SectionInjector
from mkdocs_backlinks.adapter.site_source import SiteInventory
from mkdocs_backlinks.adapter.wikilink_targets import WikilinkTargets
from mkdocs_backlinks.model import Report, Url
from mkdocs_backlinks.settings import Settings


@dataclass(slots=True)
class ServeCache:
    """Values that a build under `serve` leaves to the next one; `sources` have the URLs of pages as keys.

    A dirty build needs the sources, as it leaves out pages that have not changed. The rest saves time.
    """

    sources: Mapping[str, index.PageSource] = field(default_factory=dict)
    pages: index.IndexCache = field(default_factory=index.IndexCache)
    terms: relate.TermStatistics = field(default_factory=relate.TermStatistics)


class SiteBuild:
    """One build of one language; its methods are called in the order of MkDocs' hooks."""

    def __init__(self, config: MkDocsConfig, settings: Settings, exclude: Matcher, *, serving: bool) -> None:
        self._config = config
        self._settings = settings
        self._selection = PageSelection.of(exclude, config)
        self._validation = ValidationFilter(config, settings.rules, self._selection)
        self._check = ExternalCheck(config, settings, serving=serving)
        wikilinks = WikilinkTargets(config) if settings.wikilinks else None
        self.inventory = SiteInventory(config, wikilinks, serving=serving)
        self._indexed: LanguageBuild | None = None  # from `index_pages` on, as are the sections
        self.sections: SectionInjector | None = None

    def skip_checked(self, builds: Iterable[SiteBuild]) -> None:
        """Leave out of the external check what the builds of other languages check."""
        self._check.skip(url for build in builds for url in build.external_urls())

    def add_graph_page(self, files: Files) -> None:
        """Add the page with the graph of the site, unless the author has written it."""
        uri = self._settings.graph.page
        if uri and files.get_file_from_path(uri) is None:
            file = File.generated(self._config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            i18n = self._config.plugins.get("i18n")
            if i18n and not i18n.is_default_language_build:
                file.dest_uri = f"{i18n.current_language}/{file.dest_uri}"
            title = inject.load_labels(theme_language(self._config), self._settings.labels).graph
            file.content_string = f"# {title}\n"
            files.append(file)
            self._selection = replace(self._selection, generated=uri)

    def take_over_validation(self) -> None:
        """Keep MkDocs from logging what the report will say, until `index_pages` or `cancel`."""
        self._validation.install()

    def check_early(self, page: MkDocsPage, html: str) -> None:
        """Begin to check the external links of a page that was converted just now."""
        if self._check.starts_early and page.file.src_uri in self._selection:
            self._check.submit_page(page, html, self.inventory.site_urls())

    def index_pages(self, files: Files, env: jinja2.Environment, cache: ServeCache) -> None:
        """Index all pages, check all external links, and find related pages, once all pages are converted."""
        self._validation.remove()
        config, settings, documents = self._config, self._settings, files.documentation_pages()
        sources = page_sources(documents, self.inventory.nav, config, self._selection, cache.sources)
        cache.sources = {source.page.url: source for source in sources}
        site = self.inventory.source(files)
        graph, links = index.build(site, sources, _scope(settings), cache.pages)
        take_over_anchors(documents, graph.pages.keys(), settings.rules)
        self._check.complete(graph.targets())
        is_ranked = settings.related.enabled or settings.index
        related = relate.relate(graph, settings.related, cache.terms) if is_ranked else {}
        renderer = inject.SectionRenderer.of(
            graph, related, settings, inject.load_templates(env), theme_language(config)
        )
        # A later language may have a URL of its own, and writes it into the same configuration.
        site_url, finished = config.site_url or None, index.FinishedSite(Path(config.site_dir))
        self._indexed = LanguageBuild(graph, links, related, finished, site_url)
        self.sections = SectionInjector(renderer, settings.graph.page)

    def finish(self) -> LanguageBuild | None:
        """Wait for the external check; None for a build that never got to its pages."""
        if self._indexed is None:
            return None
        run = self._check.run
        if run is None:
            return self._indexed
        result = run.result()
        return replace(self._indexed, evidence=result.evidence, notes=result.notes)

    def external_urls(self) -> Iterator[Url]:
        """Yield the external URLs that this build's pages link to."""
        for target in self._indexed.graph.targets() if self._indexed else ():
            yield target.url

    def cancel(self) -> None:
        """Stop the external check, and let MkDocs log again."""
        self._validation.remove()
        if self._check.run is not None:
            self._check.run.cancel()


def conclude(
    builds: Iterable[SiteBuild], config: MkDocsConfig, settings: Settings, *, serving: bool
) -> Report | None:
    """Judge the finished site in all its languages, and write its files; None without pages."""
    languages = [language for build in builds if (language := build.finish())]
    if not languages:
        return None
    report = merge_languages.close(languages, settings)
    root = Path(config.config_file_path or "mkdocs.yml").parent
    if settings.reports.json and not serving:
        _write_file(root / settings.reports.json, [gate.as_json(report)], "reports.json")
    if settings.index and not serving:
        _write_file(root / settings.index, merge_languages.dump(languages), "index")
    return report


def add_to_theme(config: MkDocsConfig, *, graph: bool) -> None:
    """Add the templates and the stylesheet to the theme; the site's own go before them."""
    for folder in (inject.TEMPLATES, inject.ASSETS, *([inject.GRAPH_ASSETS] if graph else [])):
        if str(folder) not in config.theme.dirs:
            config.theme.dirs.append(str(folder))
    if inject.STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, inject.STYLESHEET)


def _scope(settings: Settings) -> index.Scope:
    """Return what the index has to read around links."""
    return index.Scope(settings.backlinks.context, all_excerpts=bool(settings.index))


def _write_file(path: Path, pieces: Iterable[str], option: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
    except OSError as error:
        raise PluginError(
            f"backlinks: cannot write {path} ({error.strerror or error}). "
            f"Give another path under `{option}`, relative to mkdocs.yml."
        ) from error

"""One build of one site: what the hooks have seen so far, and what the core makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks import gate, index, inject, relate
from mkdocs_backlinks.adapter import merge_languages
from mkdocs_backlinks.adapter.asking import Asking, scope_of
from mkdocs_backlinks.adapter.lasting import no_look_for_garbage, set_aside
from mkdocs_backlinks.adapter.merge_languages import Language
from mkdocs_backlinks.adapter.mkdocs_validation import Validation
from mkdocs_backlinks.adapter.page_selection import Matcher, TakingPart, harvest
from mkdocs_backlinks.adapter.page_sources import Memory as SourceMemory
from mkdocs_backlinks.adapter.page_sources import theme_language
from mkdocs_backlinks.adapter.section_injector import SectionInjector
from mkdocs_backlinks.adapter.site_source import author_site_url, built_files, site_of
from mkdocs_backlinks.adapter.wikilink_targets import Wiki
from mkdocs_backlinks.model import PageUri, Related, Report, Url
from mkdocs_backlinks.settings import Settings


@dataclass(slots=True)
class Memory:
    """What is kept from one build of `mkdocs serve` to the next, so that only what has changed is read."""

    harvested: SourceMemory = field(default_factory=SourceMemory)
    pages: index.IndexCache = field(default_factory=index.IndexCache)
    terms: relate.TermStatistics = field(default_factory=relate.TermStatistics)


class SiteBuild:
    """The steps of a build, in the order in which MkDocs comes by."""

    def __init__(
        self,
        config: MkDocsConfig,
        settings: Settings,
        exclude: Matcher,
        *,
        serving: bool,
        memory: Memory | None,
    ) -> None:
        self._config = config
        self._settings = settings
        self._taking_part = TakingPart.of(exclude, config)
        self._serving = serving
        self._memory = memory
        self._assets: dict[str, str] = {}
        self._nav: Navigation | None = None
        self._site_url: str | None = None
        self._graph: index.LinkGraph | None = None
        self._sources = index.SourceLinks()
        self._related: Mapping[PageUri, tuple[Related, ...]] = {}
        self.sections: SectionInjector | None = None  # from `read` on
        self._asking = Asking(config, settings, serving=serving)
        self._validation = Validation(config, settings.rules)
        self.wiki = Wiki(config) if settings.wikilinks else None

    def see_earlier(self, builds: Iterable[SiteBuild]) -> None:
        """What another language has asked is not asked again."""
        self._asking.leave_out(chain.from_iterable(build.asked() for build in builds))

    def see_files(self, files: Files) -> None:
        """Note what there is, before another plugin takes some of it out."""
        self._assets.update(built_files(files))

    def add_graph(self, files: Files) -> None:
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
            self._taking_part = replace(self._taking_part, generated=uri)

    def see_nav(self, nav: Navigation) -> None:
        self._nav = nav
        if self.wiki:
            self.wiki.see_nav(nav)

    @property
    def sees_all_alike(self) -> bool:
        """Whether `see_pages` says all, so that MkDocs need not come by with each page."""
        return self._taking_part.is_everything and not self._settings.graph.page

    def see_pages(self) -> None:
        self._validation.before_page(takes_part=True)

    def see_page(self, page: MkDocsPage) -> None:
        self._validation.before_page(takes_part=page.file in self._taking_part)

    @property
    def looks_ahead(self) -> bool:
        """Whether `see_content` is of use."""
        return self._asking.looks_ahead

    def see_content(self, page: MkDocsPage, html: str) -> None:
        """Begin to check what a page links to that was converted just now."""
        if page.file in self._taking_part:
            self._asking.see(page, html, self._bases())

    def read(self, files: Files, env: jinja2.Environment) -> None:
        """Index all pages, check all that they link to, and find out which belong together."""
        # After an edit little is made that lasts, and to look for garbage first would take longer.
        is_edit = bool(self._memory and self._memory.harvested.pages)
        with no_look_for_garbage(but_before=not is_edit):
            self._read(files, env)
        if not is_edit:
            set_aside()

    def _read(self, files: Files, env: jinja2.Environment) -> None:
        memory, documents = self._memory, files.documentation_pages()
        harvested = memory.harvested if memory else SourceMemory()
        sources = harvest(documents, self._nav, self._config, self._taking_part, harvested)
        # A later language may have an address of its own, and writes it into the same configuration.
        self._site_url = self._config.site_url or None
        names = self.wiki.names(files) if self.wiki else None
        site = replace(site_of(files, self._assets, self._bases(), self._config), names=names)
        read, ahead = memory.pages if memory else None, self._asking.ahead
        graph, self._sources = index.build(site, sources, scope_of(self._settings), read, ahead)
        self._validation.after_pages(documents, graph.pages.keys())
        self._asking.complete(graph)
        if self._settings.related.enabled or self._settings.index:
            self._related = relate.relate(graph, self._settings.related, memory.terms if memory else None)
        self._graph = graph
        language = theme_language(self._config)
        templates = inject.load_templates(env)
        renderer = inject.SectionRenderer.of(self._graph, self._related, self._settings, templates, language)
        self.sections = SectionInjector(renderer, self._settings.graph.page)

    def finish(self) -> Language | None:
        """What is known at the end; None for a build that never got to its pages."""
        if self._graph is None:
            return None
        finished = index.FinishedSite(Path(self._config.site_dir))
        run = self._asking.run
        evidence, notes = (run.result(), run.notes()) if run else ((), ())
        return Language(self._graph, self._sources, self._related, finished, self._site_url, evidence, notes)

    def asked(self) -> Iterator[Url]:
        """The external addresses of this build's pages."""
        for target in self._graph.targets() if self._graph else ():
            yield target.url

    def cancel(self) -> None:
        """Let go of the web."""
        if self._asking.run is not None:
            self._asking.run.cancel()

    def _bases(self) -> list[str]:
        """The addresses of the site. `mkdocs serve` sets one of its own, and the author's counts as well."""
        given = author_site_url(self._config) if self._serving else None
        return [base for base in (self._config.site_url, given) if base]


def conclude(
    builds: Iterable[SiteBuild], config: MkDocsConfig, settings: Settings, *, serving: bool
) -> Report | None:
    """Judge the finished site, all languages of it, and write the files."""
    found = [language for build in builds if (language := build.finish())]
    if not found:
        return None
    report = merge_languages.close(found, settings)
    root = Path(config.config_file_path or "mkdocs.yml").parent
    if settings.reports.json and not serving:
        _write_file(root / settings.reports.json, [gate.as_json(report)], "reports.json")
    if settings.index and not serving:
        _write_file(root / settings.index, merge_languages.dump(found), "index")
    return report


def add_to_theme(config: MkDocsConfig, *, graph: bool) -> None:
    """Let the theme find the templates and the stylesheet; the site's own go before them."""
    for folder in (inject.TEMPLATES, inject.ASSETS, *([inject.GRAPH_ASSETS] if graph else [])):
        if str(folder) not in config.theme.dirs:
            config.theme.dirs.append(str(folder))
    if inject.STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, inject.STYLESHEET)


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

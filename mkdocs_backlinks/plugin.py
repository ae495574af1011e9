"""The MkDocs adapter: hooks hand plain values to the core and put its answers into the build."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click
import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from mkdocs_backlinks import gate, index, inject
from mkdocs_backlinks.harvest import author_site_url, built_files, harvest, site_of
from mkdocs_backlinks.model import PageUri, Related, Report
from mkdocs_backlinks.options import BacklinksPluginOptions, settings
from mkdocs_backlinks.settings import Settings

log = get_plugin_logger("backlinks")


@dataclass(slots=True)
class _Build:
    """What one build has learnt so far; a build inside a build (one per language) has its own."""

    settings: Settings
    assets: dict[str, str] = field(default_factory=dict)
    nav: Navigation | None = None
    graph: index.LinkGraph | None = None
    related: Mapping[PageUri, tuple[Related, ...]] = field(default_factory=dict)
    templates: inject.Templates | None = None
    run: gate.Run | None = None


class BacklinksPlugin(BasePlugin[BacklinksPluginOptions]):
    """Backlinks, related pages and the link gate for one site."""

    def __init__(self) -> None:
        super().__init__()
        self._serving = False
        self._dirty = False
        self._builds: list[_Build] = []
        self._reports: list[Report] = []
        self._not_found = logging.WARNING
        self._remembered: dict[PageUri, index.PageSource] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._dirty = dirty
        self._remembered = {}
        # `serve --clean` calls itself a build; the command line knows better.
        context = click.get_current_context(silent=True)
        self._serving = command == "serve" or (context is not None and context.info_name == "serve")

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        for folder in (inject.TEMPLATES, inject.ASSETS):
            if str(folder) not in config.theme.dirs:
                config.theme.dirs.append(str(folder))
        if inject.STYLESHEET not in config.extra_css:
            config.extra_css.append(inject.STYLESHEET)
        self._take_over_validation(config)
        return config

    @event_priority(100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        self._builds.append(_Build(settings(self.config)))

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        # Plugins that shrink or move media take files out later; readers still find them.
        self._build.assets.update(built_files(files, config))
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._build.nav = nav
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Pages that take no part stay with MkDocs' own check."""
        takes_part = not self.config.exclude.match_file(page.file.src_uri)
        if self._judges("broken_page", "broken_asset"):
            config.validation.links.not_found = logging.DEBUG if takes_part else self._not_found
        return markdown

    @event_priority(-75)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        build = self._build
        build.assets.update(built_files(files, config))
        sources = harvest(files, build.nav, config, self.config.exclude, self._remembered)
        if self._dirty:
            self._remembered = {source.page.uri: source for source in sources}
        context = build.settings.backlinks.context
        graph = index.build(site_of(build.assets, self._bases(config)), sources, context)
        build.run = gate.begin(graph, build.settings, serving=self._serving)
        if build.settings.related.enabled or build.settings.index:
            # Its patterns for all scripts take 10 ms to compile, which only those should pay who need them.
            from mkdocs_backlinks.relate import relate  # noqa: PLC0415

            build.related = relate(graph, build.settings.related)
        build.graph = graph.without_texts()
        build.templates = inject.load_templates(env)
        return env

    @event_priority(-90)
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        build = self._build
        uri = PageUri(page.file.src_uri)
        if build.graph is None or build.templates is None or uri not in build.graph.pages:
            return context
        indexed = build.graph.pages[uri]
        chosen = build.settings
        backlinks = inject.backlink_items(indexed, build.graph, chosen.backlinks)
        related = inject.related_items(indexed, build.graph, build.related.get(uri, ()), chosen.related)
        context.update({"backlinks": backlinks, "related_pages": related})  # type: ignore[misc]  # themes may read more than MkDocs puts in
        sections = inject.sections(backlinks, related, chosen.backlinks, build.templates)
        page.content = inject.place(page.content or "", sections)
        toc = {"__backlinks": chosen.backlinks.toc, "__related": chosen.related.toc}
        _add_to_toc(page, (section for section in sections if toc[section.id]))
        return context

    @event_priority(-150)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        build = self._builds.pop()
        if build.graph is None:
            return
        report = gate.close(build.graph, build.run, build.settings, index.FinishedSite(Path(config.site_dir)))
        if not self._serving:
            self._write(build, report, config)
        self._reports.append(report)
        if not self._builds:
            self._conclude()

    def on_build_error(self, *, error: Exception) -> None:
        self._cancel()

    def on_shutdown(self) -> None:
        self._cancel()

    @property
    def _build(self) -> _Build:
        return self._builds[-1]

    def _bases(self, config: MkDocsConfig) -> list[str]:
        """The addresses of the site. `mkdocs serve` sets one of its own, and the author's counts as well."""
        given = author_site_url(config) if self._serving else None
        return [base for base in (config.site_url, given) if base]

    def _judges(self, *names: str) -> bool:
        """Whether this plugin reports what these rules find at least as loudly as MkDocs would."""
        return all(gate.severity(name, self.config.rules) in ("error", "warn") for name in names)

    def _take_over_validation(self, config: MkDocsConfig) -> None:
        """Leave to this plugin's report what MkDocs would log of the same links, without their place."""
        links = config.validation.links
        if links.not_found > logging.DEBUG:
            self._not_found = links.not_found
        if self._judges("broken_anchor"):
            links.anchors = logging.DEBUG
        if self._judges("broken_page") and links.unrecognized_links <= logging.INFO:
            links.unrecognized_links = logging.DEBUG

    def _write(self, build: _Build, report: Report, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path or "").parent
        if build.settings.reports.json:
            _write_file(root / build.settings.reports.json, [gate.as_json(report)], "reports.json")
        if build.settings.index and build.graph is not None:
            from mkdocs_backlinks.relate import equity  # noqa: PLC0415

            written = index.dump(
                build.graph,
                site_url=config.site_url or None,
                related=build.related,
                equity=equity(build.graph),
            )
            _write_file(root / build.settings.index, written, "index")

    def _conclude(self) -> None:
        """Say what was found in all languages of the site, and stop a build that must not pass."""
        reports, self._reports = self._reports, []
        for report in reports:
            loud = logging.WARNING if gate.warns(report) else logging.INFO
            level = logging.ERROR if report.failed and not self._serving else loud
            log.log(level, gate.as_text(report))
        if not self._serving and any(report.failed for report in reports):
            raise PluginError(gate.verdict_line(reports))

    def _cancel(self) -> None:
        builds, self._builds, self._reports = self._builds, [], []
        for build in builds:
            if build.run is not None:
                build.run.cancel()


def _add_to_toc(page: MkDocsPage, sections: Iterable[inject.Section]) -> None:
    """Themes list what stands below the page's first heading, where there is one."""
    items = page.toc.items
    siblings = items[0].children if items and items[0].level == 1 else items
    siblings.extend(AnchorLink(section.label, section.id, level=2) for section in sections)


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

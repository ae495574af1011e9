"""The hooks of MkDocs: each calls the build that is running."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

import click
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger

from mkdocs_backlinks.adapter.gc_control import freeze, gc_paused, unfreeze
from mkdocs_backlinks.adapter.options import BacklinksPluginOptions, settings_of
from mkdocs_backlinks.errors import BacklinksError

if TYPE_CHECKING:
    import jinja2
    from markdown import Markdown
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_backlinks.adapter.site_build import ServeCache, SiteBuild
    from mkdocs_backlinks.index.wiki_names import WikiNames
    from mkdocs_backlinks.model import PageUri

log = get_plugin_logger("backlinks")


class BacklinksPlugin(BasePlugin[BacklinksPluginOptions]):
    """Backlinks, related pages and the link gate for one site.

    A plugin for several languages runs a build for each of them inside the build of the first.
    """

    def __init__(self) -> None:
        super().__init__()
        self._serving = False
        self._builds: list[SiteBuild] = []  # of one site, the outermost first
        self._running: list[SiteBuild] = []
        self._caches: dict[int, ServeCache] = {}  # by the number of the build

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # `serve --clean` calls itself a build; the command line knows better.
        context = click.get_current_context(silent=True)
        self._serving = command == "serve" or (context is not None and context.info_name == "serve")
        self._caches = {}

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # A command imports every installed plugin before it knows whether the site uses it, so the core
        # is loaded here, with the first build, and not with this module.
        from mkdocs_backlinks.adapter.site_build import add_to_theme  # noqa: PLC0415

        add_to_theme(config, graph=bool(self.config.graph.page))
        if self.config.wikilinks:
            from mkdocs_backlinks.adapter.wikilink_targets import add_wikilinks  # noqa: PLC0415

            add_wikilinks(config, self._find_page)
        return config

    @event_priority(100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        from mkdocs_backlinks.adapter.site_build import SiteBuild  # noqa: PLC0415

        build = SiteBuild(config, settings_of(self.config), self.config.exclude, serving=self._serving)
        build.skip_checked(self._builds)
        self._builds.append(build)
        self._running.append(build)

    @event_priority(-100)
    def _note_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        # Plugins that shrink or move media take files out later; readers still find them.
        self._build.inventory.add_files(files)
        return files

    @event_priority(-150)
    def _add_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        # Plugins for several languages expect each page to be a file, and have run by now.
        self._build.add_graph_page(files)
        return files

    on_files = CombinedEvent(_note_files, _add_pages)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._build.inventory.set_nav(nav)
        self._build.take_over_validation()
        return nav

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self._build.check_early(page, html)
        return html

    @event_priority(-75)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        from mkdocs_backlinks.adapter.site_build import ServeCache  # noqa: PLC0415

        cache = ServeCache()
        if self._serving:
            cache = self._caches.setdefault(self._builds.index(self._build), cache)
        with gc_paused():
            self._build.index_pages(files, env, cache)
        freeze()
        return env

    @event_priority(-90)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self._build.sections is not None:
            self._build.sections.add(page, context)
        return context

    @event_priority(100)
    def _restore_page(self, *, config: MkDocsConfig) -> None:
        if self._build.sections is not None:
            self._build.sections.restore()

    @event_priority(-150)
    def _end_build(self, *, config: MkDocsConfig) -> None:
        self._running.pop()
        if not self._running:
            self._conclude(config)

    on_post_build = CombinedEvent(_restore_page, _end_build)

    def on_build_error(self, *, error: Exception) -> None:
        self._cancel()

    def on_shutdown(self) -> None:
        self._cancel()

    @property
    def _build(self) -> SiteBuild:
        return self._running[-1]

    def _find_page(self, md: Markdown) -> tuple[WikiNames, PageUri] | None:
        """Return the page that a converter converts, and what its wikilinks may name, if it is a page."""
        wikilinks = self._build.inventory.wikilinks if self._running else None
        return wikilinks.find_page(md) if wikilinks else None

    def _conclude(self, config: MkDocsConfig) -> None:
        """Log the report on all languages of the site, and stop a build that must not pass."""
        from mkdocs_backlinks import gate  # noqa: PLC0415
        from mkdocs_backlinks.adapter.site_build import conclude  # noqa: PLC0415

        try:
            with gc_paused():
                report = conclude(self._builds, config, settings_of(self.config), serving=self._serving)
        except BacklinksError as error:
            raise PluginError(f"backlinks: {error}") from error
        finally:
            unfreeze()
        self._builds = []
        if report is None:
            return
        level = logging.WARNING if gate.warns(report) else logging.INFO
        log.log(logging.ERROR if report.failed and not self._serving else level, gate.as_text(report))
        if report.failed and not self._serving:
            raise PluginError(gate.failure_message([report]))

    def _cancel(self) -> None:
        unfreeze()
        builds, self._builds, self._running = self._builds, [], []
        for build in builds:
            build.cancel()

"""The MkDocs adapter: each hook, at its place in the order, hands on to the build that is under way."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

import click
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger

from mkdocs_backlinks.adapter.lasting import give_back, set_aside
from mkdocs_backlinks.adapter.options import BacklinksPluginOptions
from mkdocs_backlinks.errors import BacklinksError

if TYPE_CHECKING:
    import jinja2
    from markdown import Markdown
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_backlinks.adapter.site_build import Memory, SiteBuild
    from mkdocs_backlinks.index.wiki_names import WikiNames
    from mkdocs_backlinks.model import PageUri

log = get_plugin_logger("backlinks")


class BacklinksPlugin(BasePlugin[BacklinksPluginOptions]):
    """Backlinks, related pages and the link gate for one site."""

    def __init__(self) -> None:
        super().__init__()
        self._serving = False
        self._builds: list[SiteBuild] = []  # of one site, the outermost first
        self._under_way: list[SiteBuild] = []
        self._memories: list[Memory] = []  # of the builds of one site, in their order
        self._remembers = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # `serve --clean` calls itself a build; the command line knows better.
        context = click.get_current_context(silent=True)
        self._serving = command == "serve" or (context is not None and context.info_name == "serve")
        self._remembers = self._serving or dirty
        self._memories = []

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # A command imports every installed plugin before it knows whether the site uses it, so the core
        # is loaded here, with the first build, and not with this module.
        from mkdocs_backlinks.adapter.site_build import add_to_theme  # noqa: PLC0415

        add_to_theme(config, graph=bool(self.config.graph.page))
        if self.config.wikilinks:
            from mkdocs_backlinks.adapter.wikilink_targets import add_wikilinks  # noqa: PLC0415

            add_wikilinks(config, self._here)
        return config

    @event_priority(100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        from mkdocs_backlinks.adapter.choices import settings  # noqa: PLC0415
        from mkdocs_backlinks.adapter.site_build import Memory, SiteBuild  # noqa: PLC0415

        # A build inside a build, one for each language, has its own state.
        number = len(self._builds)
        if self._remembers and number == len(self._memories):
            self._memories.append(Memory())
        memory = self._memories[number] if self._remembers else None
        build = SiteBuild(
            config, settings(self.config), self.config.exclude, serving=self._serving, memory=memory
        )
        build.see_earlier(self._builds)
        self._builds.append(build)
        self._under_way.append(build)
        # After an edit, a hook for each page that does nothing takes as long as all that is done.
        events = config.plugins.events
        if build.sees_all_alike:
            build.see_pages()
            events["page_markdown"] = [one for one in events["page_markdown"] if one != self.on_page_markdown]
        if not build.looks_ahead:
            events["page_content"] = [one for one in events["page_content"] if one != self.on_page_content]
        set_aside()

    @event_priority(-100)
    def _see_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        # Plugins that shrink or move media take files out later; readers still find them.
        self._build.see_files(files)
        return files

    @event_priority(-150)
    def _add_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        # Plugins for several languages expect each page to be a file, and are through by now.
        self._build.add_graph(files)
        return files

    on_files = CombinedEvent(_see_files, _add_pages)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._build.see_nav(nav)
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self._build.see_page(page)
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self._build.see_content(page, html)
        return html

    @event_priority(-75)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        self._build.read(files, env)
        return env

    @event_priority(-90)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        sections = self._under_way[-1].sections
        if sections is not None:
            sections.add(page, context)
        return context

    @event_priority(100)
    def _take_back(self, *, config: MkDocsConfig) -> None:
        if self._build.sections is not None:
            self._build.sections.restore()

    @event_priority(-150)
    def _close(self, *, config: MkDocsConfig) -> None:
        self._under_way.pop()
        if not self._under_way:
            self._conclude(config)

    on_post_build = CombinedEvent(_take_back, _close)

    def on_build_error(self, *, error: Exception) -> None:
        self._cancel()

    def on_shutdown(self) -> None:
        self._cancel()

    def _here(self, md: Markdown) -> tuple[WikiNames, PageUri] | None:
        """What wikilinks may name on the page that a converter is at work on."""
        wiki = self._build.wiki if self._under_way else None
        return wiki.here(md) if wiki else None

    @property
    def _build(self) -> SiteBuild:
        return self._under_way[-1]

    def _conclude(self, config: MkDocsConfig) -> None:
        """Say what was found in all languages of the site, and stop a build that must not pass."""
        from mkdocs_backlinks import gate  # noqa: PLC0415
        from mkdocs_backlinks.adapter.choices import settings  # noqa: PLC0415
        from mkdocs_backlinks.adapter.site_build import conclude  # noqa: PLC0415

        try:
            report = conclude(self._builds, config, settings(self.config), serving=self._serving)
        except BacklinksError as error:
            raise PluginError(f"backlinks: {error}") from error
        finally:
            self._end()
        self._builds = []
        if report is None:
            return
        loud = logging.WARNING if gate.warns(report) else logging.INFO
        log.log(logging.ERROR if report.failed and not self._serving else loud, gate.as_text(report))
        if report.failed and not self._serving:
            raise PluginError(gate.verdict_line([report]))

    def _end(self) -> None:
        """Leave Python as the build has found it."""
        give_back()

    def _cancel(self) -> None:
        self._end()
        builds, self._builds, self._under_way = self._builds, [], []
        for build in builds:
            build.cancel()

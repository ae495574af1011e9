"""The check of external addresses: it begins with the first page that has one, and knows all in the end."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks import check, index
from mkdocs_backlinks.adapter.site_source import check_options
from mkdocs_backlinks.model import PageUri, Target, Url
from mkdocs_backlinks.settings import Check, Settings


class Asking:
    """What one build asks: `run` is the check, once there is something to ask."""

    def __init__(self, config: MkDocsConfig, settings: Settings, *, serving: bool) -> None:
        self._config = config
        self._settings = settings
        self._serving = serving
        self._left_out: frozenset[Url] = frozenset()
        self._foreseen: set[Url] = set()
        self.run: check.Apart | check.Run | None = None

    @property
    def looks_ahead(self) -> bool:
        """Whether it is worth to know of addresses early; after an edit, few pages are read at all."""
        return not self._serving and self._mode in ("all", "new")

    @property
    def _mode(self) -> Check:
        external = self._settings.external
        return external.on_serve if self._serving else external.check

    def leave_out(self, urls: Iterable[Url]) -> None:
        """Do not ask these."""
        self._left_out = frozenset(urls)

    def see(self, page: MkDocsPage, html: str, bases: Iterable[str]) -> None:
        """Begin with the addresses on a page that was converted just now, of a site served at `bases`."""
        targets = index.external_targets(PageUri(page.file.src_uri), page.url, html, bases)
        new = [target for target in self._unasked(targets) if target.url not in self._foreseen]
        if not new:
            return
        self._foreseen.update(target.url for target in new)
        self.run = self.run or self._start()
        if self.run:
            self.run.foresee(new)

    def complete(self, graph: index.LinkGraph) -> None:
        """Ask all the others: these are all that the site links to."""
        if self._mode == "off":
            return
        new = self._unasked(graph.targets())
        if new:
            self.run = self.run or self._start()
        if self.run:
            self.run.complete(new)

    def _unasked(self, targets: Iterable[Target]) -> list[Target]:
        return [target for target in targets if target.url not in self._left_out]

    def _start(self) -> check.Apart | check.Run | None:
        """Begin a check, unless it is off; only for this, the configuration is read once more."""
        mode = self._mode
        if mode == "off":
            return None
        return check.beside(self._settings.external, check_options(self._config, self._settings, mode))


def scope_of(settings: Settings) -> index.Scope:
    """What this site needs of the words around links."""
    return index.Scope(settings.backlinks.context, all_excerpts=bool(settings.index))

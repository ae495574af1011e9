"""External check of a build: it begins with the first page that has an external link."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks import check, index
from mkdocs_backlinks.adapter.site_source import check_options
from mkdocs_backlinks.model import PageUri, Target, Url
from mkdocs_backlinks.settings import Check, Settings


class ExternalCheck:
    """External check of one build; `run` is None until there is a target."""

    def __init__(self, config: MkDocsConfig, settings: Settings, *, serving: bool) -> None:
        self.run: check.SubprocessRun | check.CheckRun | None = None
        self._config = config
        self._settings = settings
        self._serving = serving
        self._skipped: frozenset[Url] = frozenset()
        self._submitted: set[Url] = set()

    @property
    def starts_early(self) -> bool:
        """True if pages are to be submitted; under `serve`, few of their targets need a request."""
        return not self._serving and self._mode in ("all", "new")

    @property
    def _mode(self) -> Check:
        external = self._settings.external
        return external.on_serve if self._serving else external.check

    def skip(self, urls: Iterable[Url]) -> None:
        """Leave out these URLs."""
        self._skipped = frozenset(urls)

    def submit_page(self, page: MkDocsPage, html: str, bases: Iterable[str]) -> None:
        """Start to check the external links of a page that was just converted, of a site at `bases`."""
        targets = index.external_targets(PageUri(page.file.src_uri), page.url, html, bases)
        new = self._without(targets, self._skipped | self._submitted)
        self._submitted.update(target.url for target in new)
        run = self._started(new)
        if new and run:
            run.submit(new)

    def complete(self, targets: Iterable[Target]) -> None:
        """Check all external targets of the site."""
        all_targets = self._without(targets, self._skipped)
        run = self._started(all_targets)
        if run:
            run.complete(all_targets)

    def _without(self, targets: Iterable[Target], urls: frozenset[Url]) -> list[Target]:
        return [target for target in targets if target.url not in urls]

    def _started(self, targets: list[Target]) -> check.SubprocessRun | check.CheckRun | None:
        """Return the run, which is started for the first targets unless the check is off."""
        mode = self._mode
        if self.run is None and targets and mode != "off":
            options = check_options(self._config, self._settings, mode)
            self.run = check.start_in_subprocess(self._settings.external, options)
        return self.run

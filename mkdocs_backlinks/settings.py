"""Options of a site, as frozen values with the defaults of the handbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mkdocs_backlinks.model import Severity

Check = Literal["all", "new", "locked", "off"]
"""Selects the external addresses to check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklinksSettings:
    enabled: bool = True
    context: Literal["sentence", "paragraph", "none"] = "sentence"
    open: int = 5
    limit: int = 50
    toc: bool = True
    at_headings: bool = False
    hub_share: float = 0.1
    hide_reciprocal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedSettings:
    enabled: bool = True
    limit: int = 5
    min_score: float = 0.05
    skip_linked: bool = True
    toc: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSettings:
    """`page` is the path of the page with the graph of the site; `local` adds a graph to each page."""

    page: str | None = None
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlExclusion:
    """External addresses that are not checked, up to and including the day `until` if there is one."""

    url: str
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerHostSettings:
    """`concurrency` in requests at once, `interval` in seconds between two of them."""

    concurrency: int = 4
    interval: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSettings:
    """`timeout` is in seconds for one request, `budget` in seconds for the whole run.

    `lockfile` is relative to `mkdocs.yml`. With `cache`, evidence is kept for later builds.
    """

    check: Check = "all"
    on_serve: Check = "off"
    lockfile: str | None = None
    cache: bool = True
    allow_private: tuple[str, ...] = ()
    exclude: tuple[UrlExclusion, ...] = ()
    timeout: float = 20
    budget: float = 300
    concurrency: int = 64
    per_host: PerHostSettings = PerHostSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """Path of each report, relative to `mkdocs.yml`; None for no report."""

    json: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    backlinks: BacklinksSettings = BacklinksSettings()
    related: RelatedSettings = RelatedSettings()
    graph: GraphSettings = GraphSettings()
    labels: Mapping[str, Mapping[str, str | Mapping[str, str]]] = field(default_factory=dict)
    external: ExternalSettings = ExternalSettings()
    rules: Mapping[str, Severity] = field(default_factory=dict)
    reports: ReportSettings = ReportSettings()
    index: str | None = None
    wikilinks: bool = False

"""Define the options under `backlinks:` in `mkdocs.yml`; the handbook has their docstrings."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config

from mkdocs_backlinks.adapter.option_types import (
    Exclusions,
    FilePath,
    Flag,
    LockfilePath,
    Number,
    PagePath,
    Patterns,
    Severities,
    Texts,
    Word,
    Words,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from mkdocs_backlinks.settings import Settings


class BacklinksOptions(Config):
    enabled = Flag(True)
    """Give pages a "Backlinks" section."""
    context = Word("sentence", "paragraph", "none")
    """What is shown around a link: its `sentence`, its whole `paragraph`, or `none`."""
    open = Number(5, 0, 1000)
    """Number of linking pages that are shown at once. The rest folds away."""
    limit = Number(50, 1, 10_000)
    """Number of linking pages that are listed at most. The rest is only counted."""
    toc = Flag(True)
    """Give the section an entry in the table of contents."""
    at_headings = Flag(False)
    """List at each heading the pages that link to it."""
    hub_share = Number(0.1, 0.0, 1.0)
    """Pages that link to more than this share of the site, and to more than 20 pages, do not count as
    linking pages, as they only list others. With `1` every page counts."""
    hide_reciprocal = Flag(False)
    """Leave out pages that this page links to itself."""


class RelatedOptions(Config):
    enabled = Flag(True)
    """Give pages a "Related pages" section."""
    limit = Number(5, 1, 100)
    """Number of related pages that are shown at most."""
    min_score = Number(0.05, 0.0, 1.0)
    """The least score, from 0 to 1, that a page needs. A higher value shows fewer pages."""
    skip_linked = Flag(True)
    """Leave out pages that this page links to already."""
    toc = Flag(True)
    """Give the section an entry in the table of contents."""


class GraphOptions(Config):
    page = PagePath()
    """A page with the graph of the whole site, such as `link-graph.md`. It is written for you if it does
    not exist."""
    local = Flag(False)
    """Give each page a small picture of the pages that it is linked with."""


class PerHostOptions(Config):
    concurrency = Number(4, 1, 64)
    """Number of requests that one host gets at once."""
    interval = Number(0.1, 0.0, 60.0)
    """The least time between two requests to one host, in seconds."""


class ExternalOptions(Config):
    check = Word("all", "new", "locked", "off")
    """External links to check in a build: `all` without fresh evidence in the cache, only `new` ones, or
    none. With `locked`, those in the lockfile are judged without a request, with `off`, none are."""
    on_serve = Word("off", "all", "new", "locked")
    """The same for `mkdocs serve`, where nothing fails in any case."""
    lockfile = LockfilePath()
    """The file that records what external addresses answered, such as `external.lock`. You commit it, and
    `mkdocs-backlinks lock` writes it."""
    cache = Flag(True)
    """Keep the evidence for the next build, in `.cache/plugin/backlinks/` beside `mkdocs.yml`."""
    allow_private = Texts()
    """Hosts that may have an address that is not public, such as `wiki.example.org` or `*.internal`."""
    exclude = Exclusions()
    """Addresses that are not checked, each with a reason and, if you like, the last day it holds for."""
    timeout = Number(20.0, 0.1, 600.0)
    """Longest time that one request may take, in seconds."""
    budget = Number(300.0, 1.0, 86_400.0)
    """Longest time that the check may take once all links are known, in seconds. Links without a response by
    then stay undecided.
    """
    concurrency = Number(64, 1, 512)
    """Number of requests that are made at once."""
    per_host = c.SubConfig(PerHostOptions)
    """Limits for each host."""


class ReportOptions(Config):
    json = FilePath()
    """File to write the report to, as JSON."""


class BacklinksPluginOptions(Config):
    exclude = Patterns()
    """Pages that take no part, as path patterns in the language of `.gitignore`."""
    backlinks = c.SubConfig(BacklinksOptions)
    """Section with the pages that link here."""
    related = c.SubConfig(RelatedOptions)
    """Section with pages to read next."""
    graph = c.SubConfig(GraphOptions)
    """Pictures of the links."""
    labels = Words()
    """Texts that replace the sections' own, by language."""
    external = c.SubConfig(ExternalOptions)
    """The check of links to other sites."""
    rules = Severities()
    """Severity of each rule's findings: `error` fails every build, `warn` fails a strict one, `info`
    is only printed, `ignore` is silent."""
    reports = c.SubConfig(ReportOptions)
    """Files to write the report to."""
    index = FilePath()
    """File to write the link index to, as JSON, such as `site/backlinks.json`."""
    wikilinks = Flag(False)
    """Make links of `[[Title]]` and its like."""


def settings_of(options: BacklinksPluginOptions) -> Settings:
    """Return the options as plain values; MkDocs has warned of unknown keys, which are left out."""
    # Values of the core are loaded with the first site that needs them, as in `plugin`.
    from mkdocs_backlinks import settings  # noqa: PLC0415

    external = _values(options.external, settings.ExternalSettings)
    external["per_host"] = settings.PerHostSettings(
        **_values(options.external.per_host, settings.PerHostSettings)
    )
    return settings.Settings(
        backlinks=settings.BacklinksSettings(**_values(options.backlinks, settings.BacklinksSettings)),
        related=settings.RelatedSettings(**_values(options.related, settings.RelatedSettings)),
        graph=settings.GraphSettings(**_values(options.graph, settings.GraphSettings)),
        labels=options.labels,
        external=settings.ExternalSettings(**external),
        rules=options.rules,
        reports=settings.ReportSettings(**_values(options.reports, settings.ReportSettings)),
        index=options.index,
        wikilinks=options.wikilinks,
    )


def _values(options: Config, kind: type[DataclassInstance]) -> dict[str, Any]:
    return {field.name: options[field.name] for field in fields(kind)}

"""What a site's author chose in `mkdocs.yml`, as the plain values that the core takes."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mkdocs_backlinks.settings import (
    BacklinksSettings,
    ExternalSettings,
    GraphSettings,
    PerHostSettings,
    RelatedSettings,
    ReportSettings,
    Settings,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from mkdocs.config.base import Config

    from mkdocs_backlinks.adapter.options import BacklinksPluginOptions


def settings(options: BacklinksPluginOptions) -> Settings:
    """The options as plain values; a key that is unknown has had its warning and is left behind."""
    external = _values(options.external, ExternalSettings)
    external["per_host"] = PerHostSettings(**_values(options.external.per_host, PerHostSettings))
    return Settings(
        backlinks=BacklinksSettings(**_values(options.backlinks, BacklinksSettings)),
        related=RelatedSettings(**_values(options.related, RelatedSettings)),
        graph=GraphSettings(**_values(options.graph, GraphSettings)),
        labels=options.labels,
        external=ExternalSettings(**external),
        rules=options.rules,
        reports=ReportSettings(**_values(options.reports, ReportSettings)),
        index=options.index,
        wikilinks=options.wikilinks,
    )


def _values(options: Config, kind: type[DataclassInstance]) -> dict[str, Any]:
    return {field.name: options[field.name] for field in fields(kind)}

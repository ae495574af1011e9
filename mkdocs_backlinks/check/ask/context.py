"""Values that all probes of a run share, and their jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_backlinks.check.collect import Excluded
from mkdocs_backlinks.check.history.record import Record
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.fetch.environment import Environment


class Job(NamedTuple):
    """A target, and the URL to request for it, which has no credentials."""

    target: Target
    url: Url


class JobBatch(NamedTuple):
    """Jobs in the order in which to begin; the batch that `is_last` has those of earlier batches as well."""

    jobs: Sequence[Job]
    is_last: bool


Keep = Callable[[Evidence, Mapping[str, str]], None]
"""Takes final evidence, with the header fields for a later conditional request (RFC 9110 §13.1)."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Settings and surroundings of a run; `past` has the records of earlier runs."""

    settings: ExternalSettings
    excluded: Excluded
    environment: Environment
    keep: Keep
    past: Mapping[Url, Record] = field(default_factory=dict)
    probe_https: bool = True

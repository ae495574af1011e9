"""What those who ask are told: how, what not, and what is remembered of each address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mkdocs_backlinks.check.collect import Excluded
from mkdocs_backlinks.check.history.record import Record
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings

Job = tuple[Target, Url]
"""A target and the address at which it is asked."""


class Jobs(NamedTuple):
    """Jobs that are to be done, in the order in which to begin them; the last ones `are_all` of the run, and
    have those again that have come before.
    """

    jobs: Sequence[Job]
    are_all: bool


Keep = Callable[[Evidence, Mapping[str, str]], None]
"""Takes evidence that is final, with the header fields for a later request on condition (RFC 9110 §13.1)."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """`twins` as in `RunOptions`; `past` is what earlier runs have left."""

    settings: ExternalSettings
    excluded: Excluded
    past: Mapping[Url, Record] = field(default_factory=dict)
    probe_https: bool = True

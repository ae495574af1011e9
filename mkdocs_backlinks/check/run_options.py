"""Options of one run, beside the settings of the site's author."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mkdocs_backlinks.check.own_repository import OwnRepository
from mkdocs_backlinks.model import Evidence, Verdict

Mode = Literal["all", "new", "locked"]
"""Targets to request: `all` without a fresh record, only those that are `new`, or with `locked` none."""

Judge = Callable[[Evidence], Verdict]
Progress = Callable[[Evidence], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFiles:
    """Files with the records of earlier runs: one of this machine, and one that is committed.

    The verdict of `judge` decides whether and for how long a record is kept.
    """

    judge: Judge
    cache: Path | None = None
    lockfile: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """`probe_https`: look for an `https:` address that is as good as an `http:` one.

    `progress` is called on the run's thread, once for each target, as soon as its evidence is final.
    """

    mode: Mode = "all"
    history: HistoryFiles | None = None
    repository: OwnRepository | None = None
    probe_https: bool = True
    progress: Progress | None = None


DEFAULTS = RunOptions()

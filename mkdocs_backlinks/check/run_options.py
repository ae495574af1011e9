"""On what terms a run works, beside what the site's author has set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mkdocs_backlinks.check.own_repository import OwnRepository
from mkdocs_backlinks.model import Evidence, Verdict

Mode = Literal["all", "new", "locked"]
"""What is asked: `all` that is not known for certain, only what is `new`, or with `locked` nothing."""

Judge = Callable[[Evidence], Verdict]
Progress = Callable[[Evidence], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFiles:
    """Where earlier runs have left what they know: in a file of this machine, and in one that is committed.

    What is kept, and for how long, goes by the verdict of `judge`.
    """

    judge: Judge
    cache: Path | None = None
    lockfile: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """`twins` says whether `http:` addresses are probed for an `https:` one that is as good.

    `progress` is called on the run's thread, once for each target, as soon as nothing can change what is
    known of it.
    """

    mode: Mode = "all"
    history: HistoryFiles | None = None
    repository: OwnRepository | None = None
    probe_https: bool = True
    progress: Progress | None = None


DEFAULTS = RunOptions()

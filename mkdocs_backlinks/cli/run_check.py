"""Run an external check from a command: its options, progress bar and exit code."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from mkdocs_backlinks.cli.output import CLEAN, FOUND, UNVERIFIED
from mkdocs_backlinks.model import Evidence, Report
from mkdocs_backlinks.settings import ExternalSettings, UrlExclusion

if TYPE_CHECKING:
    from mkdocs_backlinks.check import CheckRun, HistoryFiles
    from mkdocs_backlinks.index import Index
    from mkdocs_backlinks.model import Target
    from mkdocs_backlinks.settings import Settings

_DEFAULT = ExternalSettings()
_Command = TypeVar("_Command", bound=Callable[..., object])


def options(command: _Command) -> _Command:
    """Add the options that are fields of `ExternalSettings`, by their names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def begin(
    targets: Sequence[Target],
    settings: Settings,
    history: HistoryFiles | None,
    progress: Callable[[Evidence], None],
) -> CheckRun | None:
    """Start to check `targets`; None if there are none."""
    from mkdocs_backlinks import check, gate  # noqa: PLC0415

    mode = settings.external.check
    if not targets or mode == "off":
        return None
    probe_https = gate.severity("insecure_http", settings.rules) != "ignore"
    options = check.RunOptions(mode=mode, history=history, probe_https=probe_https, progress=progress)
    return check.start(targets, settings.external, options)


def finish(run: CheckRun | None, index: Index, settings: Settings) -> Report:
    """Wait for the run and judge its evidence; Ctrl-C cancels it."""
    from mkdocs_backlinks import gate  # noqa: PLC0415

    try:
        result = run.result() if run else None
        evidence, notes = (result.evidence, result.notes) if result else ((), ())
        return gate.close_external(index.graph, evidence, notes, settings, sources=index.sources)
    except KeyboardInterrupt:
        if run:
            run.cancel()
        raise


@contextmanager
def progress(total: int) -> Iterator[Callable[[Evidence], None]]:
    """Show a bar on a terminal, elsewhere one line at the end, so that a log stays short."""
    if sys.stderr.isatty():
        with click.progressbar(length=total, label="Checking", file=sys.stderr) as bar:
            yield lambda _: bar.update(1)
    else:
        yield lambda _: None
        click.echo(f"External addresses done: {total}", err=True)


def exit_code(report: Report, *, strict: bool) -> int:
    from mkdocs_backlinks.report import summarise  # noqa: PLC0415

    counts = summarise(report)
    if counts.severities["error"] or (strict and counts.severities["warn"]):
        return FOUND
    return UNVERIFIED if counts.unverified and not counts.verified else CLEAN


def _finite(_: click.Context, parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter("expected a number of seconds", param=parameter)
    return value


def _exclusions(
    _: click.Context, _parameter: click.Parameter, patterns: tuple[str, ...]
) -> tuple[UrlExclusion, ...]:
    return tuple(UrlExclusion(url=pattern, reason="--exclude") for pattern in patterns)


_SECONDS = click.FloatRange(min=0, min_open=True)
_OPTIONS = (
    click.option(
        "--timeout",
        type=_SECONDS,
        callback=_finite,
        default=_DEFAULT.timeout,
        show_default=True,
        help="Seconds for one request.",
    ),
    click.option(
        "--budget",
        type=_SECONDS,
        callback=_finite,
        default=_DEFAULT.budget,
        show_default=True,
        help="Seconds for the whole run.",
    ),
    click.option(
        "--concurrency",
        type=click.IntRange(min=1),
        default=_DEFAULT.concurrency,
        show_default=True,
        help="Requests at once.",
    ),
    click.option("--allow-private", metavar="HOST", multiple=True, help="A host that need not be public."),
    click.option(
        "--exclude",
        metavar="PATTERN",
        multiple=True,
        callback=_exclusions,
        help="Addresses to leave out; * is any text.",
    ),
)

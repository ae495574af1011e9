"""`mkdocs-backlinks check`: the external addresses of an exported index, asked and judged."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import click

from mkdocs_backlinks.cli import rule_names
from mkdocs_backlinks.cli.exit_codes import CLEAN, FOUND, UNVERIFIED
from mkdocs_backlinks.cli.output import say, write
from mkdocs_backlinks.model import Evidence, Report, Severity
from mkdocs_backlinks.settings import ExternalSettings, Settings, UrlExclusion

if TYPE_CHECKING:
    from mkdocs_backlinks.index import LinkGraph

_DEFAULT = ExternalSettings()


def _finite(_: click.Context, parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter("expected a number of seconds", param=parameter)
    return value


def _rules(_: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, Severity]:
    chosen: dict[str, Severity] = {}
    for pair in pairs:
        name, _mark, severity = pair.partition("=")
        if severity not in get_args(Severity):
            allowed = ", ".join(get_args(Severity))
            raise click.BadParameter(f"{pair!r}: expected NAME= and one of {allowed}", param=parameter)
        rule_names.known(name)
        chosen[name] = cast("Severity", severity)
    return chosen


def _exclusions(
    _: click.Context, _parameter: click.Parameter, patterns: tuple[str, ...]
) -> tuple[UrlExclusion, ...]:
    return tuple(UrlExclusion(url=pattern, reason="--exclude") for pattern in patterns)


_SECONDS = click.FloatRange(min=0, min_open=True)


@click.command()
@click.argument("index", metavar="INDEX.json", type=click.Path(path_type=Path))
@click.option(
    "--json", "json_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the report as JSON."
)
@click.option(
    "--timeout",
    type=_SECONDS,
    callback=_finite,
    default=_DEFAULT.timeout,
    show_default=True,
    help="Seconds for one request.",
)
@click.option(
    "--budget",
    type=_SECONDS,
    callback=_finite,
    default=_DEFAULT.budget,
    show_default=True,
    help="Seconds for the whole run.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    default=_DEFAULT.concurrency,
    show_default=True,
    help="Requests at once.",
)
@click.option("--allow-private", metavar="HOST", multiple=True, help="A host that need not be public.")
@click.option(
    "--exclude",
    metavar="PATTERN",
    multiple=True,
    callback=_exclusions,
    help="Addresses to leave out; * is any text.",
)
@click.option(
    "--rule", "rules", metavar="NAME=SEVERITY", multiple=True, callback=_rules, help="Severity of a rule."
)
@click.option("--strict", is_flag=True, help="Warnings count like errors.")
def check(
    index: Path,
    json_file: Path | None,
    rules: dict[str, Severity],
    *,
    strict: bool,
    **external: Any,  # noqa: ANN401 (the fields of ExternalSettings, by the names of the options)
) -> int:
    """Check the external addresses in INDEX.json, which the plugin's option `index` writes."""
    # The HTML and URL parsers are loaded by what needs them: help and usage errors come at once.
    from mkdocs_backlinks.index.export import load  # noqa: PLC0415
    from mkdocs_backlinks.report import as_json, as_text  # noqa: PLC0415

    report = _verify(load(index), Settings(external=ExternalSettings(**external), rules=rules))
    if json_file:
        write(json_file, as_json(report))
    say(as_text(report))
    return _exit_code(report, strict=strict)


def _verify(graph: LinkGraph, settings: Settings) -> Report:
    from mkdocs_backlinks import gate  # noqa: PLC0415

    with _progress(len(graph.targets())) as advance:
        run = gate.begin(graph, settings, serving=False, progress=advance)
        try:
            return gate.close(graph, run, settings, external_only=True)
        except KeyboardInterrupt:
            if run:
                run.cancel()
            raise


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Evidence], None]]:
    """A bar on a terminal; elsewhere one line at the end, so that a log stays short."""
    if sys.stderr.isatty():
        with click.progressbar(length=total, label="Checking", file=sys.stderr) as bar:
            yield lambda _: bar.update(1)
    else:
        yield lambda _: None
        click.echo(f"External addresses done: {total}", err=True)


def _exit_code(report: Report, *, strict: bool) -> int:
    from mkdocs_backlinks.report import summarise  # noqa: PLC0415

    counts = summarise(report)
    if counts.severities["error"] or (strict and counts.severities["warn"]):
        return FOUND
    return UNVERIFIED if counts.unverified and not counts.verified else CLEAN

"""`mkdocs-backlinks check`: check and judge the external links of an exported index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import click

from mkdocs_backlinks.cli import rule_names, run_check
from mkdocs_backlinks.cli.output import say, write
from mkdocs_backlinks.model import Report, Severity
from mkdocs_backlinks.settings import ExternalSettings, Settings

if TYPE_CHECKING:
    from mkdocs_backlinks.index import Index


def _rules(_: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, Severity]:
    chosen: dict[str, Severity] = {}
    for pair in pairs:
        name, _mark, severity = pair.partition("=")
        if severity not in get_args(Severity):
            allowed = ", ".join(get_args(Severity))
            raise click.BadParameter(f"{pair!r}: expected NAME= and one of {allowed}", param=parameter)
        rule_names.require_known(name)
        chosen[name] = cast("Severity", severity)
    return chosen


@click.command()
@click.argument("index", metavar="INDEX.json", type=click.Path(path_type=Path))
@click.option(
    "--json", "json_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the report as JSON."
)
@click.option(
    "--check",
    type=click.Choice(["all", "new", "locked"]),
    default="all",
    show_default=True,
    help="What to ask, as in mkdocs.yml.",
)
@click.option("--lockfile", metavar="FILE", type=click.Path(), help="Read what is known from this lockfile.")
@click.option(
    "--cache", metavar="FILE", type=click.Path(path_type=Path), help="Keep what was found out here."
)
@run_check.options
@click.option(
    "--rule", "rules", metavar="NAME=SEVERITY", multiple=True, callback=_rules, help="Severity of a rule."
)
@click.option("--strict", is_flag=True, help="Warnings count like errors.")
def check(
    index: Path,
    json_file: Path | None,
    cache: Path | None,
    rules: dict[str, Severity],
    *,
    strict: bool,
    **external: Any,  # noqa: ANN401 (the fields of ExternalSettings, by the names of the options)
) -> int:
    """Check the external addresses in INDEX.json, which the plugin's option `index` writes."""
    # The HTML and URL parsers are loaded by what needs them: help and usage errors come at once.
    from mkdocs_backlinks.index.export import load  # noqa: PLC0415
    from mkdocs_backlinks.report import as_json, as_text  # noqa: PLC0415

    if external["check"] == "locked" and external["lockfile"] is None:
        raise click.UsageError("--check locked needs --lockfile.")
    report = _verify(load(index), Settings(external=ExternalSettings(**external), rules=rules), cache)
    if json_file:
        write(json_file, as_json(report))
    say(as_text(report))
    return run_check.exit_code(report, strict=strict)


def _verify(index: Index, settings: Settings, cache: Path | None) -> Report:
    from mkdocs_backlinks.check import HistoryFiles  # noqa: PLC0415
    from mkdocs_backlinks.verdicts import verdict  # noqa: PLC0415

    lockfile = settings.external.lockfile
    history = HistoryFiles(judge=verdict, cache=cache, lockfile=Path(lockfile) if lockfile else None)
    targets = index.graph.targets()
    with run_check.progress(len(targets)) as advance:
        run = run_check.begin(targets, settings, history if cache or lockfile else None, advance)
        return run_check.finish(run, index, settings)

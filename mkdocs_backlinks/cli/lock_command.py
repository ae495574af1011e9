"""`mkdocs-backlinks lock`: update the lockfile, the longest unchecked addresses first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_backlinks.cli import run_check
from mkdocs_backlinks.cli.output import say
from mkdocs_backlinks.errors import SettingsError
from mkdocs_backlinks.settings import ExternalSettings, Settings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.history.lockfile import Lockfile
    from mkdocs_backlinks.index import Index, LinkGraph
    from mkdocs_backlinks.model import Report, Target, Url


@click.command()
@click.argument("index", metavar="INDEX.json", type=click.Path(path_type=Path))
@click.option(
    "--lockfile",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="external.lock",
    show_default=True,
    help="The file to update, or to begin.",
)
@click.option(
    "--requests",
    metavar="N",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="How many addresses to ask at most.",
)
@run_check.options
def lock(
    index: Path,
    lockfile: Path,
    requests: int,
    **external: Any,  # noqa: ANN401 (the fields of ExternalSettings, by the names of the options)
) -> int:
    """Update the lockfile with what the external addresses in INDEX.json answer now.

    What is not in it yet is asked first, then what has waited longest. What nobody links to any more is left
    out.
    """
    # The HTML and URL parsers are loaded by what needs them: help and usage errors come at once.
    from mkdocs_backlinks.check.history.lockfile import due, read  # noqa: PLC0415
    from mkdocs_backlinks.index.export import load  # noqa: PLC0415
    from mkdocs_backlinks.report import as_text  # noqa: PLC0415

    settings = Settings(external=ExternalSettings(**external, lockfile=str(lockfile)))
    links, records, now = load(index), read(lockfile), datetime.now(timezone.utc)
    linked = _linked(links.graph, settings.external, now)
    waiting = due(records, linked, len(linked), now)
    report = _update(links, settings, records, {target.url for target in linked}, waiting[:requests])
    say(as_text(report))
    requested = min(requests, len(waiting))
    say(f"Addresses asked for {lockfile}: {requested}. Left for another time: {len(waiting) - requested}.\n")
    return run_check.exit_code(report, strict=False)


def _linked(graph: LinkGraph, external: ExternalSettings, now: datetime) -> Sequence[Target]:
    """Return the targets that a lockfile may hold: requested, under the URL as the page has it."""
    from mkdocs_backlinks.check.collect import collect, exclusions  # noqa: PLC0415

    excluded = exclusions(external.exclude, now.date())
    return [target for target in graph.targets() if collect(target.url, excluded) == target.url]


def _update(
    index: Index, settings: Settings, records: Lockfile, linked: Collection[Url], due: Sequence[Url]
) -> Report:
    """Check, and write the evidence into the lockfile, even if Ctrl-C ends the check early."""
    from mkdocs_backlinks.check import HistoryFiles  # noqa: PLC0415
    from mkdocs_backlinks.check.history.lockfile import updated  # noqa: PLC0415
    from mkdocs_backlinks.verdicts import verdict  # noqa: PLC0415

    lockfile = Path(settings.external.lockfile or "")
    wanted = frozenset(due)
    targets = [target for target in index.graph.targets() if target.url in wanted]
    with run_check.progress(len(due)) as advance:
        run = run_check.begin(targets, settings, HistoryFiles(judge=verdict, lockfile=lockfile), advance)
        try:
            return run_check.finish(run, index, settings)
        finally:
            evidence = run.result().evidence if run else ()
            _write(lockfile, updated(records, linked, evidence, verdict, datetime.now(timezone.utc)))


def _write(file: Path, lock: Lockfile) -> None:
    from mkdocs_backlinks.check.history.lockfile import write  # noqa: PLC0415

    try:
        write(file, lock)
    except OSError as error:
        raise SettingsError(f"Cannot write the lockfile {file}: {error.strerror or error}.") from error

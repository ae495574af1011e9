"""Print on any terminal, write reports, and define the exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_backlinks.errors import SettingsError

CLEAN, FOUND, UNVERIFIED, MISUSED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: nothing wrong, findings, no address could be verified, wrong use, stopped by Ctrl-C."""


def say(text: str) -> None:
    """Print text of any script, also where the output cannot show it."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)


def one_line(text: str) -> str:
    """Return a text of a page on one line, so that it cannot steer a terminal or the log of a CI service."""
    # Loads the URL parser, which help and usage errors do without.
    from mkdocs_backlinks.report.printable import printable  # noqa: PLC0415

    return printable(text)


def write(path: Path, text: str) -> None:
    """Write a report; raises `SettingsError` where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"Cannot write the report {path}: {error.strerror or error}.") from error

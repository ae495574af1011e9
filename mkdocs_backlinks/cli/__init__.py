"""The command `mkdocs-backlinks`: work on an exported index, without MkDocs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from mkdocs_backlinks import __version__
from mkdocs_backlinks.cli.check_command import check
from mkdocs_backlinks.cli.explain_command import explain
from mkdocs_backlinks.cli.lock_command import lock
from mkdocs_backlinks.cli.output import CLEAN, FOUND, INTERRUPTED, MISUSED, UNVERIFIED
from mkdocs_backlinks.cli.structure_command import structure
from mkdocs_backlinks.cli.suggest_command import suggest
from mkdocs_backlinks.errors import BacklinksError

__all__ = ["CLEAN", "FOUND", "INTERRUPTED", "MISUSED", "UNVERIFIED", "command", "main", "run"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; errors go to the error stream."""
    try:
        return int(command.main(arguments, prog_name="mkdocs-backlinks", standalone_mode=False) or CLEAN)
    except click.ClickException as error:
        error.show()
    except BacklinksError as error:
        click.echo(f"Error: {error}", err=True)
    except click.Abort:
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    return MISUSED


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-backlinks")
def command() -> None:
    """Check the links of a site that was built with the backlinks plugin.

    Exit codes: 0 clean, 1 findings, 2 no address could be verified, 3 wrong use.
    """


command.add_command(check)
command.add_command(explain)
command.add_command(lock)
command.add_command(structure)
command.add_command(suggest)

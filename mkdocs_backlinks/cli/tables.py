"""Print rows as a table, JSON or CSV that no text of a page can break."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeVar

import click

from mkdocs_backlinks.model import Json

Format = Literal["table", "json", "csv"]
FORMATS = ("table", "json", "csv")
VERSION = 1

_DEFAULT_LIMIT = 50
_Command = TypeVar("_Command", bound=Callable[..., Any])

# What spreadsheets take for a formula. Source: https://owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def printing_options(limit_help: str) -> Callable[[_Command], _Command]:
    """Return the options `form` and `limit` of a command that prints rows; `limit_help` is for the limit."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print.",
    )
    limit = click.option(
        "--limit",
        type=click.IntRange(min=1),
        help=f"{limit_help}  [default: {_DEFAULT_LIMIT} in the table, else all]",
    )
    return lambda command: form(limit(command))


def most_shown(limit: int | None, form: Format) -> int | None:
    """Return how many rows are shown; None for all."""
    return limit or (_DEFAULT_LIMIT if form == "table" else None)


def as_json(document: Mapping[str, Json]) -> str:
    """Return a versioned document in ASCII, so that nothing in it can steer what shows it."""
    return json.dumps({"version": VERSION, **document}, indent=1) + "\n"


def as_csv(rows: Iterable[Mapping[str, Json]], columns: Iterable[str]) -> str:
    """Return a line for each row below the names of the columns; lists are joined with a space (RFC 4180)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    names = list(columns)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return file.getvalue()


def _cell(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _cell(" ".join(map(str, value)))
    if not isinstance(value, str):
        return str(value)
    shown = value.encode("utf-8", "replace").decode("utf-8")
    return "'" + shown if shown.startswith(_FORMULA) else shown

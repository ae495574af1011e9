"""Check the names of rules that a user gives."""

from __future__ import annotations

import difflib

import click


def require_known(name: str) -> None:
    """Raise `click.BadParameter` with the nearest name if there is no such rule."""
    # The HTML and URL parsers are loaded by what needs them: help and usage errors come at once.
    from mkdocs_backlinks.rules import NAMES  # noqa: PLC0415

    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise click.BadParameter(f"there is no rule {name!r}.{hint} All rules: {', '.join(NAMES)}")

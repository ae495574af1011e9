"""Make any text fit for one line of a log: it can neither move a cursor nor give a command."""

from __future__ import annotations

import re
import unicodedata

from mkdocs_backlinks import urls

WIDTH = 300
"""Largest number of characters of one text that are shown."""

# CI services read commands from logs: `##[command]` and `##vso[command]` anywhere in a line, `::command::`
# at its start, white space aside.
_HASHES = re.compile("#(?=#)")
_COMMAND = re.compile(r"\A(?=\s*::)")


def printable(text: str, width: int = WIDTH) -> str:
    """Return the text on one line, cut to `width`; invisible characters are escaped: `\\x1b`, `\\u202e`.

    The values of secret parameters are not shown. Invisible are control characters, line ends, marks of
    writing direction and of no width, and surrogates.
    """
    masked = urls.masked(text)
    cut = masked if len(masked) <= width else masked[: width - 1] + "…"
    return _COMMAND.sub(r"\\", _HASHES.sub("# ", "".join(map(_visible, cut))))


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    return " " if unicodedata.category(char) == "Zs" else char.encode("unicode_escape").decode("ascii")

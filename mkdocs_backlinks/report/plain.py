"""Makes any text fit for one line of a log: it can neither move a cursor nor give a command."""

from __future__ import annotations

import re
import unicodedata

from mkdocs_backlinks import urls

WIDTH = 300
"""How many characters of one text are shown."""

# CI services read commands from logs: `##[command]` and `##vso[command]` anywhere in a line, `::command::`
# at its start, white space aside.
_HASHES = re.compile("#(?=#)")
_COMMAND = re.compile(r"\A(?=\s*::)")


def plain(text: str, width: int = WIDTH) -> str:
    """The text on one line, cut to `width`; what cannot be seen is written out, as in `\\x1b` and `\\u202e`.

    The values of secret parameters are not shown. What cannot be seen is control characters, line ends,
    marks of writing direction and of no width, and surrogates.
    """
    bare = urls.masked(text)
    cut = bare if len(bare) <= width else bare[: width - 1] + "…"
    seen = cut if cut.isprintable() else "".join(map(_visible, cut))
    # Most texts hold nothing of the kind, and a report has a thousand of them.
    apart = _HASHES.sub("# ", seen) if "##" in seen else seen
    return _COMMAND.sub(r"\\", apart) if "::" in apart else apart


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    return " " if unicodedata.category(char) == "Zs" else char.encode("unicode_escape").decode("ascii")

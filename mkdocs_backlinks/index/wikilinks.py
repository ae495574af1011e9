"""A `[[wikilink]]` as a value, which is parsed from text and written as text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# What follows keeps `[[1]](address)` and `[[1]][reference]` the ordinary links that they are.
WIKILINK = r"(?P<embedded>!?)\[\[(?P<inner>[^\[\]]{1,500})\]\](?!\(|\[(?!\[))"
"""A wikilink in Markdown, as a pattern that is linear in the length of the text."""

WIKILINK_ELEMENT = "span"
"""What a wikilink that leads nowhere becomes; `data-wikilink` has what was written."""

SEPARATOR = r"\\?\|"
"""What stands between a name and its text; in a table it is escaped."""

_WRITTEN = re.compile(WIKILINK)
_SEPARATOR = re.compile(SEPARATOR)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Wikilink:
    """A wikilink as its author wrote it: `![[target|text]]`, the `!` if it is `embedded`."""

    target: str
    text: str = ""
    embedded: bool = False

    def __str__(self) -> str:
        text = "|" + _written(self.text) if self.text else ""
        target = _written(self.target).replace("|", "&#124;")
        return f"{'!' if self.embedded else ''}[[{target}{text}]]"

    def readings(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of name and heading, the likeliest first: `#` may be part of a name, as in `C#`."""
        yield self.target, ""
        for mark in reversed([match.start() for match in re.finditer("#", self.target)]):
            yield self.target[:mark].strip(), self.target[mark + 1 :].strip()


def wikilink(target: str, text: str = "", *, embedded: bool = False) -> Wikilink | None:
    """The wikilink with these parts, white space and entities set right; None without a target."""
    target = _tidy(target)
    return Wikilink(target, _tidy(text), embedded) if target.strip("#") else None


def parse(written: str) -> Wikilink | None:
    """The wikilink that a piece of Markdown source is, from its first character to its last."""
    match = _WRITTEN.fullmatch(written)
    if not match:
        return None
    target, *text = (_ESCAPED.sub(r"\1", part) for part in _SEPARATOR.split(match["inner"], maxsplit=1))
    return wikilink(target, "".join(text), embedded=bool(match["embedded"]))


def _written(text: str) -> str:
    """A text so that it means itself between the brackets."""
    if html.unescape(text) != text:
        text = text.replace("&", "&amp;")
    return text.replace("\\", "\\\\").replace("[", "&#91;").replace("]", "&#93;")


def _tidy(text: str) -> str:
    return " ".join(html.unescape(text).split())

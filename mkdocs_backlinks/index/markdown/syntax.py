"""The pieces of Markdown that decide where a link can stand and what it says, as spans and texts.

Every pattern is linear in the length of a page, hostile pages included.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_DEFINITION = re.compile(r"^[ \t>]*\[(?!\^)([^\]\n]+)\]:[ \t]*\n?[ \t]*<?([^\s>]+)>?[^\n]*$", re.MULTILINE)
_FOOTNOTE = re.compile(
    r"^[ ]{0,3}\[\^[^\]\n]+\]:[^\n]*\n?(?:[ \t]*\n?(?:[ ]{4}|\t)[^\n]*(?:\n|\Z))*", re.MULTILINE
)
_HEADING = re.compile(
    r"^[ \t>]*#{1,6}(?P<atx>[^\n]+?)#*[ \t]*$|^(?P<setext>[^\n]+)\n(?:=+|-+)[ \t]*$", re.MULTILINE
)
_PARENTHESIS = re.compile(r"\\.|[()]|\n[ \t]*\n")
_MAX_PARENTHESES = 32
_TITLE = re.compile(r"""[ ](?:"[^"]*"|'[^']*'|\([^()]*\))[ ]?\Z""")
_PLAIN = re.compile(r"[^\s\\&<>\"']*")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading as its author wrote it, `offset` characters into the source."""

    offset: int
    text: str


class Lines:
    """Turns offsets of one source into lines and columns, both from 1."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a source: the start of its text, what holds no links, and the references.

    `skipped` and `footnotes` are spans, sorted and apart; `references` are keyed by `label_key`.
    """

    start: int
    skipped: tuple[tuple[int, int], ...]
    footnotes: tuple[tuple[int, int], ...]
    references: Mapping[str, str]


def layout(source: str) -> Layout:
    start = text_start(source)
    code = list(_fences(source, start))
    matches = _DEFINITION.finditer(source, start) if "]:" in source else ()
    definitions = [match for match in matches if not covers(code, match.start())]
    return Layout(
        start,
        tuple(sorted([*code, *(match.span() for match in definitions)])),
        tuple(match.span() for match in _FOOTNOTE.finditer(source, start)) if "[^" in source else (),
        {label_key(match[1]): match[2] for match in reversed(definitions)},
    )


def titles(source: str) -> Iterator[Title]:
    """The headings of a source that are not in fenced code, in their order; the first one is soon found."""
    start = text_start(source)
    code: list[tuple[int, int]] | None = None
    for match in _HEADING.finditer(source, start):
        if code is None and _has_fence(source, start, match.start()):
            code = list(_fences(source, start))
        if not code or not covers(code, match.start()):
            yield Title(match.start(), match["atx"] or match["setext"])


def text_start(source: str) -> int:
    """Return the offset of the text behind the front matter."""
    front = _FRONT_MATTER.match(source)
    return front.end() if front else 0


def covers(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """True if one of the spans, which are sorted and apart, holds the offset."""
    index = bisect_right(spans, offset, key=itemgetter(0)) - 1 if spans else -1
    return index >= 0 and offset < spans[index][1]


def label_key(name: str) -> str:
    """A reference's label as Markdown compares it."""
    return _SPACE.sub(" ", name).strip().lower()


def link_destination(source: str, start: int) -> tuple[str, int] | None:
    """The address between the round brackets that open at `start`, without its title, and the end."""
    depth = 0
    for match in islice(_PARENTHESIS.finditer(source, start), _MAX_PARENTHESES):
        if match[0][0] == "\\":
            continue
        if match[0][0] == "\n":
            return None
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return _clean(source[start + 1 : match.start()]), match.end()
    return None


def without_tail(href: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    href = href.rstrip(".,;:!?*_~")
    while href.endswith(")") and href.count(")") > href.count("("):
        href = href[:-1].rstrip(".,;:!?*_~")
    return href


def _clean(inner: str) -> str:
    if _PLAIN.fullmatch(inner):
        return inner
    href = _TITLE.sub("", _SPACE.sub(" ", inner)).strip()
    if href.startswith("<") and href.endswith(">"):
        href = href[1:-1]
    return html.unescape(_ESCAPED.sub(r"\1", href))


def _has_fence(source: str, start: int, end: int) -> bool:
    return source.find("```", start, end) >= 0 or source.find("~~~", start, end) >= 0


def _fences(source: str, start: int) -> Iterator[tuple[int, int]]:
    """The spans of fenced code; a fence that is never closed is only a line of text."""
    if not _has_fence(source, start, len(source)):
        return
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(source, start):
        if opening is None:
            if "`" not in fence[2] or fence[1][0] == "~":
                opening = fence
        elif fence[1].startswith(opening[1]) and not fence[2].strip():
            yield opening.start(), fence.end()
            opening = None

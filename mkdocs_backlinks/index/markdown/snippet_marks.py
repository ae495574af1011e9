"""The marks of pymdownx.snippets: `--8<-- "file"`, or a list of files between two `--8<--`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SNIPPET_SIGN = "8<-"
"""No source without it takes in a snippet."""

_MARK = re.compile(r"[ \t]*(;*)-+8<-+(?:[ \t]+(\"(?:\\\"|[^\"])+\"|'(?:\\'|[^'])+'))?[ \t]*\r?")
_SECTION_MARK = re.compile(
    r"(?<![;-])-+8<-+[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([a-z][\w-]*)[ \t]*\]", re.IGNORECASE
)
_LINES = re.compile(r"(?::-?[0-9]*){1,2}(?:,-?[0-9]*(?::-?[0-9]*)?)*")
_SECTION = re.compile(r":([a-z][-_0-9a-z]*)", re.IGNORECASE)
_WEB = ("http://", "https://")
_LONGEST = 1000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SnippetMark:
    """A line, or the lines of a block, from `start` to `end` in its source, and the names that it lists."""

    start: int
    end: int
    names: tuple[str, ...]


def snippet_marks(text: str, start: int, end: int) -> Iterator[SnippetMark]:
    """The marks in a span of a text, in their order; a block that is never closed reaches to the end."""
    if text.find(SNIPPET_SIGN, start, end) < 0:
        return
    opened: int | None = None
    names: list[str] = []
    for first, last in _lines(text, start, end):
        line = text[first:last]
        mark = _MARK.fullmatch(line) if SNIPPET_SIGN in line else None
        if mark is None or mark[1]:
            if opened is not None and mark is None:
                names.append(line.strip())
        elif mark[2] is None and opened is None:
            opened, names = first, []
        elif mark[2] is None and opened is not None:
            yield SnippetMark(opened, last, tuple(names))
            opened = None
        elif opened is None:
            yield SnippetMark(first, last, (mark[2][1:-1].strip(),))
    if opened is not None:
        yield SnippetMark(opened, end, tuple(names))


def target(name: str) -> tuple[str, str]:
    """The file that a name means, and which part of it: `:3:7`, `:section` or all; no web address."""
    if not name or len(name) > _LONGEST or name.startswith(";") or name.lower().startswith(_WEB):
        return "", ""
    for colon in (match.start() for match in re.finditer(":", name)):
        part = name[colon:]
        if _LINES.fullmatch(part) or _SECTION.fullmatch(part):
            return name[:colon].strip(), part
    return name, ""


def part_spans(text: str, part: str) -> Iterator[Span]:
    """The spans of a text that a part of it means."""
    section = _SECTION.fullmatch(part)
    if section:
        yield from _section(text, section[1])
    elif part:
        yield from _line_ranges(text, part)
    else:
        yield 0, len(text)


def _section(text: str, name: str) -> Iterator[Span]:
    """The lines between the marks of a section; the marks stand in lines of their own, often in comments."""
    start: int | None = None
    for mark in _SECTION_MARK.finditer(text):
        if mark[2] != name:
            continue
        if mark[1].lower() == "end":
            if start is not None:
                yield start, max(start, text.rfind("\n", 0, mark.start()) + 1)
            return
        after = text.find("\n", mark.end()) + 1
        start = (after or len(text)) if start is None else start
    if start is not None:
        yield start, len(text)


def _line_ranges(text: str, part: str) -> Iterator[Span]:
    lines = list(_lines(text, 0, len(text)))
    for written in part[1:].split(","):
        first, _, last = written.partition(":")
        chosen = lines[_first(first, len(lines)) : _last(last, len(lines))]
        if chosen:
            yield chosen[0][0], min(chosen[-1][1] + 1, len(text))


def _first(written: str, count: int) -> int:
    number = int(written) if written.strip("-") else 0
    return max(0, count + number) if number < 0 else max(0, number - 1)


def _last(written: str, count: int) -> int:
    if not written.strip("-"):
        return count
    number = int(written)
    return max(0, count + 1 + number) if number < 0 else number


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a span, without what ends them."""
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1

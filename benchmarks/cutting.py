"""Cutting of hand-written sections and links out of Markdown, so that a ranking can be asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

GOLD = re.compile(r"(see also|related links|related topics|more information)\W*", re.IGNORECASE)
"""The headings under which authors write by hand what the ranking should find."""

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def gold_lines(markdown: str) -> set[int]:
    """Return the numbers, from 1, of the lines in sections of hand-written links, headings included."""
    numbers: set[int] = set()
    fence, level = "", 0
    for number, line in enumerate(markdown.split("\n"), 1):
        if mark := _FENCE.match(line):
            fence = "" if fence and line.strip().startswith(fence) else fence or mark[1]
        heading = None if fence else _HEADING.fullmatch(line)
        if heading and (not level or len(heading[1]) <= level):
            level = len(heading[1]) if GOLD.fullmatch(heading[2]) else 0
        if level:
            numbers.add(number)
    return numbers


def without_lines(markdown: str, numbers: set[int]) -> str:
    lines = enumerate(markdown.split("\n"), 1)
    return "\n".join(line for number, line in lines if number not in numbers)


def without_links(markdown: str, places: Iterable[tuple[int, int]]) -> str | None:
    """Return the Markdown with the links at these lines and columns, counted from 1, cut down to their text.

    None where one of them is written in a way that is not understood here.
    """
    lengths = [len(text) + 1 for text in markdown.split("\n")]
    for line, column in sorted(places, reverse=True):
        start = sum(lengths[: line - 1]) + column - 1
        cut = _bare(markdown, start)
        if cut is None:
            return None
        text, end = cut
        markdown = markdown[:start] + text + markdown[end:]
    return markdown


def _bare(markdown: str, start: int) -> tuple[str, int] | None:
    """Return the text of the link that begins at `start`, and the offset at which the link ends."""
    if markdown.startswith("[[", start):
        text, mark, _ = markdown[start + 2 :].partition("]]")
        return (text.rpartition("|")[2], start + len(text) + 4) if mark else None
    if markdown[start : start + 1] != "[":
        return None
    close = _closing(markdown, start, "[]")
    if close is None:
        return None
    pair = {"(": "()", "[": "[]"}.get(markdown[close + 1 : close + 2])
    end = _closing(markdown, close + 1, pair) if pair else close
    return (markdown[start + 1 : close], end + 1) if end is not None else None


def _closing(markdown: str, start: int, pair: str) -> int | None:
    """Return the offset at which the bracket that opens at `start` closes, whatever is nested in it."""
    depth = 0
    for place in range(start, min(len(markdown), start + 2_000)):
        if markdown[place - 1 : place] != "\\":
            depth += (markdown[place] == pair[0]) - (markdown[place] == pair[1])
        if not depth:
            return place
    return None

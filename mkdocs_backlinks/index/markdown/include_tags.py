"""The tags of mkdocs-include-markdown-plugin: `{% include-markdown "file" start="…" end="…" %}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TAG_SIGN = "{%"
"""No source without it has a tag."""

_QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
_TAG = re.compile(
    rf"\{{%\s*include(?P<markdown>-markdown)?\s+(?P<name>{_QUOTED})(?P<arguments>(?:{_QUOTED}|[^\"'%]|%(?!\}}))*)%\}}",
    re.DOTALL,
)
_ARGUMENT = re.compile(rf"([\w-]+)=(?:({_QUOTED})|(\S*))")
_ESCAPED_QUOTE = re.compile(r"\\([\"'])")
# What chooses other files, or leaves tags in a file as they are, is not followed.
_UNKNOWN = frozenset({"exclude", "order", "recursive", "encoding"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class IncludeTag:
    """A tag from `start` to `end` in its source, and what it asks for; `begin` and `stop` bound the text.

    `moves` says whether addresses count from the included file, where the author says so.
    """

    start: int
    end: int
    name: str
    begin: str | None
    stop: str | None
    moves: bool | None


def include_tags(text: str, start: int, end: int) -> Iterator[IncludeTag]:
    """The tags in a span of a text that ask for one file, read as the plugin reads them."""
    if text.find(TAG_SIGN, start, end) < 0:
        return
    for tag in _TAG.finditer(text, start, end):
        arguments = {match[1]: _value(match[2] or match[3]) for match in _ARGUMENT.finditer(tag["arguments"])}
        if _UNKNOWN.isdisjoint(arguments):
            yield IncludeTag(
                *tag.span(),
                _value(tag["name"]),
                arguments.get("start"),
                arguments.get("end"),
                _moves(arguments) if tag["markdown"] else False,
            )


def between(text: str, begin: str | None, stop: str | None) -> Iterator[Span]:
    """The spans of a text that lie between two marks, either of which may be missing."""
    if begin is None:
        end = text.find(stop) if stop else -1
        yield 0, end if end >= 0 else len(text)
    elif stop is None:
        start = text.find(begin)
        if start >= 0:
            yield start + len(begin), len(text)
    else:
        for first, last in _parts(text, begin):
            yield from _halves(text, stop, first, last)


def _parts(text: str, begin: str) -> Iterator[Span]:
    """The texts behind each of the opening marks; the whole text where there is none."""
    starts = [match.end() for match in re.finditer(re.escape(begin), text)]
    ends = [start - len(begin) for start in starts[1:]]
    yield from zip(starts, [*ends, len(text)], strict=True) if starts else [(0, len(text))]


def _halves(text: str, stop: str, first: int, last: int) -> Iterator[Span]:
    """The spans up to a closing mark, each second one left out."""
    borders = [match.span() for match in re.finditer(re.escape(stop), text[first:last])]
    starts = [first, *(first + end for _, end in borders)]
    ends = [*(first + start for start, _ in borders), last]
    yield from list(zip(starts, ends, strict=True))[::2]


def _moves(arguments: Mapping[str, str]) -> bool | None:
    given = arguments.get("rewrite-relative-urls")
    return given == "true" if given in ("true", "false") else None


def _value(written: str) -> str:
    """The value of an argument: without its quotes, escapes read as in Python's literals."""
    if written[:1] not in ("'", '"'):
        return written
    text = _ESCAPED_QUOTE.sub(r"\1", written[1:-1])
    try:
        return text.encode("latin-1", "backslashreplace").decode("unicode_escape")
    except UnicodeDecodeError:
        return text

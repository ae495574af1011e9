"""A page's Markdown with the files that it takes in, each character of it traced to where it is written.

Two ways to take in a file are understood: `--8<-- "file"` of pymdownx.snippets, and `{% include %}` and
`{% include-markdown %}` of mkdocs-include-markdown-plugin. What is not understood is left out, so that
links from there have no place, never a wrong one.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from mkdocs_backlinks.index.markdown.include_tags import IncludeTag, between, include_tags
from mkdocs_backlinks.index.markdown.snippet_marks import part_spans, snippet_marks, target
from mkdocs_backlinks.index.markdown.syntax import Lines

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text as its author wrote it.

    `path` tells it from others, `file` is its path relative to `mkdocs.yml`, or None where it lies outside.
    The relative addresses in it count from its own folder if `moved`, else from the page that takes it in.
    """

    text: str
    path: str
    file: str | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusions:
    """The ways in which pages of a site include files; the functions return None for what cannot be read.

    `docs` is the path below which the sources of the pages lie. `snippet` reads what a snippet's mark names,
    `appended` are the names of those that every page gets. `include` reads what a tag names, first argument,
    in the source with a path, second argument; `moves` says that relative addresses count from the included
    file.
    """

    docs: str = ""
    snippet: Callable[[str], SourceText | None] | None = None
    appended: tuple[str, ...] = ()
    include: Callable[[str, str], SourceText | None] | None = None
    moves: bool = True


NO_INCLUSIONS = Inclusions()

_BLANK = SourceText("\n\n", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a source."""

    source: SourceText
    start: int
    end: int


class Assembled:
    """Pieces one behind the other, and their `text` as one."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.text = "".join(piece.source.text[piece.start : piece.end] for piece in pieces)
        self._pieces = pieces
        lengths = accumulate(piece.end - piece.start for piece in pieces)
        self._starts = [0, *lengths][: len(pieces)]

    def source(self, offset: int) -> SourceText:
        """The source of a character of the text."""
        return self._pieces[self._number(offset)].source

    def place(self, offset: int) -> tuple[SourceText, int, int]:
        """The source of a character of the text, and its line and column there, from 1."""
        number = self._number(offset)
        piece = self._pieces[number]
        line, column = self._lines[piece.source.path].place(piece.start + offset - self._starts[number])
        return piece.source, line, column

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def _lines(self) -> Mapping[str, Lines]:
        sources = {piece.source.path: piece.source for piece in self._pieces}
        return {path: Lines(source.text) for path, source in sources.items()}


def assemble(page: SourceText, inclusions: Inclusions) -> Assembled:
    """The text of a page with all that it takes in."""
    return Assembled(list(_Assembly(inclusions).page(page)))


def moved(href: str, source: str, page: str) -> str:
    """An address in the Markdown of `source` as it has to be written on `page`; both are paths of files."""
    if href.startswith(("#", "/")) or ":" in href.partition("/")[0]:
        return href
    path = posixpath.join(posixpath.dirname(source), href)
    slash = "/" if href.endswith("/") else ""
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + slash


@dataclass(frozen=True, slots=True)
class _Assembly:
    """Includes files; `including` are the paths of those that are being included, the page's first."""

    inclusions: Inclusions
    including: tuple[str, ...] = ()

    def page(self, source: SourceText) -> Iterator[Piece]:
        inner = replace(self, including=(source.path,))
        yield from inner.with_tags(source, 0, len(source.text))
        for name in self.inclusions.appended:
            yield Piece(_BLANK, 0, len(_BLANK.text))
            yield from inner.snippet(name)

    def with_tags(self, source: SourceText, start: int, end: int) -> Iterator[Piece]:
        """A span in which both ways to take in a file are understood."""
        for tag in include_tags(source.text, start, end) if self.inclusions.include else ():
            yield from self.with_marks(source, start, tag.start)
            yield from self._included(tag, source)
            start = tag.end
        yield from self.with_marks(source, start, end)

    def with_marks(self, source: SourceText, start: int, end: int) -> Iterator[Piece]:
        """A span in which only snippets are; they are taken in when the tags are gone."""
        for mark in snippet_marks(source.text, start, end) if self.inclusions.snippet else ():
            yield Piece(source, start, mark.start)
            for name in mark.names:
                yield from self.snippet(name)
                yield Piece(_BLANK, 0, 1)
            start = mark.end
        yield Piece(source, start, end)

    def snippet(self, name: str) -> Iterator[Piece]:
        path, part = target(name)
        source = self.inclusions.snippet(path) if self.inclusions.snippet and path else None
        if source is not None and self._is_new(source):
            for start, end in part_spans(source.text, part):
                yield from self._inside(source).with_marks(source, start, end)

    def _included(self, tag: IncludeTag, by: SourceText) -> Iterator[Piece]:
        moves = self.inclusions.moves if tag.moves is None else tag.moves
        # Addresses that were moved once, or never, can be told; those moved half of the way cannot.
        if not (by.moved or len(self.including) == 1):
            return
        included = self.inclusions.include(tag.name, by.path) if self.inclusions.include else None
        if included is not None and self._is_new(included):
            source = replace(included, moved=moves)
            for start, end in between(source.text, tag.begin, tag.stop):
                yield from self._inside(source).with_tags(source, start, end)

    def _is_new(self, source: SourceText) -> bool:
        return source.path not in self.including and len(self.including) < _DEEPEST

    def _inside(self, source: SourceText) -> _Assembly:
        return replace(self, including=(*self.including, source.path))

"""Puts links into the sources: each stands where it was announced, and nothing else of a file changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs_backlinks.advise import sources
from mkdocs_backlinks.advise.prose import BLANK, prose
from mkdocs_backlinks.advise.sources import Source
from mkdocs_backlinks.advise.suggest import Suggestion
from mkdocs_backlinks.errors import SourceFileError
from mkdocs_backlinks.index.markdown.markdown_links import scan
from mkdocs_backlinks.index.markdown.syntax import Lines


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a suggestion: written, or why it was not."""

    suggestion: Suggestion
    refused: str = ""


def write(picked: Iterable[Suggestion], root: Path) -> tuple[Outcome, ...]:
    """Write the links that an author has picked, file by file; a file is written whole or left as it is.

    Refused is what no longer fits: text that has changed since it was read, or that has become code, a
    heading or a link; a file that is gone, cannot be written, or is not in the folder `root`.
    """
    by_file: dict[str, list[Suggestion]] = {}
    for one in picked:
        by_file.setdefault(one.place.file or "", []).append(one)
    return tuple(outcome for file, ones in by_file.items() for outcome in _write_file(file, ones, root))


def _write_file(file: str, picked: Iterable[Suggestion], root: Path) -> Iterator[Outcome]:
    outcomes = []
    try:
        source = sources.read(sources.path_below(root, file))
        # From the end, so that what is written moves nothing that is still to come.
        for one in sorted(picked, key=_position, reverse=True):
            changed = _with_link(source, one)
            outcomes.append(Outcome(one, "" if changed else "the text there has changed"))
            source = changed or source
        if any(not outcome.refused for outcome in outcomes):
            sources.write(source)
    except SourceFileError as error:
        outcomes = [Outcome(one, str(error)) for one in picked]
    yield from reversed(outcomes)


def _position(one: Suggestion) -> tuple[int, int]:
    return one.place.line or 0, one.place.column or 0


def _with_link(source: Source, one: Suggestion) -> Source | None:
    """The source with one more link, which is the suggested one; None where that would not come of it."""
    line, start = (one.place.line or 0) - 1, (one.place.column or 0) - 1
    text = one.text
    if not 0 <= line < len(source.lines) or start < 0:
        return None
    old = source.lines[line]
    plain = prose(source.text).text.split("\n")[line][start : start + len(text)]
    if not text or old[start : start + len(text)] != text or BLANK in plain:
        return None
    new = old[:start] + one.replacement + old[start + len(text) :]
    changed = replace(source, lines=(*source.lines[:line], new, *source.lines[line + 1 :]))
    added = Counter((line + 1, link.text, link.href) for link in scan(one.replacement))
    return changed if added.total() == 1 and _links(changed) == _links(source) + added else None


def _links(source: Source) -> Counter[tuple[int, str, str | None]]:
    lines = Lines(source.text)
    return Counter((lines.place(one.offset)[0], one.text, one.href) for one in scan(source.text))

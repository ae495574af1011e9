"""Writing of suggested links into the sources; nothing else of a file changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs_backlinks.advise import markdown_files
from mkdocs_backlinks.advise.markdown_files import SourceFile
from mkdocs_backlinks.advise.prose import BLANK, prose
from mkdocs_backlinks.advise.suggest import Suggestion
from mkdocs_backlinks.errors import SourceFileError
from mkdocs_backlinks.index.markdown.markdown_links import scan
from mkdocs_backlinks.index.markdown.syntax import Lines


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """Outcome of a suggestion: written, or the reason why it was refused."""

    suggestion: Suggestion
    refused: str = ""


def write(picked: Iterable[Suggestion], root: Path) -> tuple[WriteOutcome, ...]:
    """Write the links that an author has picked, file by file; a file is written whole or not at all.

    Suggestions that no longer fit are refused: text that has changed since it was read, or that has become
    code, a heading or a link; a file that is gone, cannot be written, or is not in the folder `root`.
    """
    by_file: dict[str, list[Suggestion]] = {}
    for suggestion in picked:
        by_file.setdefault(suggestion.location.file or "", []).append(suggestion)
    return tuple(outcome for file, of_file in by_file.items() for outcome in _write_file(file, of_file, root))


def _write_file(file: str, picked: Iterable[Suggestion], root: Path) -> Iterator[WriteOutcome]:
    outcomes = []
    try:
        source = markdown_files.read(markdown_files.path_below(root, file))
        # From the end, so that no link moves one that is still to be written.
        for suggestion in sorted(picked, key=_position, reverse=True):
            changed = _with_link(source, suggestion)
            outcomes.append(WriteOutcome(suggestion, "" if changed else "the text there has changed"))
            source = changed or source
        if any(not outcome.refused for outcome in outcomes):
            markdown_files.write(source)
    except SourceFileError as error:
        outcomes = [WriteOutcome(suggestion, str(error)) for suggestion in picked]
    yield from reversed(outcomes)


def _position(suggestion: Suggestion) -> tuple[int, int]:
    return suggestion.location.line or 0, suggestion.location.column or 0


def _with_link(source: SourceFile, suggestion: Suggestion) -> SourceFile | None:
    """Return the source with the suggested link added; None if that would not be the only change."""
    line, start = (number - 1 for number in _position(suggestion))
    text = suggestion.text
    if not 0 <= line < len(source.lines) or start < 0:
        return None
    old = source.lines[line]
    plain = prose(source.text).text.split("\n")[line][start : start + len(text)]
    if not text or old[start : start + len(text)] != text or BLANK in plain:
        return None
    new = old[:start] + suggestion.replacement + old[start + len(text) :]
    changed = replace(source, lines=(*source.lines[:line], new, *source.lines[line + 1 :]))
    added = Counter((line + 1, link.text, link.href) for link in scan(suggestion.replacement))
    return changed if added.total() == 1 and _links(changed) == _links(source) + added else None


def _links(source: SourceFile) -> Counter[tuple[int, str, str | None]]:
    lines = Lines(source.text)
    return Counter((lines.place(link.offset)[0], link.text, link.href) for link in scan(source.text))

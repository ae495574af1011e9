"""Source files of a site: read and write Markdown, and no file outside the folder of the project."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs_backlinks.errors import SourceFileError
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri

CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
ENDINGS = frozenset({".markdown", ".md", ".mdown", ".mkd", ".mkdn"})
"""The files that MkDocs reads as Markdown."""

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class PageMarkdown:
    """Source of a page: its `file` below the project, and the text with `\\n` for line ends."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class SiteMarkdown:
    """Sources of a site's pages, and why the missing ones cannot be read, a sentence for each."""

    by_page: Mapping[PageUri, PageMarkdown]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file: its `lines` without their ends, the `ends` of each, and whether it has a BOM."""

    path: Path
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    bom: bool

    @property
    def text(self) -> str:
        """Text with `\\n` for each line end, as MkDocs reads it."""
        return "\n".join(self.lines)

    def raw(self) -> bytes:
        """Return the file, byte for byte."""
        text = "".join(line + end for line, end in zip(self.lines, (*self.ends, ""), strict=True))
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode("utf-8")


def project_folder(index: Path) -> Path:
    """Return the nearest folder at or above the index with an `mkdocs.yml`, or else the index's own."""
    nearest = index.resolve().parent
    for folder in (nearest, *nearest.parents):
        if any((folder / name).is_file() for name in CONFIGURATIONS):
            return folder
    return nearest


def read_all(graph: LinkGraph, root: Path) -> SiteMarkdown:
    """Read the sources of all pages that have one below `root`; a shared one is that of the first page."""
    by_page: dict[PageUri, PageMarkdown] = {}
    unread: list[str] = []
    for file, uri in _pages_by_file(graph).items():
        markdown = _read_or_reason(root, file)
        if isinstance(markdown, str):
            unread.append(markdown)
        else:
            by_page[uri] = markdown
    return SiteMarkdown(by_page, tuple(unread))


def path_below(root: Path, file: str) -> Path:
    """Return the Markdown file that an index names.

    Raises `SourceFileError` when it is no Markdown or no file, or lies elsewhere by `..` or a symbolic link.
    """
    folder = root.resolve()
    try:
        path = (folder / file).resolve()
        if path.is_relative_to(folder) and path.suffix.lower() in ENDINGS and path.is_file():
            return path
    except (OSError, RuntimeError, ValueError) as error:
        raise SourceFileError(f"{file!r} is no path of a file: {error}.") from error
    raise SourceFileError(f"There is no Markdown file {file!r} in {root}.")


def read(path: Path) -> SourceFile:
    """Read a file; raises `SourceFileError` when it cannot be read or is no UTF-8."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise SourceFileError(f"Cannot read {path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SourceFileError(f"{path} is not UTF-8: {error}.") from error
    ends = tuple(_LINE_END.findall(text))
    return SourceFile(path, tuple(_LINE_END.split(text)), ends, raw.startswith(codecs.BOM_UTF8))


def write(source: SourceFile) -> None:
    """Put the new text in the place of the old one, all at once; else raises `SourceFileError`."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{source.path.name}.", dir=source.path.parent)
    except OSError as error:
        raise _not_written(source, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(source.raw())
        shutil.copymode(source.path, name)
        Path(name).replace(source.path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _not_written(source, error) from error


def _read_or_reason(root: Path, file: str) -> PageMarkdown | str:
    try:
        return PageMarkdown(file, read(path_below(root, file)).text)
    except SourceFileError as error:
        return str(error)


def _pages_by_file(graph: LinkGraph) -> Mapping[str, PageUri]:
    """Return the first page of each source."""
    pages: dict[str, PageUri] = {}
    for uri, page in graph.pages.items():
        if page.file:
            pages.setdefault(page.file, uri)
    return pages


def _not_written(source: SourceFile, error: OSError) -> SourceFileError:
    return SourceFileError(f"Cannot write {source.path}: {error.strerror or error}.")

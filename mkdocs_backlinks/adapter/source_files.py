"""Find the source files that the author of a site edits, and the paths by which they are known there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File


@dataclass(frozen=True, slots=True)
class PageSourceFile:
    """The source of a page as its author edits it; `file` is its path relative to `mkdocs.yml`."""

    path: str
    file: str

    def read(self) -> str | None:
        """Return the text as MkDocs reads it; None if the file is gone or is no text."""
        try:
            return Path(self.path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError):
            return None


@dataclass(frozen=True, slots=True)
class SourceFolders:
    """The folders of an author's files: all below `root`, pages below `docs`, and none below `copies`."""

    root: str
    docs: str
    copies: str | None

    @classmethod
    def of(cls, config: MkDocsConfig) -> SourceFolders:
        root = str(Path(config.config_file_path or "mkdocs.yml").parent)
        multirepo = config.plugins.get("multirepo")
        return cls(root, config.docs_dir, multirepo.config["temp_dir"] if multirepo else None)

    def source(self, file: File) -> PageSourceFile | None:
        """Return the page's own file, or the one below `docs` that a plugin replaced; else None."""
        own = file.abs_src_path
        if own and (relative := self.relative(own)):
            return PageSourceFile(own, relative)
        replaced = os.path.normpath(Path(self.docs, file.src_uri))
        relative = self.relative(replaced) if Path(replaced).is_file() else None
        return PageSourceFile(replaced, relative) if relative else None

    def relative(self, path: str) -> str | None:
        """Return the path relative to `mkdocs.yml`; None for files outside, and for copies from elsewhere."""
        try:
            relative = os.path.relpath(path, self.root)
        except ValueError:  # on another drive
            return None
        if relative.startswith(os.pardir):
            return None
        if self.copies is not None and Path(relative).is_relative_to(self.copies):
            return None
        return relative.replace(os.sep, "/")


def source_names(file: File) -> Iterator[str]:
    """Yield the source paths by which authors link to a file: its own, and those without its language."""
    yield file.src_uri
    # mkdocs-static-i18n takes the file of the language that it builds, or else that of the default one.
    neutral = getattr(file, "norm_src_uri", None)
    if neutral:
        yield neutral
        yield f"{getattr(file, 'locale_alternate_of', '')}/{neutral}"


def file_text(file: File) -> str | None:
    """Return the text of a page as MkDocs has it; None if it is gone or is no text."""
    try:
        return file.content_string
    except (OSError, UnicodeError):
        return None

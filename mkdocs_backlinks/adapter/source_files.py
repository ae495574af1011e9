"""The files that the author of a site edits, by the paths that they are known by there."""

from __future__ import annotations

import os
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File


@dataclass(frozen=True, slots=True)
class AuthorFile:
    """The source of a page as its author edits it: where it is, and its path relative to `mkdocs.yml`."""

    path: str
    file: str

    def stamp(self) -> Hashable:
        """What changes with the file; None where it is gone."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 (a `Path` for each page takes as long as all the rest)
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    def read(self) -> str | None:
        """The text, as MkDocs reads it; None where the file is gone or no text."""
        try:
            return Path(self.path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError):
            return None


@dataclass(frozen=True, slots=True)
class AuthorFiles:
    """Where an author's files are: below `root`, pages below `docs`, and none below `copies`."""

    root: str
    docs: str
    copies: str | None

    @classmethod
    def of(cls, config: MkDocsConfig) -> AuthorFiles:
        root = os.path.dirname(config.config_file_path or "mkdocs.yml") or os.curdir  # noqa: PTH120
        multirepo = config.plugins.get("multirepo")
        return cls(root, config.docs_dir, multirepo.config["temp_dir"] if multirepo else None)

    def source(self, file: File, before: AuthorFile | None = None) -> AuthorFile | None:
        """The page's own file, or the one that a script added to; None where neither belongs to the site.

        `before` is what the last build has found.
        """
        own = file.abs_src_path
        if before is not None and own == before.path:
            return before
        if own and (known := self.path(own)):
            return AuthorFile(own, known)
        original = os.path.normpath(os.path.join(self.docs, file.src_uri))  # noqa: PTH118
        known = self.path(original) if os.path.isfile(original) else None  # noqa: PTH113
        return AuthorFile(original, known) if known else None

    def path(self, path: str) -> str | None:
        """The path relative to `mkdocs.yml`; None for what lies outside, and for a copy from elsewhere."""
        relative = self._relative(path)
        if relative is None or relative.startswith(os.pardir):
            return None
        if self.copies is not None and Path(relative).is_relative_to(self.copies):
            return None
        return relative.replace(os.sep, "/")

    def _relative(self, path: str) -> str | None:
        if path.startswith(self.root + os.sep) and os.pardir not in path:
            return path[len(self.root) + 1 :]
        try:
            return os.path.relpath(path, self.root)
        except ValueError:  # on another drive
            return None

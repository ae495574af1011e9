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

    @classmethod
    def of(cls, file: File, config: MkDocsConfig) -> AuthorFile | None:
        """The page's own file, or the one that a script added to; None where neither belongs to the site."""
        own = file.abs_src_path
        if own and (known := author_path(own, config)):
            return cls(own, known)
        original = os.path.normpath(os.path.join(config.docs_dir, file.src_uri))  # noqa: PTH118
        known = author_path(original, config) if os.path.isfile(original) else None  # noqa: PTH113
        return cls(original, known) if known else None

    def stamp(self) -> Hashable:
        """What changes with the file; None where it is gone."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 (a `Path` for each page takes as long as all the rest)
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size


def author_path(path: Path | str, config: MkDocsConfig) -> str | None:
    """The path relative to `mkdocs.yml`; None for what lies outside, and for a copy from elsewhere."""
    root = os.path.dirname(config.config_file_path or "mkdocs.yml") or os.curdir  # noqa: PTH120
    relative = _relative(str(path), root)
    if relative is None or relative.startswith(os.pardir):
        return None
    multirepo = config.plugins.get("multirepo")
    if multirepo is not None and Path(relative).is_relative_to(multirepo.config["temp_dir"]):
        return None
    return relative.replace(os.sep, "/")


def _relative(path: str, root: str) -> str | None:
    if path.startswith(root + os.sep) and os.pardir not in path:
        return path[len(root) + 1 :]
    try:
        return os.path.relpath(path, root)
    except ValueError:  # on another drive
        return None

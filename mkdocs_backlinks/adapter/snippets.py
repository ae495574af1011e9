"""Read files that pages include, with snippets or include-markdown as configured; no URL is fetched."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_backlinks.adapter.source_files import SourceFolders
from mkdocs_backlinks.index.markdown.inclusion import Inclusions, SourceText

_SNIPPETS = "pymdownx.snippets"
# With any other value of these the tags mean something that is not followed.
_TAGS: Mapping[str, object] = {
    "opening_tag": "{%",
    "closing_tag": "%}",
    "directives": {"__default": "", "include": "include", "include-markdown": "include-markdown"},
    "exclude": [],
    "recursive": True,
    "start": None,
    "end": None,
}


def inclusions_of(config: MkDocsConfig) -> Inclusions:
    """Return the settings of the extension pymdownx.snippets and of the plugin include-markdown."""
    folders = SourceFolders.of(config)
    snippets = _Snippets.of(config, folders)
    include_markdown = config.plugins.get("include-markdown")
    tags: Mapping[str, Any] = include_markdown.config if include_markdown else {}
    has_tags = bool(tags) and all(tags.get(name, value) == value for name, value in _TAGS.items())
    return Inclusions(
        docs=Path(config.docs_dir).as_posix(),
        snippet=snippets.read if snippets else None,
        appended=snippets.appended if snippets else (),
        include=partial(_included, folders, tags["encoding"]) if has_tags else None,
        moves=bool(tags.get("rewrite_relative_urls", True)),
    )


@dataclass(frozen=True, slots=True)
class _Snippets:
    """The folders in which snippets are searched; `bases` are absolute."""

    folders: SourceFolders
    bases: Sequence[Path]
    restricted: bool
    encoding: str
    appended: tuple[str, ...]

    @classmethod
    def of(cls, config: MkDocsConfig, folders: SourceFolders) -> _Snippets | None:
        if _SNIPPETS not in config.markdown_extensions:
            return None
        chosen = config.mdx_configs.get(_SNIPPETS) or {}
        given = chosen.get("base_path", ["."])
        bases = [given] if isinstance(given, (str, os.PathLike)) else given
        return cls(
            folders,
            [_normal(Path(base).absolute()) for base in bases],  # a relative one: from where the build runs
            bool(chosen.get("restrict_base_path", True)),
            str(chosen.get("encoding", "utf-8")),
            tuple(chosen.get("auto_append", ())),
        )

    def read(self, name: str) -> SourceText | None:
        for base in self.bases:
            path = _normal(base / name)
            if path.is_relative_to(base) or not self.restricted:
                source = _source(path, self.encoding, self.folders)
                if source is not None:
                    return source
        return None


def _included(folders: SourceFolders, encoding: str, name: str, by: str) -> SourceText | None:
    folder = Path(by).parent if name.startswith(("./", "../")) else Path(folders.docs)
    return _source(_normal(folder / name), encoding, folders)


def _normal(path: Path) -> Path:
    """Return the path without `..`; symbolic links stay."""
    return Path(os.path.normpath(path))


def _source(path: Path, encoding: str, folders: SourceFolders) -> SourceText | None:
    """Return the file; None if it is missing or no text, or if no file can have such a name."""
    try:
        text = path.read_text(encoding=encoding)
    except (OSError, ValueError):
        return None
    return SourceText(text, path.as_posix(), folders.relative(str(path)))

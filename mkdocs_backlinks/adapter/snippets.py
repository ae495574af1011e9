"""How a site's pages take in other files, as its configuration has it; no address on the web is fetched."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_backlinks.adapter.source_files import AuthorFiles
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
    """What the extension pymdownx.snippets and the plugin include-markdown are told to do."""
    docs, files = Path(config.docs_dir).as_posix(), AuthorFiles.of(config)
    snippets = _Snippets.of(config, files)
    include_markdown = config.plugins.get("include-markdown")
    tags: Mapping[str, Any] = include_markdown.config if include_markdown else {}
    has_tags = bool(tags) and all(tags.get(name, value) == value for name, value in _TAGS.items())
    return Inclusions(
        docs=docs,
        snippet=snippets.read if snippets else None,
        appended=snippets.appended if snippets else (),
        include=partial(_included, files, tags["encoding"]) if has_tags else None,
        moves=bool(tags.get("rewrite_relative_urls", True)),
    )


@dataclass(frozen=True, slots=True)
class _Snippets:
    """Where snippets are looked for; `bases` are absolute."""

    files: AuthorFiles
    bases: Sequence[Path]
    restricted: bool
    encoding: str
    appended: tuple[str, ...]

    @classmethod
    def of(cls, config: MkDocsConfig, files: AuthorFiles) -> _Snippets | None:
        if _SNIPPETS not in config.markdown_extensions:
            return None
        chosen = config.mdx_configs.get(_SNIPPETS) or {}
        given = chosen.get("base_path", ["."])
        bases = [given] if isinstance(given, (str, os.PathLike)) else given
        return cls(
            files,
            [_normal(Path(base).absolute()) for base in bases],  # a relative one: from where the build runs
            bool(chosen.get("restrict_base_path", True)),
            str(chosen.get("encoding", "utf-8")),
            tuple(chosen.get("auto_append", ())),
        )

    def read(self, name: str) -> SourceText | None:
        for base in self.bases:
            path = _normal(base / name)
            if path.is_relative_to(base) or not self.restricted:
                found = _source(path, self.encoding, self.files)
                if found is not None:
                    return found
        return None


def _included(files: AuthorFiles, encoding: str, name: str, by: str) -> SourceText | None:
    folder = Path(by).parent if name.startswith(("./", "../")) else Path(files.docs)
    return _source(_normal(folder / name), encoding, files)


def _normal(path: Path) -> Path:
    """The path without `..`, and with its symbolic links as they are."""
    return Path(os.path.normpath(path))


def _source(path: Path, encoding: str, files: AuthorFiles) -> SourceText | None:
    """The file, or None where there is none, where it is no text, or where no file can have such a name."""
    try:
        text = path.read_text(encoding=encoding)
    except (OSError, ValueError):
        return None
    return SourceText(text, path.as_posix(), files.path(str(path)))

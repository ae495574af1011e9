"""Evidence on links into the site's own repository: its files are read, and its server gets no request.

A page that was added a minute ago is not on the server yet, and its "edit" link is fine all the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.read.source_fragments import judge_source
from mkdocs_backlinks.model import Evidence, Presence, Url

KINDS = frozenset({"blob", "tree", "raw", "blame", "edit", "src"})
"""Path segments of repository hosts before a branch and a path, for a file and for a folder."""

BRANCHES = frozenset({"main", "master", "HEAD"})
"""The branches that count as the working tree where `edit_uri` does not say which one does."""


def tree_root(inside: Path) -> Path | None:
    """Return the folder of the working tree that `inside` belongs to; None where there is none."""
    return next((folder for folder in (inside, *inside.parents) if (folder / ".git").exists()), None)


@dataclass(frozen=True, slots=True)
class OwnRepository:
    """The repository at `url`, of which the branches in `branches` lie in the folder `root`."""

    url: Url
    branches: frozenset[str]
    root: Path

    def evidence(self, url: Url, fragments: Collection[str]) -> Evidence | None:
        """Return evidence of the working tree on a URL; None where it has no such file."""
        rest = urls.below(url, self.url)
        steps = [step for step in (rest or "").split("/") if step and step != "-"]
        if len(steps) < 2 or steps[0] not in KINDS or steps[1] not in self.branches:
            return None
        path = self._inside(steps[2:])
        if path is None:
            return None
        return Evidence(url=url, status=200, final_url=url, via="local", fragments=_judged(path, fragments))

    def _inside(self, steps: list[str]) -> Path | None:
        """Return a file or folder of the tree; None if it is missing, or a symbolic link leads out."""
        if ".git" in steps or any(step == ".." or set(step) & set("\\:\0") for step in steps):
            return None
        root = self.root.resolve()
        try:
            path = root.joinpath(*steps).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # a name that no file can have, or a circle of links
            return None
        return path if path.is_relative_to(root) else None


def own_repository(repo_url: str | None, edit_uri: str | None, root: Path | None) -> OwnRepository | None:
    """Return the repository of MkDocs' options `repo_url` and `edit_uri`; None where they name none."""
    address = urls.parse(repo_url) if repo_url else None
    if address is None or not address.is_web or root is None:
        return None
    base = Url(address.url.rstrip("/") + "/")
    edited = urls.parse(edit_uri, base) if edit_uri else None
    rest = urls.below(edited.url, base) if edited else None
    steps = [step for step in (rest or "").split("/") if step and step != "-"]
    branches = frozenset(steps[1:2]) if steps and steps[0] in KINDS else frozenset()
    return OwnRepository(base, branches or BRANCHES, root)


def _judged(path: Path, fragments: Collection[str]) -> tuple[tuple[str, Presence], ...]:
    if not fragments:
        return ()
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    judge = judge_source(text, path.name)
    return tuple((name, judge(name) if text else "unknown") for name in sorted(fragments))

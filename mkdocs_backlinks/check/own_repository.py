"""Links into the site's own repository are answered by the files beside it, and never asked from the web.

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
"""What the hosts of repositories put before a branch and a path, for a file and for a folder."""

BRANCHES = frozenset({"main", "master", "HEAD"})
"""The branches that count as the working tree where `edit_uri` does not say which one does."""


def tree_root(inside: Path) -> Path | None:
    """The folder of the working tree that `inside` belongs to; None where there is none."""
    return next((folder for folder in (inside, *inside.parents) if (folder / ".git").exists()), None)


@dataclass(frozen=True, slots=True)
class OwnRepository:
    """The repository at `url`, of which the branches in `branches` lie in the folder `root`."""

    url: Url
    branches: frozenset[str]
    root: Path

    def evidence(self, url: Url, fragments: Collection[str]) -> Evidence | None:
        """What the working tree says of an address; None for what it does not have, or cannot know."""
        rest = urls.below(url, self.url)
        steps = [step for step in (rest or "").split("/") if step and step != "-"]
        if len(steps) < 2 or steps[0] not in KINDS or steps[1] not in self.branches:
            return None
        found = self._inside(steps[2:])
        if found is None:
            return None
        return Evidence(url=url, status=200, final_url=url, via="local", fragments=_judged(found, fragments))

    def _inside(self, steps: list[str]) -> Path | None:
        """The file or folder, if it lies in the tree whatever the steps and the links on the way say."""
        if ".git" in steps or any(step == ".." or set(step) & set("\\:\0") for step in steps):
            return None
        root = self.root.resolve()
        try:
            place = root.joinpath(*steps).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # a name that no file can have, or a circle of links
            return None
        return place if place.is_relative_to(root) else None


def own_repository(repo_url: str | None, edit_uri: str | None, root: Path | None) -> OwnRepository | None:
    """The repository that MkDocs' options `repo_url` and `edit_uri` speak of; None where they name none."""
    address = urls.parse(repo_url) if repo_url else None
    if address is None or not address.is_web or root is None:
        return None
    base = Url(address.url.rstrip("/") + "/")
    edited = urls.parse(edit_uri, base) if edit_uri else None
    rest = urls.below(edited.url, base) if edited else None
    steps = [step for step in (rest or "").split("/") if step and step != "-"]
    named = frozenset(steps[1:2]) if steps and steps[0] in KINDS else frozenset()
    return OwnRepository(base, named or BRANCHES, root)


def _judged(place: Path, fragments: Collection[str]) -> tuple[tuple[str, Presence], ...]:
    if not fragments:
        return ()
    text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
    judge = judge_source(text, place.name)
    return tuple((one, judge(one) if text else "unknown") for one in sorted(fragments))

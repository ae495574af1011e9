"""GitHub: a user, a repository, a file, an issue, a commit (https://docs.github.com/en/rest).

The token is sent to the interface alone. A file that is not found is left to the page: where a branch has a
slash in its name, nobody but GitHub can tell where the name ends.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import (
    below,
    by_status,
    in_file,
    is_own,
    parsed,
    place,
    told,
    unknown,
)
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Hop, Presence, Url

_PAGES = frozenset(
    """about account apps codespaces collections contact customer-stories dashboard enterprise events explore
    features gist issues join login logout marketplace mobile new notifications organizations orgs pricing
    pulls readme search security sessions settings signup site sponsors stars team topics trending users
    watching""".split()
)
"""Names that no user can have, as they are pages of GitHub itself."""

_FILES = ("blob", "tree", "raw", "blame", "edit")


@dataclass(frozen=True, slots=True)
class GitHub:
    hosts: ClassVar = ("github.com", "raw.githubusercontent.com")
    base: str = "https://api.github.com"
    token: str = field(default="", repr=False)

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        match place(url):
            case ("github.com", (owner,)) if owner not in _PAGES and not fragments:
                return below(self.base, "users", owner)
            case ("github.com", (owner, name, *rest)) if owner not in _PAGES:
                steps = _steps(tuple(rest), bool(fragments))
                return self._below_repository(owner, name.removesuffix(".git"), steps) if steps else None
            case ("raw.githubusercontent.com", (owner, name, ref, *path)) if path:
                return self._below_repository(owner, name, ("contents", *path, ref))
        return None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        kind = _kind(url, bool(fragments))
        if answer.status == 404 and kind in ("contents", "readme", "releases"):
            return None
        found = _renamed(url, answer) if kind == "repository" else None
        found = found or by_status(url, answer)
        return replace(found, fragments=_judged(url, answer, fragments, kind)) if found else None

    def fields(self, asked: Url) -> Mapping[str, str]:
        if not is_own(asked, self.base):
            return {}
        wants_file = "/contents/" in asked or asked.endswith("/readme")
        given = {
            "Accept": "application/vnd.github.raw+json" if wants_file else "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        return {**given, "Authorization": f"Bearer {self.token}"} if self.token else given

    def _below_repository(self, owner: str, name: str, steps: tuple[str, ...]) -> Url | None:
        if steps[0] == "contents":
            return below(self.base, "repos", owner, name, *steps[:-1], ref=steps[-1])
        return below(self.base, "repos", owner, name, *(step for step in steps if step))


def _steps(rest: tuple[str, ...], with_fragments: bool) -> tuple[str, ...]:
    """Where the interface has what stands below a repository; a `ref` comes last, no steps for nowhere."""
    steps: tuple[str, ...] = ()
    match rest:
        case ():
            steps = ("readme",) if with_fragments else ("",)
        case (kind, ref, *path) if kind in _FILES and path:
            steps = ("contents", *path, ref)
        case ("tree" | "commits" | "commit", ref):
            steps = ("commits", ref)
        case ("issues" | "pull", number) if number.isdigit() and not with_fragments:
            steps = ("issues", number)
        case ("releases", "tag", tag):
            steps = ("releases", "tags", tag)
    return steps


def _kind(url: Url, with_fragments: bool) -> str:
    host, steps = place(url)
    if host == "raw.githubusercontent.com":
        return "contents"
    if len(steps) < 2:
        return "user"
    found = _steps(steps[2:], with_fragments)
    return (found[0] or "repository") if found else ""


def _renamed(url: Url, answer: Response) -> Evidence | None:
    """A repository that has another name now: GitHub sends everyone there for good."""
    owner, name = place(url)[1][:2]
    match parsed(answer):
        case {"full_name": str(full), "html_url": str(new)} if full.lower() != f"{owner}/{name}".lower():
            if new.startswith("https://github.com/"):
                return replace(told(url, 200), hops=(Hop(url, 301),), final_url=Url(new))
    return None


def _judged(
    url: Url, answer: Response, fragments: Collection[str], kind: str
) -> tuple[tuple[str, Presence], ...]:
    if answer.status != 200 or answer.truncated or kind not in ("contents", "readme"):
        return unknown(fragments)
    return in_file(answer.body, "readme.md" if kind == "readme" else place(url)[1][-1], fragments)

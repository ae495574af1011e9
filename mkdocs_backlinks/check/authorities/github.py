"""GitHub: a user, a repository, a file, an issue, a commit (https://docs.github.com/en/rest).

The token is sent to the API alone. The page of a missing file is requested: where a branch has a slash in its
name, only GitHub knows where the name ends.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import (
    Authority,
    FragmentStates,
    below,
    in_file,
    json_object,
    known,
    split,
    unknown,
)
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Hop, Url

_PAGES = frozenset(
    """about account apps codespaces collections contact customer-stories dashboard enterprise events explore
    features gist issues join login logout marketplace mobile new notifications organizations orgs pricing
    pulls readme search security sessions settings signup site sponsors stars team topics trending users
    watching""".split()
)
"""Pages of GitHub itself, which are no names of users."""

_FILE_VIEWS = ("blob", "tree", "raw", "blame", "edit")


@dataclass(frozen=True, slots=True)
class GitHub(Authority):
    hosts: ClassVar = ("github.com", "raw.githubusercontent.com")
    base: str = "https://api.github.com"
    token: str = field(default="", repr=False)

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        match split(url):
            case ("github.com", (owner,)) if owner not in _PAGES and not fragments:
                return below(self.base, "users", owner)
            case ("github.com", (owner, name, *rest)) if owner not in _PAGES:
                resource = _resource(tuple(rest), bool(fragments))
                return self._below_repository(owner, name.removesuffix(".git"), resource)
            case ("raw.githubusercontent.com", (owner, name, ref, *path)) if path:
                return self._below_repository(owner, name, ("contents", *path, ref))
        return None

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:
        kind = _kind(url, bool(fragments))
        if response.status == 404 and kind in ("contents", "readme", "releases"):
            return None
        evidence = _renamed(url, response) if kind == "repository" else None
        evidence = evidence or Authority.evidence(self, url, response, ())
        return replace(evidence, fragments=_judged(url, response, fragments, kind)) if evidence else None

    def headers(self, request_url: Url) -> Mapping[str, str]:
        if not self.owns(request_url):
            return {}
        wants_file = "/contents/" in request_url or request_url.endswith("/readme")
        fields = {
            "Accept": "application/vnd.github.raw+json" if wants_file else "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        return {**fields, "Authorization": f"Bearer {self.token}"} if self.token else fields

    def _below_repository(self, owner: str, name: str, resource: tuple[str, ...]) -> Url | None:
        repository = (self.base, "repos", owner, name)
        if resource[:1] == ("contents",):
            return below(*repository, *resource[:-1], ref=resource[-1])
        return below(*repository, *filter(None, resource)) if resource else None


def _resource(rest: tuple[str, ...], with_fragments: bool) -> tuple[str, ...]:
    """Return the path in the API below a repository, with a `ref` at its end; empty for no resource."""
    path: tuple[str, ...] = ()
    match rest:
        case ():
            path = ("readme",) if with_fragments else ("",)
        case (kind, ref, *names) if kind in _FILE_VIEWS and names:
            path = ("contents", *names, ref)
        case ("tree" | "commits" | "commit", ref):
            path = ("commits", ref)
        case ("issues" | "pull", number) if number.isdigit() and not with_fragments:
            path = ("issues", number)
        case ("releases", "tag", tag):
            path = ("releases", "tags", tag)
    return path


def _kind(url: Url, with_fragments: bool) -> str:
    host, segments = split(url)
    if host == "raw.githubusercontent.com":
        return "contents"
    if len(segments) < 2:
        return "user"
    resource = _resource(segments[2:], with_fragments)
    return (resource[0] or "repository") if resource else ""


def _renamed(url: Url, response: Response) -> Evidence | None:
    """Return the evidence on a repository with a new name, to which GitHub redirects permanently."""
    owner, name = split(url)[1][:2]
    match json_object(response):
        case {"full_name": str(full), "html_url": str(new)} if full.lower() != f"{owner}/{name}".lower():
            if new.startswith("https://github.com/"):
                return replace(known(url, 200), hops=(Hop(url, 301),), final_url=Url(new))
    return None


def _judged(url: Url, response: Response, fragments: Collection[str], kind: str) -> FragmentStates:
    if response.status != 200 or response.truncated or kind not in ("contents", "readme"):
        return unknown(fragments)
    return in_file(response.body, "readme.md" if kind == "readme" else split(url)[1][-1], fragments)

"""GitLab: a project, a file, an issue, a commit (https://docs.gitlab.com/api/rest/).

The token is sent to the API alone. After a 404 the page is requested where the address may mean something
else: a group instead of a project, a branch with a slash in its name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, in_file, split
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


@dataclass(frozen=True, slots=True)
class GitLab(Authority):
    hosts: ClassVar = ("gitlab.com",)
    base: str = "https://gitlab.com/api/v4"
    token: str = field(default="", repr=False)

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        host, segments = split(url)
        project, rest = _project(segments)
        if host not in self.hosts or len(project) < 2:
            return None
        resource = _resource(rest, bool(fragments))
        if resource is None:
            return None
        path, parameters = resource
        return below(self.base, "projects", "/".join(project), *path, **parameters)

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:
        _, rest = _project(split(url)[1])
        if response.status == 404 and rest[:1] not in (("issues",), ("merge_requests",), ("commit",)):
            return None
        evidence = Authority.evidence(self, url, response, fragments)
        if evidence is None or not fragments or response.truncated:
            return evidence
        return replace(evidence, fragments=in_file(response.body, rest[-1], fragments))

    def headers(self, request_url: Url) -> Mapping[str, str]:
        return {"PRIVATE-TOKEN": self.token} if self.token and self.owns(request_url) else {}


def _project(segments: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of groups and project, and the segments behind the `-` that ends them."""
    if "-" not in segments:
        return segments, ()
    end = segments.index("-")
    return segments[:end], segments[end + 1 :]


def _resource(
    rest: tuple[str, ...], with_fragments: bool
) -> tuple[tuple[str, ...], Mapping[str, str]] | None:
    """Return the path and the parameters in the API of a resource of a project; None for no resource.

    Fragments of anything but a file are left to the page.
    """
    path: tuple[str, ...] | None = None
    parameters: Mapping[str, str] = {}
    match rest:
        case ("blob" | "raw" | "blame", ref, *names) if names:
            path, parameters = ("repository", "files", "/".join(names), "raw"), {"ref": ref}
        case _ if with_fragments:
            pass
        case ():
            path = ()
        case ("tree", ref, *names):
            path = ("repository", "tree")
            parameters = {"ref": ref, "path": "/".join(names), "per_page": "1"}
        case ("issues" | "merge_requests" as kind, number) if number.isdigit():
            path = (kind, number)
        case ("commit", sha):
            path = ("repository", "commits", sha)
    return None if path is None else (path, parameters)

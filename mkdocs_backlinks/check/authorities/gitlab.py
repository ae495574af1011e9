"""GitLab: a project, a file, an issue, a commit (https://docs.gitlab.com/api/rest/).

The token is sent to the interface alone. What is not found is left to the page where it may be something
else than it seems: a group instead of a project, a branch with a slash in its name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from mkdocs_backlinks.check.authorities.authority import below, by_status, in_file, is_own, place
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


@dataclass(frozen=True, slots=True)
class GitLab:
    base: str = "https://gitlab.com/api/v4"
    host: str = "gitlab.com"
    token: str = field(default="", repr=False)

    @property
    def hosts(self) -> tuple[str, ...]:
        return (self.host,)

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        host, steps = place(url)
        project, rest = _split(steps)
        if host != self.host or len(project) < 2:
            return None
        asked = _asked(rest, bool(fragments))
        return below(self.base, "projects", "/".join(project), *asked[0], **asked[1]) if asked else None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        _, rest = _split(place(url)[1])
        if answer.status == 404 and rest[:1] not in (("issues",), ("merge_requests",), ("commit",)):
            return None
        found = by_status(url, answer, fragments)
        if found is None or not fragments or answer.truncated:
            return found
        return replace(found, fragments=in_file(answer.body, rest[-1], fragments))

    def fields(self, asked: Url) -> Mapping[str, str]:
        return {"PRIVATE-TOKEN": self.token} if self.token and is_own(asked, self.base) else {}


def _split(steps: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of groups and project, and what stands behind the `-` that ends them."""
    if "-" not in steps:
        return steps, ()
    end = steps.index("-")
    return steps[:end], steps[end + 1 :]


def _asked(rest: tuple[str, ...], with_fragments: bool) -> tuple[tuple[str, ...], Mapping[str, str]] | None:
    """Where the interface has what stands below a project, and with which parameters; None for nowhere.

    The page is asked for the fragments of all but files.
    """
    steps: tuple[str, ...] | None = None
    parameters: Mapping[str, str] = {}
    match rest:
        case ("blob" | "raw" | "blame", ref, *path) if path:
            steps, parameters = ("repository", "files", "/".join(path), "raw"), {"ref": ref}
        case _ if with_fragments:
            pass
        case ():
            steps = ()
        case ("tree", ref, *path):
            listed = {"ref": ref, "path": "/".join(path), "per_page": "1"}
            steps, parameters = ("repository", "tree"), listed
        case ("issues" | "merge_requests" as kind, number) if number.isdigit():
            steps = (kind, number)
        case ("commit", sha):
            steps = ("repository", "commits", sha)
    return None if steps is None else (steps, parameters)

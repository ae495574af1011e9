"""PyPI: a project, or one version of it, by the JSON interface (https://docs.pypi.org/api/json/)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, by_status, place
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Presence, Url

_TABS = frozenset({"description", "history", "files", "data"})
"""The tabs of a project's page, which is behind a wall; what its description holds nobody can know."""


@dataclass(frozen=True, slots=True)
class PyPI:
    hosts: ClassVar = ("pypi.org", "pypi.python.org")
    base: str = "https://pypi.org/pypi"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        match place(url):
            case ("pypi.org", ("project", name)) | ("pypi.python.org", ("pypi", name)):
                return below(self.base, name, "json")
            case ("pypi.org", ("project", name, version)):
                return below(self.base, name, version, "json")
        return None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        found = by_status(url, answer)
        return replace(found, fragments=tuple(map(_tab, sorted(fragments)))) if found else None

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}


def _tab(fragment: str) -> tuple[str, Presence]:
    return fragment, "present" if fragment in _TABS else "unknown"

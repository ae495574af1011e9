"""PyPI: a project, or one version of it, by the JSON API (https://docs.pypi.org/api/json/)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, split
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Presence, Url

_TABS = frozenset({"description", "history", "files", "data"})
"""Tabs of a project's page, which is behind a wall, so that the anchors of its description are unknown."""


@dataclass(frozen=True, slots=True)
class PyPI(Authority):
    hosts: ClassVar = ("pypi.org", "pypi.python.org")
    base: str = "https://pypi.org/pypi"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        match split(url):
            case ("pypi.org", ("project", name)) | ("pypi.python.org", ("pypi", name)):
                return below(self.base, name, "json")
            case ("pypi.org", ("project", name, version)):
                return below(self.base, name, version, "json")
        return None

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:
        evidence = Authority.evidence(self, url, response, ())
        return replace(evidence, fragments=tuple(map(_tab, sorted(fragments)))) if evidence else None


def _tab(fragment: str) -> tuple[str, Presence]:
    return fragment, "present" if fragment in _TABS else "unknown"

"""Docker Hub: a repository (https://docs.docker.com/reference/api/hub/latest/)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, by_status, place
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


@dataclass(frozen=True, slots=True)
class DockerHub:
    hosts: ClassVar = ("hub.docker.com",)
    base: str = "https://hub.docker.com/v2"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        match place(url):
            case ("hub.docker.com", ("r", owner, name, *_)):
                return below(self.base, "namespaces", owner, "repositories", name)
            case ("hub.docker.com", ("_", name, *_)):
                return below(self.base, "namespaces", "library", "repositories", name)
        return None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        return by_status(url, answer, fragments)

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}

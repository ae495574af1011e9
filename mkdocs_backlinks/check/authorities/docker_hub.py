"""Docker Hub: a repository (https://docs.docker.com/reference/api/hub/latest/)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, split
from mkdocs_backlinks.model import Url


@dataclass(frozen=True, slots=True)
class DockerHub(Authority):
    hosts: ClassVar = ("hub.docker.com",)
    base: str = "https://hub.docker.com/v2"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        match split(url):
            case ("hub.docker.com", ("r", owner, name, *_)):
                return below(self.base, "namespaces", owner, "repositories", name)
            case ("hub.docker.com", ("_", name, *_)):
                return below(self.base, "namespaces", "library", "repositories", name)
        return None

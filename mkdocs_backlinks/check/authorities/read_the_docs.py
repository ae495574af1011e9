"""Read the Docs: the page about a project (https://docs.readthedocs.com/platform/stable/api/v3.html).

The documentation itself is asked as it is: its pages answer programs, and the interface allows five
questions a minute.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import by_status, place
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.urls import encode_path, normalise


@dataclass(frozen=True, slots=True)
class ReadTheDocs:
    hosts: ClassVar = ("readthedocs.org", "app.readthedocs.org")
    base: str = "https://app.readthedocs.org/api/v3"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        match place(url):
            case ("readthedocs.org" | "app.readthedocs.org", ("projects", slug)) if not fragments:
                return normalise(f"{self.base}/projects/{encode_path(slug)}/")
        return None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        return by_status(url, answer)

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}

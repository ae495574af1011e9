"""Read the Docs: the page about a project (https://docs.readthedocs.com/platform/stable/api/v3.html).

The pages of the documentation are requested themselves: they answer programs, and the API allows five
requests a minute.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, split
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.urls import encode_path, normalise


@dataclass(frozen=True, slots=True)
class ReadTheDocs(Authority):
    hosts: ClassVar = ("readthedocs.org", "app.readthedocs.org")
    base: str = "https://app.readthedocs.org/api/v3"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        match split(url):
            case ("readthedocs.org" | "app.readthedocs.org", ("projects", slug)) if not fragments:
                return normalise(f"{self.base}/projects/{encode_path(slug)}/")
        return None

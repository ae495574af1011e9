"""crates.io: a crate, or one version of it (https://crates.io/data-access#api)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, split
from mkdocs_backlinks.model import Url


@dataclass(frozen=True, slots=True)
class Crates(Authority):
    hosts: ClassVar = ("crates.io",)
    base: str = "https://crates.io/api/v1"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        match split(url):
            case ("crates.io", ("crates", _) | ("crates", _, _) as segments) if not fragments:
                return below(self.base, *segments)
        return None

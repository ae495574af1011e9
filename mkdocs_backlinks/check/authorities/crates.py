"""crates.io: a crate, or one version of it (https://crates.io/data-access#api)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, by_status, place
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


@dataclass(frozen=True, slots=True)
class Crates:
    hosts: ClassVar = ("crates.io",)
    base: str = "https://crates.io/api/v1"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        if fragments:
            return None
        match place(url):
            case ("crates.io", ("crates", name)):
                return below(self.base, "crates", name)
            case ("crates.io", ("crates", name, version)):
                return below(self.base, "crates", name, version)
        return None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        return by_status(url, answer)

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}

"""npm: a package, or one version of it, by the registry (https://github.com/npm/registry)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, by_status, is_own, place
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


@dataclass(frozen=True, slots=True)
class Npm:
    hosts: ClassVar = ("npmjs.com",)
    base: str = "https://registry.npmjs.org"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        host, steps = place(url)
        if host != "npmjs.com" or steps[:1] != ("package",):
            return None
        match _scoped(steps[1:]):
            case (name,):
                return below(self.base, name)
            case (name, "v", version):
                return below(self.base, name, version)
        return None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        return by_status(url, answer, fragments)

    def fields(self, asked: Url) -> Mapping[str, str]:
        """The short form of a package's record, which may be very long otherwise."""
        return {"Accept": "application/vnd.npm.install-v1+json"} if is_own(asked, self.base) else {}


def _scoped(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The steps with a scope and the name in it as one: `@babel/core`."""
    return (f"{steps[0]}/{steps[1]}", *steps[2:]) if len(steps) > 1 and steps[0].startswith("@") else steps

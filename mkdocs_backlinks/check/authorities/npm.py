"""npm: a package, or one version of it, by the registry (https://github.com/npm/registry)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, split
from mkdocs_backlinks.model import Url


@dataclass(frozen=True, slots=True)
class Npm(Authority):
    hosts: ClassVar = ("npmjs.com",)
    base: str = "https://registry.npmjs.org"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        host, segments = split(url)
        if host != "npmjs.com" or segments[:1] != ("package",):
            return None
        match _with_scope(segments[1:]):
            case (name,):
                return below(self.base, name)
            case (name, "v", version):
                return below(self.base, name, version)
        return None

    def headers(self, request_url: Url) -> Mapping[str, str]:
        """Ask for the short form of a package's record, which may be very long otherwise."""
        return {"Accept": "application/vnd.npm.install-v1+json"} if self.owns(request_url) else {}


def _with_scope(segments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the segments with a scope and its name as one: `@babel/core`."""
    if len(segments) > 1 and segments[0].startswith("@"):
        return (f"{segments[0]}/{segments[1]}", *segments[2:])
    return segments

"""DOI: whether a name is registered, by the handle API (https://www.doi.org/doi-handbook/HTML/).

A DOI redirects to its publisher, and publishers turn programs away more than any other host.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, json_object, known, split
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url

_REGISTERED, _UNKNOWN = 1, 100
"""Response codes of the handle system: success, and handle not found."""


@dataclass(frozen=True, slots=True)
class Doi(Authority):
    hosts: ClassVar = ("doi.org", "dx.doi.org")
    base: str = "https://doi.org/api/handles"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        host, segments = split(url)
        if host not in self.hosts or len(segments) < 2 or not segments[0].startswith("10."):
            return None
        return below(self.base, segments[0], "/".join(segments[1:]), type="URL")

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:
        # An unregistered name comes with the status 404 and the same kind of body.
        body = json_object(replace(response, status=200)) if response.status in (200, 404) else None
        match body:
            case {"responseCode": code} if code == _REGISTERED:
                return known(url, 200, fragments)
            case {"responseCode": code} if code == _UNKNOWN:
                return known(url, 404)
        return None

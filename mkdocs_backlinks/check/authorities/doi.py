"""DOI: whether a name is registered, by the handle interface (https://www.doi.org/doi-handbook/HTML/).

What it leads to is the publisher's, and publishers turn programs away more than anybody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, parsed, place, told
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url

_REGISTERED, _UNKNOWN = 1, 100
"""Response codes of the handle system: success, and handle not found."""


@dataclass(frozen=True, slots=True)
class Doi:
    hosts: ClassVar = ("doi.org", "dx.doi.org")
    base: str = "https://doi.org/api/handles"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        host, steps = place(url)
        if host not in ("doi.org", "dx.doi.org") or len(steps) < 2 or not steps[0].startswith("10."):
            return None
        return below(self.base, steps[0], "/".join(steps[1:]), type="URL")

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        # A name that is not registered comes with the status 404 and the same kind of body.
        found = parsed(replace(answer, status=200)) if answer.status in (200, 404) else None
        match found:
            case {"responseCode": code} if code == _REGISTERED:
                return told(url, 200, fragments)
            case {"responseCode": code} if code == _UNKNOWN:
                return told(url, 404)
        return None

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}

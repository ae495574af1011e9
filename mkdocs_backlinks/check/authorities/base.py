"""The base of all authorities, and the helpers that they share to read addresses and responses."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, unquote

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.read.source_fragments import judge_source
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Presence, Url

FragmentStates = tuple[tuple[str, Presence], ...]


@dataclass(frozen=True, slots=True)
class Authority(ABC):
    """Knows for the addresses of `hosts` whether they exist, by its API below `base`.

    Hosts are names without `www.`, or `*.example.org` for all below one.
    """

    base: str
    hosts: ClassVar[tuple[str, ...]]

    @abstractmethod
    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        """Return the URL to request in place of `url`, or None where the page must be requested.

        An authority that cannot judge `fragments` leaves `url` to a page that can.
        """

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:
        """Return the evidence on `url` in a response: 200 and 404 are facts, any other status is none."""
        return known(url, response.status, fragments) if response.status in (200, 404) else None

    def headers(self, request_url: Url) -> Mapping[str, str]:  # noqa: ARG002
        """Return the header fields for a URL; none for a URL that is not the authority's own."""
        return {}

    def owns(self, request_url: Url) -> bool:
        """Return True for a URL of the API: of the same origin, and below its path."""
        return request_url.startswith(f"{self.base}/")


def split(url: Url) -> tuple[str, tuple[str, ...]]:
    """Return the host without `www.`, and the decoded segments of the path; no host for another scheme."""
    if not url.startswith(("http://", "https://")):
        return "", ()
    segments = tuple(unquote(segment) for segment in urls.path_of(url).split("/") if segment)
    return urls.host_of(url).removeprefix("www."), segments


def parameter(url: Url, name: str) -> str:
    """Return one value of the query, decoded; empty where there is none."""
    return parse_qs(url.partition("?")[2]).get(name, [""])[0]


def below(base: str, *segments: str, **parameters: str) -> Url | None:
    """Return a URL of an API: each segment is one segment, whatever characters it has."""
    path = "/".join(quote(segment, safe="") for segment in segments)
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    return urls.normalise(f"{base}/{path}" + (f"?{query}" if query else ""))


def known(url: Url, status: int | None, fragments: Collection[str] = ()) -> Evidence:
    """Return evidence as if the page had answered with this status, on its fragments nothing."""
    return Evidence(url=url, status=status, final_url=url, via="authority", fragments=unknown(fragments))


def unknown(fragments: Collection[str]) -> FragmentStates:
    """Return the fragments, all of them unknown."""
    return tuple((name, "unknown") for name in sorted(fragments))


def in_file(text: bytes, path: str, fragments: Collection[str]) -> FragmentStates:
    """Return the presence of lines and headings in a file of a repository."""
    judge = judge_source(text.decode("utf-8", "replace"), path)
    return tuple((name, judge(name)) for name in sorted(fragments))


def json_object(response: Response) -> dict[str, Any] | None:
    """Return the JSON object of a complete response with status 200, else None."""
    if response.status != 200 or response.truncated:
        return None
    try:
        value = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None

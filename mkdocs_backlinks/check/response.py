"""Responses to requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mkdocs_backlinks.model import Failure, Hop, Url

Stage = Literal["name", "connect", "exchange"]
"""Progress of a request: looking up the host's name, connecting, or talking to the server."""

Method = Literal["GET", "HEAD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Facts about one URL; exactly one of `status`, `failure` and `skipped` is set.

    `url` is the URL of the last request. `stage` is where a failure happened. `skipped` is the author's
    reason not to follow a redirect. `fragment` is the one that redirects put in the place of the
    link's own, None where it is inherited (RFC 9110 §10.2.2).

    `headers` have lower-case names, at most 100 of them with 8 kB each; fields of one name are joined by
    `, `, those of `set-cookie` by a line feed. `body` is decompressed, at most 2 MB, and empty for what is
    neither HTML, XML, JSON, plain text nor PDF; `truncated` says that there was more of it. Headers, body
    and detail are hostile.
    """

    url: Url
    status: int | None = None
    failure: Failure | None = None
    skipped: str | None = None
    stage: Stage | None = None
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    truncated: bool = False
    method: Method = "GET"
    hops: tuple[Hop, ...] = ()
    fragment: str | None = None

    @property
    def location(self) -> str | None:
        return self.headers.get("location")

    @property
    def retry_after(self) -> str | None:
        return self.headers.get("retry-after")

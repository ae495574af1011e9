"""Requests, and probes: coroutines that await requests and get responses from the scheduler."""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from mkdocs_backlinks.check.response import Method, Response
from mkdocs_backlinks.model import Url

MAX_RETRIES = 3

SNIFF_BYTES = 64 * 1024
"""Bytes of a text that show what kind of page it is."""

FULL_BYTES = 2 * 1024 * 1024
"""Bytes of a text that is searched for anchors or read as data."""

UNCONDITIONAL: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """Options of a request: `timeout` in seconds, `retries` after passing trouble, `max_body` in bytes.

    `max_body` limits a text once it is decompressed; with 0 no body is read.
    """

    timeout: float
    retries: int = MAX_RETRIES
    max_body: int = SNIFF_BYTES
    method: Method = "GET"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `cookies` is the value of the field `Cookie`, empty for none.

    `conditions` are the fields of RFC 9110 §13.1, for a page that has a record.
    """

    url: Url
    options: RequestOptions
    cookies: str = ""
    conditions: Mapping[str, str] = field(default_factory=lambda: UNCONDITIONAL)

    def __await__(self) -> Generator[Request, Response, Response]:
        return (yield self)


@dataclass(frozen=True, slots=True)
class FollowUpTurn:
    """Awaited by a probe to go on when each request of the run had a response, retries left aside.

    It goes on at `not_before` on the clock of the run at the earliest.
    """

    not_before: float = 0.0

    def __await__(self) -> Generator[FollowUpTurn, Any, None]:
        yield self


Probe = Coroutine["Request | FollowUpTurn", Response, None]
"""A coroutine that awaits requests and turns only, so that it needs no task: twenty thousand can wait."""


class Transport(Protocol):
    """Sends one request. Trouble on the network is a `Response`, never an exception."""

    async def send(self, request: Request) -> Response: ...


def advance(
    probe: Coroutine[Any, Any, Any], response: Response | None = None
) -> Request | FollowUpTurn | None:
    """Continue a probe, with None to start it, and return what it awaits next; None when it has ended."""
    try:
        awaited = probe.send(response)
    except StopIteration:
        return None
    if not isinstance(awaited, Request | FollowUpTurn):
        raise TypeError(f"a probe awaits requests only, not {type(awaited).__name__}")
    return awaited

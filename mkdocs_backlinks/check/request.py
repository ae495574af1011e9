"""What a story asks the scheduler for: awaiting a `Request` gives its `Response`, whenever that may be."""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from mkdocs_backlinks.check.response import Method, Response
from mkdocs_backlinks.model import Url

MAX_RETRIES = 3
"""How often a request is repeated at most."""

MB = 1024 * 1024

SNIFF_BYTES = 64 * 1024
"""Bytes of a text that show what kind of page it is."""

FULL_BYTES = 2 * MB
"""Bytes of a text that somebody looks for something in."""


UNCONDITIONAL: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """How an address is asked.

    `seconds` are for one request, `again` is how often it may be repeated after passing trouble, and
    `body` how many bytes of a text are wanted, once they are decompressed.
    """

    timeout: float
    retries: int = MAX_RETRIES
    max_body: int = SNIFF_BYTES
    method: Method = "GET"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `cookies` is the value of the field `Cookie`, empty for none.

    `conditions` are the fields of RFC 9110 §13.1, for a page that is known from before.
    """

    url: Url
    options: RequestOptions
    cookies: str = ""
    conditions: Mapping[str, str] = field(default_factory=lambda: UNCONDITIONAL)

    def __await__(self) -> Generator[Request, Response, Response]:
        return (yield self)


Probe = Coroutine[Request, Response, None]
"""What is told of one target. It awaits questions and nothing else, so it needs no task of its own:
twenty thousand of them can wait for their hosts."""


class Transport(Protocol):
    """Sends one request. What goes wrong out there is a `Response`, never an exception."""

    async def send(self, request: Request) -> Response: ...


def advance(probe: Coroutine[Any, Any, Any], response: Response | None) -> Request | None:
    """Go on with a story that was given an answer (None to begin it); None when it has ended."""
    try:
        request = probe.send(response)
    except StopIteration:
        return None
    if not isinstance(request, Request):
        raise TypeError(f"a probe awaits requests only, not {type(request).__name__}")
    return request

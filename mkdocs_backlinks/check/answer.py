"""What one request brought to light, and the one method that every layer of the fetching stack has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from mkdocs_backlinks.model import Failure, Hop, Url

Stage = Literal["name", "connect", "exchange"]
"""How far a request got: looking up the host's name, connecting, or talking to the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The facts about one address; exactly one of `status` and `failure` is set.

    `url` is the address that was asked last. `stage` is where a failure happened. `location` and
    `retry_after` are header fields as the server sent them: hostile text, like `detail`.
    """

    url: Url
    status: int | None = None
    failure: Failure | None = None
    stage: Stage | None = None
    detail: str = ""
    location: str | None = None
    retry_after: str | None = None
    hops: tuple[Hop, ...] = ()


class Fetcher(Protocol):
    """Asks one address. What goes wrong out there is an `Answer`, never an exception."""

    async def fetch(self, url: Url) -> Answer: ...

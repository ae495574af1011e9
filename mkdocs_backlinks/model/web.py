"""Evidence about external URLs, and the names of the verdicts on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mkdocs_backlinks.model.links import Link, Url

Failure = Literal[
    "malformed",
    "unknown_host",
    "non_public",
    "forbidden_port",
    "tls",
    "timeout",
    "connection",
    "too_many_redirects",
    "offline",
    "deferred",
    "unlocked",
]
Verdict = Literal[
    "ok",
    "moved",
    "redirected",
    "broken",
    "anchor_missing",
    "blocked",
    "deferred",
    "unavailable",
    "insecure",
    "suspect",
    "unsafe",
    "unverifiable",
    "skipped",
]
Presence = Literal["present", "absent", "unknown"]
"""Presence of an anchor on a page; `unknown` where its scripts would have to run."""

Via = Literal["network", "cache", "lock", "authority", "local", "static"]
"""The origin of evidence: a request now, the cache of this machine, the lockfile, an authority, the working
tree, or the URL alone."""


@dataclass(frozen=True, slots=True)
class Target:
    """One external address with every link that uses it."""

    url: Url
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the address that was asked and the status that it answered."""

    url: Url
    status: int


@dataclass(frozen=True, slots=True)
class Streak:
    """The history of a URL that fails now.

    `runs` counts the runs that failed in a row, this one included, `days` the full days since the first of
    them. `was_fine` is True if the URL answered well before.
    """

    runs: int
    days: int
    was_fine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Facts about one external URL, no opinion.

    Exactly one of `status`, `failure` and `skipped` is set. `checked_at` is UTC in ISO 8601 to the
    second. `https` says, for an `http:` address that answered, whether the same address answers over TLS.

    `attempts` counts how often the address was asked in this run, `method` is how it was asked last.
    `control` says whether another request to the same host worked, and is None where none was made. `wall`
    names what turned the program away, `parked` what shows that the domain is for sale; both by their entry
    in the tables of known pages. `fragments` are those that links use, percent-encoded as in `Link`.

    `origin` is what `via` was in the run that asked, for evidence that is remembered.
    """

    url: Url
    status: int | None = None
    failure: Failure | None = None
    skipped: str | None = None
    detail: str = ""
    hops: tuple[Hop, ...] = ()
    final_url: Url | None = None
    https: bool | None = None
    checked_at: str | None = None
    via: Via = "network"
    origin: Via | None = None
    attempts: int = 1
    control: bool | None = None
    method: str = "GET"
    wall: str | None = None
    parked: str | None = None
    fragments: tuple[tuple[str, Presence], ...] = ()
    streak: Streak | None = None

    @property
    def found_via(self) -> Via:
        """The origin of the facts, in this run or in an earlier one."""
        return self.origin or self.via

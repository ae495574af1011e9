"""Answers become evidence: dated, and with no text in it that could steer a terminal."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache

from mkdocs_backlinks.check.read.fragments import look_for, wanted
from mkdocs_backlinks.check.read.walls import recognise
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Target, Url

LONGEST_DETAIL = 200


def evidence_of(target: Target, response: Response, at: datetime) -> Evidence:
    """The evidence on a target; `final_url` is where the chain of redirects ended.

    The one place where an answer is read: its header fields and its body are gone afterwards.
    """
    wall, parked = recognise(response)
    return Evidence(
        url=target.url,
        status=response.status,
        failure=response.failure,
        skipped=response.skipped,
        detail=plain(response.detail),
        hops=response.hops,
        final_url=response.url,
        method=response.method,
        wall=wall,
        parked=parked,
        fragments=look_for(wanted(target), response),
        checked_at=stamp(at),
    )


def stamp(at: datetime) -> str:
    """The moment in UTC to the second, as evidence carries it."""
    return _written(int(at.timestamp()))


@lru_cache(maxsize=16)  # many answers come in one second
def _written(second: int) -> str:
    return datetime.fromtimestamp(second, timezone.utc).isoformat(timespec="seconds")


def deferred(url: Url) -> Evidence:
    """The evidence on a target that the run did not come to."""
    return Evidence(url=url, failure="deferred", detail="the check ended before there was an answer")


def plain(text: str) -> str:
    """One short line: controls, direction marks and surrogates become spaces."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= LONGEST_DETAIL else line[: LONGEST_DETAIL - 1] + "…"

"""Turns responses into evidence: dated, and with no text in it that could steer a terminal."""

from __future__ import annotations

from datetime import datetime, timezone

from mkdocs_backlinks.check.read.fragments import judge_fragments, linked_fragments
from mkdocs_backlinks.check.read.signatures import recognise
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Target, Url

MAX_DETAIL = 200
"""Characters."""


def evidence_of(target: Target, response: Response, at: datetime) -> Evidence:
    """Return the evidence on a target; `final_url` is the end of its redirects.

    This reads all of a response: its header fields and its body need not be kept.
    """
    wall, parked = recognise(response)
    return Evidence(
        url=target.url,
        status=response.status,
        failure=response.failure,
        skipped=response.skipped,
        detail=one_line(response.detail),
        hops=response.hops,
        final_url=response.url,
        method=response.method,
        wall=wall,
        parked=parked,
        fragments=judge_fragments(linked_fragments(target), response),
        checked_at=timestamp(at),
    )


def timestamp(at: datetime) -> str:
    """Return a moment as evidence carries it: UTC in ISO 8601, to the second."""
    return at.astimezone(timezone.utc).isoformat(timespec="seconds")


def deferred(url: Url) -> Evidence:
    """Return the evidence on a target that the run did not come to."""
    return Evidence(url=url, failure="deferred", detail="the check ended before there was an answer")


def one_line(text: str) -> str:
    """Return one short line, with spaces for controls, direction marks and surrogates."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= MAX_DETAIL else line[: MAX_DETAIL - 1] + "…"

"""Answers become evidence: dated, and with no text in it that could steer a terminal."""

from __future__ import annotations

from datetime import datetime, timezone

from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.model import Evidence, Url

LONGEST_DETAIL = 200


def evidence_of(url: Url, answer: Answer, at: datetime) -> Evidence:
    """The evidence on the target `url`; `final_url` is where the chain of redirects ended."""
    return Evidence(
        url=url,
        status=answer.status,
        failure=answer.failure,
        detail=plain(answer.detail),
        hops=answer.hops,
        final_url=answer.url,
        checked_at=at.astimezone(timezone.utc).isoformat(timespec="seconds"),
    )


def deferred(url: Url) -> Evidence:
    """The evidence on a target that the run did not come to."""
    return Evidence(url=url, failure="deferred", detail="the check ended before there was an answer")


def plain(text: str) -> str:
    """One short line: controls, direction marks and surrogates become spaces."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= LONGEST_DETAIL else line[: LONGEST_DETAIL - 1] + "…"

"""How long what is known of an address holds, and what a run adds to it: a matter of dates alone.

The moment is always an argument, so that a test can let weeks pass.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.evidence import stamp
from mkdocs_backlinks.check.record import Record
from mkdocs_backlinks.model import Evidence, Streak, Url, Verdict

MOST_RUNS = 999
"""Beyond this many failing runs nobody counts any longer."""

_DAYS: Mapping[Verdict, tuple[int, int]] = {
    "ok": (7, 30),
    "moved": (30, 30),
    "redirected": (7, 7),
    "suspect": (7, 7),
    "unverifiable": (7, 7),
    "blocked": (1, 1),
    "insecure": (1, 1),
}
"""The least and the most days; what is not here is asked again in every run."""

_FINE: frozenset[Verdict] = frozenset({"ok", "moved", "redirected", "anchor_missing", "unverifiable"})
_FAILING: frozenset[Verdict] = frozenset({"broken", "unavailable"})
_KEPT: frozenset[Verdict] = frozenset({*_DAYS, *_FINE, *_FAILING, "deferred"})
_ASKED = ("network", "authority")


def remember(
    before: Record | None,
    evidence: Evidence,
    verdict: Verdict,
    now: datetime,
    headers: Mapping[str, str] | None = None,
) -> Record | None:
    """What is known after a run that came to `evidence`; None where there is nothing to keep.

    Nothing is kept of an address with a password in it, nor of what was not asked for in this run.
    `headers` are those of the answer, by lower-case names.
    """
    if verdict not in _KEPT or evidence.failure == "offline" or evidence.via not in _ASKED:
        return None
    if urls.without_credentials(evidence.url) != evidence.url:
        return None
    past = before or Record(evidence=None, verdict=verdict)
    if verdict == "deferred":
        return replace(past, verdict="deferred", expires=None)
    known = replace(
        past,
        evidence=replace(evidence, streak=None),
        verdict=verdict,
        expires=_expiry(verdict, evidence.url, now),
        etag=(headers or {}).get("etag"),
        modified=(headers or {}).get("last-modified"),
    )
    return _counted(known, now)


def is_fresh(record: Record, now: str) -> bool:
    """Whether what is known may be used at this moment, a `stamp`, without asking again."""
    return record.evidence is not None and record.expires is not None and now < record.expires


def with_streak(evidence: Evidence, record: Record) -> Evidence:
    """The evidence on a failure with what is remembered of the time before."""
    if not record.runs or record.since is None:
        return evidence
    last = evidence.checked_at or record.since
    days = (datetime.fromisoformat(last) - datetime.fromisoformat(record.since)).days
    return replace(evidence, streak=Streak(record.runs, days, was_fine=record.fine is not None))


def conditions(record: Record) -> Mapping[str, str]:
    """The header fields of a request that is answered with 304 where nothing has changed."""
    if record.evidence is None or record.verdict not in _FINE:
        return {}
    fields = {"If-None-Match": record.etag, "If-Modified-Since": record.modified}
    return {name: value for name, value in fields.items() if value is not None}


def renewed(record: Record, now: datetime) -> Record:
    """What is known after the server has said 304: the same as before, as of now (RFC 9110 §15.4.5)."""
    if record.evidence is None:
        return record
    evidence = replace(record.evidence, checked_at=stamp(now))
    headers = {"etag": record.etag, "last-modified": record.modified}
    known = {name: value for name, value in headers.items() if value is not None}
    return remember(record, evidence, record.verdict, now, known) or record


def _expiry(verdict: Verdict, url: Url, now: datetime) -> str | None:
    """The moment until which a verdict holds; addresses of one day do not all fall due on one day."""
    if verdict not in _DAYS:
        return None
    least, most = _DAYS[verdict]
    days = least + zlib.crc32(url.encode("utf-8", "surrogatepass")) % (most - least + 1)
    return stamp(now + timedelta(days=days))


def _counted(record: Record, now: datetime) -> Record:
    if record.verdict in _FINE:
        return replace(record, fine=stamp(now), runs=0, since=None)
    if record.verdict in _FAILING:
        runs = min(record.runs + 1, MOST_RUNS)
        return replace(record, runs=runs, since=record.since or stamp(now))
    return record

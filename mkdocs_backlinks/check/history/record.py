"""The record of one address between runs: how long it holds, and what a run adds to it.

The moment is always an argument, so that a test can let weeks pass.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.read.evidence import timestamp
from mkdocs_backlinks.model import Evidence, Streak, Url, Verdict

CHECKER = 1
"""Version of the check. Raised when evidence of earlier versions must be found out again."""

MAX_RUNS = 999
"""Failing runs are not counted beyond this number."""

MAX_VALIDATOR = 256
"""Characters. Servers choose validators, and twenty thousand of them may be kept."""

_DAYS: Mapping[Verdict, tuple[int, int]] = {
    "ok": (7, 30),
    "moved": (30, 30),
    "redirected": (7, 7),
    "suspect": (7, 7),
    "unverifiable": (7, 7),
    "blocked": (1, 1),
    "insecure": (1, 1),
}
"""Least and most days that a verdict holds; any other verdict is checked again in every run."""

_SUCCESSES: frozenset[Verdict] = frozenset({"ok", "moved", "redirected", "anchor_missing", "unverifiable"})
_FAILURES: frozenset[Verdict] = frozenset({"broken", "unavailable"})
_KEPT: frozenset[Verdict] = frozenset({*_DAYS, *_SUCCESSES, *_FAILURES, "deferred"})
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """History of one address; all moments are UTC in ISO 8601.

    `evidence` is None where only the past is known. It may be used until `expires`; None is for evidence that
    every run must renew. `last_ok` is when the address last answered well, `runs` the number of runs in a row
    that it has failed since, the first of them at `failing_since`. `etag` and `modified` are validators for a
    conditional request (RFC 9110 §13.1).
    """

    evidence: Evidence | None
    verdict: Verdict
    expires: str | None = None
    last_ok: str | None = None
    runs: int = 0
    failing_since: str | None = None
    etag: str | None = None
    modified: str | None = None


def next_record(
    before: Record | None,
    evidence: Evidence,
    verdict: Verdict,
    now: datetime,
    headers: Mapping[str, str] | None = None,
) -> Record | None:
    """Return the record after a run that came to `evidence`, or None where there is nothing to keep.

    Nothing is kept of an address with a password in it, nor of evidence that this run did not ask for.
    `headers` are those of the response, by lower-case names.
    """
    if verdict not in _KEPT or evidence.failure == "offline" or evidence.via not in ("network", "authority"):
        return None
    if urls.without_credentials(evidence.url) != evidence.url:
        return None
    past = before or Record(evidence=None, verdict=verdict)
    if verdict == "deferred":
        return replace(past, verdict="deferred", expires=None)
    record = replace(
        past,
        evidence=replace(evidence, streak=None),
        verdict=verdict,
        expires=_expiry(verdict, evidence.url, now),
        etag=(headers or {}).get("etag"),
        modified=(headers or {}).get("last-modified"),
    )
    return _counted(record, now)


def is_fresh(record: Record, now: str) -> bool:
    """Return True if the evidence may be used at `now`, a `timestamp`, without another request."""
    return record.evidence is not None and record.expires is not None and now < record.expires


def covers(record: Record, fragments: Collection[str]) -> bool:
    """Return True if there is evidence, and on all of these fragments."""
    evidence = record.evidence
    return evidence is not None and (not fragments or dict(evidence.fragments).keys() >= set(fragments))


def with_streak(evidence: Evidence, record: Record) -> Evidence:
    """Return the evidence on a failing address with the streak of its record."""
    if not record.runs or record.failing_since is None:
        return evidence
    last = evidence.checked_at or record.failing_since
    days = (datetime.fromisoformat(last) - datetime.fromisoformat(record.failing_since)).days
    return replace(evidence, streak=Streak(record.runs, days, was_fine=record.last_ok is not None))


def validators(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return the header fields of a response that allow a conditional request (RFC 9110 §8.8)."""
    values = {name: headers.get(name, "") for name in _CONDITIONS}
    return {name: value for name, value in values.items() if 0 < len(value) <= MAX_VALIDATOR}


def validators_of(record: Record) -> Mapping[str, str]:
    """Return the validators that a record has kept, in the form of `validators`."""
    values = {"etag": record.etag, "last-modified": record.modified}
    return {name: value for name, value in values.items() if value is not None}


def conditions(record: Record | None, fragments: Collection[str] = ()) -> Mapping[str, str]:
    """Return the header fields of a request that is answered with 304 where nothing has changed.

    There are none for a redirected address, as the validators belong to the end of the chain, nor where a
    fragment is new.
    """
    if record is None or record.evidence is None or record.verdict not in _SUCCESSES:
        return {}
    if record.evidence.hops or not covers(record, fragments):
        return {}
    return {_CONDITIONS[name]: value for name, value in validators_of(record).items()}


def _expiry(verdict: Verdict, url: Url, now: datetime) -> str | None:
    """Return the moment until which a verdict holds; addresses of one day expire on different days."""
    if verdict not in _DAYS:
        return None
    least, most = _DAYS[verdict]
    days = least + zlib.crc32(url.encode("utf-8", "surrogatepass")) % (most - least + 1)
    return timestamp(now + timedelta(days=days))


def _counted(record: Record, now: datetime) -> Record:
    if record.verdict in _SUCCESSES:
        return replace(record, last_ok=timestamp(now), runs=0, failing_since=None)
    if record.verdict in _FAILURES:
        runs = min(record.runs + 1, MAX_RUNS)
        return replace(record, runs=runs, failing_since=record.failing_since or timestamp(now))
    return record

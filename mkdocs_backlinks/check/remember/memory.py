"""How long what is known of an address holds, and what a run adds to it: a matter of dates alone.

The moment is always an argument, so that a test can let weeks pass.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.read.evidence import stamp
from mkdocs_backlinks.check.remember.record import Record
from mkdocs_backlinks.model import Evidence, Streak, Url, Verdict

MOST_RUNS = 999
"""Beyond this many failing runs nobody counts any longer."""

LONGEST_VALIDATOR = 256
"""Characters. Twenty thousand of them are kept, and servers choose them."""

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
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


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


def covers(record: Record, fragments: Collection[str]) -> bool:
    """Whether something is known of the address, and all of these fragments were looked for."""
    known = record.evidence
    return known is not None and (not fragments or dict(known.fragments).keys() >= set(fragments))


def with_streak(evidence: Evidence, record: Record) -> Evidence:
    """The evidence on a failure with what is remembered of the time before."""
    if not record.runs or record.since is None:
        return evidence
    last = evidence.checked_at or record.since
    days = (datetime.fromisoformat(last) - datetime.fromisoformat(record.since)).days
    return replace(evidence, streak=Streak(record.runs, days, was_fine=record.fine is not None))


def validators(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The header fields of an answer that allow a later request on condition (RFC 9110 §8.8)."""
    given = {name: headers.get(name, "") for name in _CONDITIONS}
    return {name: value for name, value in given.items() if 0 < len(value) <= LONGEST_VALIDATOR}


def validators_of(record: Record) -> Mapping[str, str]:
    """The same, as they were when the record was made."""
    known = {"etag": record.etag, "last-modified": record.modified}
    return {name: value for name, value in known.items() if value is not None}


def conditions(record: Record | None, fragments: Collection[str] = ()) -> Mapping[str, str]:
    """The header fields of a request that is answered with 304 where nothing has changed.

    There are none for what redirects lead to, as the validators belong to their end, nor where a fragment was
    not looked for yet.
    """
    if record is None or record.evidence is None or record.verdict not in _FINE:
        return {}
    if record.evidence.hops or not covers(record, fragments):
        return {}
    return {_CONDITIONS[name]: value for name, value in validators_of(record).items()}


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

"""Decides which targets a run checks, and takes the evidence on the rest from the cache and the lockfile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mkdocs_backlinks.check.history.lockfile import Lockfile
from mkdocs_backlinks.check.history.record import CHECKER, Record, covers, is_fresh, with_streak
from mkdocs_backlinks.check.read.evidence import timestamp
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.check.run_options import Mode
from mkdocs_backlinks.model import Evidence, Presence, Target, Url

_UNCONFIRMED = frozenset({"broken", "deferred", "unavailable"})
"""Verdicts that fail no run unless this run has checked the address itself."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`known` needs no request. `pending` is in the order of its requests, targets deferred last time first.

    `past` has the record of each target that has one, known or pending.
    """

    known: Mapping[Url, Evidence]
    pending: tuple[Target, ...]
    past: Mapping[Url, Record]
    notes: tuple[str, ...] = ()


def plan(
    targets: Iterable[Target],
    mode: Mode,
    cached: Mapping[Url, Record | None],
    lockfile: Lockfile,
    now: datetime,
) -> Plan:
    """Split the targets. With `locked` none is pending, and a target without a record is `unlocked`; with
    `new` a target without a record or with a failure is; with `all` also a target whose record expired."""
    known: dict[Url, Evidence] = {}
    pending: list[Target] = []
    past: dict[Url, Record] = {}
    today = timestamp(now)
    for target in targets:
        record = _newest(target.url, None if mode == "locked" else cached.get(target.url), lockfile, mode)
        fragments = linked_fragments(target)
        if record is not None:
            past[target.url] = record
        if mode == "locked" or (record is not None and _is_enough(record, fragments, mode, today)):
            known[target.url] = _known_evidence(target.url, fragments, record)
        else:
            pending.append(target)
    pending.sort(key=lambda target: _rank(past.get(target.url)))
    return Plan(known, tuple(pending), past, _notes(mode, past, today))


def _newest(url: Url, cache_record: Record | None, lockfile: Lockfile, mode: Mode) -> Record | None:
    """Return the record with the newer evidence, with the latest `last_ok` of both."""
    lock_record = lockfile.records.get(url)
    if lock_record is not None and mode != "locked" and lockfile.checker != CHECKER:
        lock_record = replace(lock_record, evidence=None)
    if cache_record is None or lock_record is None:
        return cache_record or lock_record
    newest = cache_record if _checked_at(cache_record) >= _checked_at(lock_record) else lock_record
    return replace(newest, last_ok=max(cache_record.last_ok or "", lock_record.last_ok or "") or None)


def _is_enough(record: Record, fragments: frozenset[str], mode: Mode, now: str) -> bool:
    if not covers(record, fragments):
        return False
    return is_fresh(record, now) if mode == "all" else record.verdict not in _UNCONFIRMED


def _known_evidence(url: Url, fragments: frozenset[str], record: Record | None) -> Evidence:
    """Return the evidence of a record, on the fragments that are linked to now."""
    if record is None or record.evidence is None:
        return Evidence(url=url, failure="unlocked", detail="not in the lockfile", via="lock")
    evidence = record.evidence
    states: Mapping[str, Presence] = dict(evidence.fragments)
    judged = tuple((name, states.get(name, "unknown")) for name in sorted(fragments))
    return with_streak(
        evidence if judged == evidence.fragments else replace(evidence, fragments=judged), record
    )


def _rank(record: Record | None) -> tuple[bool, str]:
    return (record is None or record.verdict != "deferred", _checked_at(record) if record else "")


def _checked_at(record: Record) -> str:
    return (record.evidence.checked_at or "") if record.evidence else ""


def _notes(mode: Mode, past: Mapping[Url, Record], now: str) -> tuple[str, ...]:
    if mode != "locked":
        return ()
    expired = sum(record.expires is not None and record.expires <= now for record in past.values())
    if not expired:
        return ()
    return (f"The lockfile is old: what it says of {expired} addresses has expired. Update it.",)

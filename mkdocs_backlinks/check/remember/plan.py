"""Which addresses a run has to ask, and what is known of the others from the cache and the lockfile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mkdocs_backlinks.check.read.evidence import stamp
from mkdocs_backlinks.check.read.fragments import wanted
from mkdocs_backlinks.check.remember.lock import Lock
from mkdocs_backlinks.check.remember.memory import covers, is_fresh, with_streak
from mkdocs_backlinks.check.remember.record import CHECKER, Record
from mkdocs_backlinks.check.run_options import Mode
from mkdocs_backlinks.model import Evidence, Presence, Target, Url

_TO_CONFIRM = frozenset({"broken", "deferred", "unavailable"})
"""Verdicts that nobody may be failed for without having asked again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`known` needs no request. `ask` is in the order in which to ask, what had to wait last time first.

    `past` is what is remembered of each address, whether it has to be asked or not.
    """

    known: Mapping[Url, Evidence]
    ask: tuple[Target, ...]
    past: Mapping[Url, Record]
    notes: tuple[str, ...] = ()


def plan(
    targets: Iterable[Target], mode: Mode, cached: Mapping[Url, Record], lock: Lock, now: datetime
) -> Plan:
    """Split the targets. `locked` asks nothing, and what the lockfile does not know is `unlocked`; `new`
    asks what neither knows, or knows as a failure; `all` also what is known for too long."""
    known: dict[Url, Evidence] = {}
    ask: list[Target] = []
    past: dict[Url, Record] = {}
    today = stamp(now)
    for target in targets:
        record = _newest(target.url, {} if mode == "locked" else cached, lock, mode)
        fragments = wanted(target)
        if record is not None:
            past[target.url] = record
        if mode == "locked" or (record is not None and _is_enough(record, fragments, mode, today)):
            known[target.url] = _told(target.url, fragments, record)
        else:
            ask.append(target)
    in_turn = sorted(ask, key=lambda one: _rank(past.get(one.url)))
    return Plan(known, tuple(in_turn), past, _notes(mode, past, today))


def _newest(url: Url, cached: Mapping[Url, Record], lock: Lock, mode: Mode) -> Record | None:
    """The record with the newer evidence, and the newest good answer that either remembers."""
    ours, theirs = cached.get(url), lock.records.get(url)
    if theirs is not None and mode != "locked" and lock.checker != CHECKER:
        theirs = replace(theirs, evidence=None)
    if ours is None or theirs is None:
        return ours or theirs
    newest = ours if _checked(ours) >= _checked(theirs) else theirs
    return replace(newest, fine=max(ours.fine or "", theirs.fine or "") or None)


def _is_enough(record: Record, fragments: frozenset[str], mode: Mode, now: str) -> bool:
    if not covers(record, fragments):
        return False
    return is_fresh(record, now) if mode == "all" else record.verdict not in _TO_CONFIRM


def _told(url: Url, fragments: frozenset[str], record: Record | None) -> Evidence:
    """What is remembered, as evidence on the fragments that are linked to now."""
    if record is None or record.evidence is None:
        return Evidence(url=url, failure="unlocked", detail="not in the lockfile", via="lock")
    known = record.evidence
    states: Mapping[str, Presence] = dict(known.fragments)
    judged = tuple((name, states.get(name, "unknown")) for name in sorted(fragments))
    return with_streak(known if judged == known.fragments else replace(known, fragments=judged), record)


def _rank(record: Record | None) -> tuple[bool, str]:
    return (record is None or record.verdict != "deferred", _checked(record) if record else "")


def _checked(record: Record) -> str:
    return (record.evidence.checked_at or "") if record.evidence else ""


def _notes(mode: Mode, past: Mapping[Url, Record], now: str) -> tuple[str, ...]:
    if mode != "locked":
        return ()
    old = sum(one.expires is not None and one.expires <= now for one in past.values())
    if not old:
        return ()
    return (f"The lockfile is old: what it says of {old} addresses has expired. Update it.",)

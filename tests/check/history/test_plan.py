"""A run asks what is not known, what is known for too long, and what may not be believed without asking."""

from __future__ import annotations

from typing import Any

import pytest
from check.records import HERE, MONDAY, PATIENT, at, checked, records, remembered, target
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.history.lockfile import Lockfile
from mkdocs_backlinks.check.history.plan import Plan, plan
from mkdocs_backlinks.check.history.record import CHECKER, Record, next_record
from mkdocs_backlinks.check.run_options import Mode
from mkdocs_backlinks.model import Evidence, Streak, Url, Verdict

URLS = [Url(f"https://example.org/{name}") for name in "abcd"]


def known(verdict: Verdict = "ok", days: float = 0, before: Record | None = None, **facts: Any) -> Record:  # noqa: ANN401
    record = next_record(before, checked(days=days, **facts), verdict, at(days))
    assert record is not None
    return record


def planned(
    mode: Mode, cached: Record | None, locked: Record | None, days: float = 1, *fragments: str
) -> Plan:
    lock = Lockfile({HERE: remembered(locked, "lock")} if locked else {})
    known = {HERE: remembered(cached, "cache")} if cached else {}
    return plan([target(HERE, *fragments)], mode, known, lock, at(days))


OK, LATER = known(), known(days=0.5)
BROKEN = known("broken", status=404)
DEFERRED = known("deferred", status=None, failure="deferred")


@pytest.mark.parametrize(
    ("mode", "cached", "locked", "days", "via"),
    [
        ("all", None, None, 1, None),
        ("all", OK, None, 1, "cache"),
        ("all", None, OK, 1, "lock"),
        ("all", OK, LATER, 1, "lock"),
        ("all", LATER, OK, 1, "cache"),
        ("all", OK, None, 31, None),
        ("all", BROKEN, None, 0, None),
        ("all", DEFERRED, None, 0, None),
        ("new", None, None, 1, None),
        ("new", OK, None, 400, "cache"),
        ("new", None, OK, 400, "lock"),
        ("new", BROKEN, None, 0, None),
        ("new", None, BROKEN, 0, None),
        ("locked", None, None, 1, "lock"),
        ("locked", OK, None, 1, "lock"),
        ("locked", None, OK, 400, "lock"),
        ("locked", None, BROKEN, 400, "lock"),
    ],
)
def test_who_is_asked(
    mode: Mode, cached: Record | None, locked: Record | None, days: float, via: str | None
) -> None:
    made = planned(mode, cached, locked, days)
    assert [evidence.via for evidence in made.known.values()] == ([via] if via else [])
    assert len(made.pending) == (not via)


def test_what_the_lockfile_does_not_know_is_unlocked() -> None:
    (found,) = planned("locked", OK, None).known.values()
    assert (found.failure, found.status) == ("unlocked", None)


def test_a_broken_link_of_the_lockfile_stays_broken_with_its_past() -> None:
    failing = known("broken", 4, known("broken", 1, OK, status=404), status=404)
    (found,) = planned("locked", None, failing, 9).known.values()
    assert (found.status, found.streak) == (404, Streak(2, 3, was_fine=True))


def test_what_expired_is_believed_in_a_locked_run_and_noted() -> None:
    assert planned("locked", None, OK, 9).notes == ()
    assert planned("locked", None, OK, 400).notes == (
        "The lockfile is old: what it says of 1 addresses has expired. Update it.",
    )


def test_the_check_of_another_version_counts_in_a_locked_run_only() -> None:
    lock = Lockfile({HERE: OK}, CHECKER - 1)
    for mode, asked in (("all", 1), ("new", 1), ("locked", 0)):
        made = plan([target(HERE)], mode, {}, lock, MONDAY)  # type: ignore[arg-type]
        assert len(made.pending) == asked
        assert made.past[HERE].last_ok == OK.last_ok


def test_one_remembers_a_good_answer_for_the_other() -> None:
    new = known("broken", 5, status=404)
    assert (new.last_ok, planned("all", new, OK).past[HERE].last_ok) == (None, OK.last_ok)


FRAGMENTS = known(fragments=(("a", "present"), ("b", "absent")))


@pytest.mark.parametrize(
    ("mode", "wanted", "expected"),
    [
        ("all", ["a"], (("a", "present"),)),
        ("all", ["b", "a"], (("a", "present"), ("b", "absent"))),
        ("all", ["a", "c"], None),
        ("new", ["c"], None),
        ("locked", ["a", "c"], (("a", "present"), ("c", "unknown"))),
    ],
)
def test_a_fragment_that_is_new_is_looked_for(mode: Mode, wanted: list[str], expected: object) -> None:
    made = planned(mode, FRAGMENTS, FRAGMENTS, 1, *wanted)
    assert [evidence.fragments for evidence in made.known.values()] == (
        [expected] if expected is not None else []
    )


def test_what_had_to_wait_comes_first_and_then_what_is_known_for_longest() -> None:
    a, b, c, d = URLS
    cached = {
        a: known("broken", 2, url=a, status=404),
        b: known("broken", 1, url=b, status=404),
        c: known("deferred", 3, url=c, status=None, failure="deferred"),
    }
    asked = plan(map(target, URLS), "all", cached, Lockfile(), at(4)).pending
    assert [pending.url for pending in asked] == [c, d, b, a]


TABLE = st.dictionaries(st.sampled_from(URLS), records(st.sampled_from(URLS)))


@given(TABLE, TABLE, st.sampled_from(["all", "new", "locked"]), st.floats(0, 60))
@PATIENT
def test_every_address_is_either_known_or_asked(
    cached: dict[Url, Record], locked: dict[Url, Record], mode: Mode, days: float
) -> None:
    made = plan([target(url, "x") for url in URLS], mode, cached, Lockfile(locked), at(days))
    assert sorted([*made.known, *(pending.url for pending in made.pending)]) == URLS
    assert all(isinstance(evidence, Evidence) for evidence in made.known.values())
    assert not (mode == "locked" and made.pending)

"""How long each verdict holds, and that a link has to fail for days before it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import pytest
from check.records import DAY, HERE, MONDAY, PATIENT, at, checked, evidence
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.history.record import (
    Record,
    conditions,
    is_fresh,
    next_record,
    validators,
    validators_of,
    with_streak,
)
from mkdocs_backlinks.check.read.evidence import timestamp
from mkdocs_backlinks.model import Evidence, Hop, Streak, Url, Verdict


def kept(verdict: Verdict, before: Record | None = None, days: float = 0, **facts: Any) -> Record:  # noqa: ANN401
    record = next_record(before, checked(days=days, **facts), verdict, at(days))
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("verdict", "least", "most"),
    [
        ("ok", 7, 30),
        ("moved", 30, 30),
        ("redirected", 7, 7),
        ("suspect", 7, 7),
        ("unverifiable", 7, 7),
        ("blocked", 1, 1),
        ("insecure", 1, 1),
        ("broken", 0, 0),
        ("anchor_missing", 0, 0),
        ("unavailable", 0, 0),
        ("deferred", 0, 0),
    ],
)
def test_how_many_days_a_verdict_holds(verdict: Verdict, least: int, most: int) -> None:
    record = kept(verdict)
    assert is_fresh(record, timestamp(MONDAY)) == (least > 0)
    assert is_fresh(record, timestamp(at(least - 0.001))) == (least > 0)
    assert not is_fresh(record, timestamp(at(most)))


def test_addresses_of_one_day_fall_due_on_many() -> None:
    urls = [Url(f"https://example.org/{number}") for number in range(200)]
    expiries = {
        remembered.expires for url in urls if (remembered := next_record(None, checked(url), "ok", MONDAY))
    }
    assert len(expiries) == 24


def test_the_day_is_the_same_in_every_process() -> None:
    assert kept("ok").expires == "2026-03-12T12:00:00+00:00"


@pytest.mark.parametrize(
    ("verdict", "facts"),
    [
        ("skipped", {"status": None, "skipped": "because"}),
        ("unsafe", {"status": None, "failure": "non_public"}),
        ("unavailable", {"status": None, "failure": "offline"}),
        ("broken", {"status": None, "failure": "malformed", "via": "static"}),
        ("ok", {"via": "cache"}),
        ("ok", {"via": "lock"}),
        ("ok", {"via": "local"}),
        ("ok", {"url": "https://me:secret@example.org/"}),
    ],
)
def test_what_is_not_kept(verdict: Verdict, facts: dict[str, Any]) -> None:
    assert next_record(None, checked(**facts), verdict, MONDAY) is None


def streak(record: Record) -> Streak | None:
    assert record.evidence is not None
    return with_streak(record.evidence, record).streak


def test_failures_are_counted_from_the_first_of_them() -> None:
    record = kept("ok")
    seen = []
    for days in (5, 5.5, 6, 8.2):
        record = kept("broken", record, days, status=404)
        seen.append(streak(record))
    assert seen == [Streak(1, 0, True), Streak(2, 0, True), Streak(3, 1, True), Streak(4, 3, True)]


def test_a_new_address_was_never_fine() -> None:
    assert streak(kept("broken", status=404)) == Streak(1, 0, was_fine=False)


def test_a_good_answer_ends_the_streak() -> None:
    record = kept("ok", kept("broken", kept("ok"), 1, status=404), 2)
    assert (record.runs, record.failing_since, streak(record)) == (0, None, None)


@pytest.mark.parametrize("verdict", ["blocked", "insecure", "suspect"])
def test_what_says_nothing_of_the_page_neither_ends_nor_lengthens_it(verdict: Verdict) -> None:
    failing = kept("broken", kept("ok"), 1, status=404)
    record = kept(verdict, failing, 2, status=403)
    assert (record.runs, record.failing_since) == (failing.runs, failing.failing_since)
    assert record.last_ok == failing.last_ok


def test_an_address_that_had_to_wait_keeps_its_past() -> None:
    before = kept("ok")
    record = kept("deferred", before, 40, status=None, failure="deferred")
    assert (record.evidence, record.last_ok) == (before.evidence, before.last_ok)
    assert not is_fresh(record, timestamp(MONDAY))
    first = kept("deferred", status=None, failure="deferred")
    assert (first.evidence, first.verdict) == (None, "deferred")


def test_a_later_request_is_made_on_condition() -> None:
    headers = {"etag": 'W/"1"', "last-modified": "Sun, 01 Mar 2026 12:00:00 GMT", "server": "x"}
    record = next_record(None, checked(), "ok", MONDAY, headers)
    assert record is not None
    assert conditions(record) == {
        "If-None-Match": 'W/"1"',
        "If-Modified-Since": "Sun, 01 Mar 2026 12:00:00 GMT",
    }
    later = next_record(record, checked(days=20), "ok", at(20), validators_of(record))
    assert later is not None
    assert later.expires == timestamp(datetime.fromisoformat(str(record.expires)) + 20 * DAY)
    assert conditions(later) == conditions(record)


def test_a_fragment_that_was_not_looked_for_needs_the_page() -> None:
    record = next_record(None, checked(fragments=(("a", "present"),)), "ok", MONDAY, {"etag": "1"})
    assert conditions(record, {"a"}) == {"If-None-Match": "1"}
    assert conditions(record, {"a", "b"}) == {}


def test_the_end_of_a_redirect_is_asked_without_condition() -> None:
    record = next_record(None, checked(hops=(Hop(HERE, 301),)), "moved", MONDAY, {"etag": "1"})
    assert conditions(record) == conditions(None) == {}


def test_only_validators_of_a_sane_length_are_kept() -> None:
    assert validators({"etag": "1", "last-modified": "x" * 300, "server": "x"}) == {"etag": "1"}


@pytest.mark.parametrize("verdict", ["broken", "blocked", "deferred"])
def test_what_did_not_answer_well_is_asked_without_condition(verdict: Verdict) -> None:
    record = next_record(kept("ok"), checked(status=404), verdict, MONDAY, {"etag": "1"})
    assert record is not None
    assert conditions(record) == {}


@given(evidence(), st.sampled_from(get_args(Verdict)), st.floats(0, 100))
@PATIENT
def test_what_is_kept_never_fails_and_never_holds_for_more_than_a_month(
    new: Evidence, verdict: Verdict, days: float
) -> None:
    record = next_record(None, new, verdict, at(days))
    if record is not None:
        assert not is_fresh(record, timestamp(at(days + 30)))
        assert record.runs == (verdict in ("broken", "unavailable"))
        assert not (
            is_fresh(record, timestamp(at(days))) and verdict in ("broken", "unavailable", "deferred")
        )

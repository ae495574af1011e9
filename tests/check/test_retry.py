"""What is asked again, how often, and how long after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from check.fakes import NOON, Scripted, answer, run_virtual, virtual_timing
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.check.retry import Retry, retry_after
from mkdocs_backlinks.model import Url

URL = Url("https://a.test/")


def attempts(*answers: Answer, deadline: float = 300.0, jitter: float = 0.0) -> tuple[Answer, list[float]]:
    """The final answer, and the seconds at which the address was asked."""
    inner = Scripted({URL: list(answers)})

    async def fetch() -> Answer:
        timing = replace(virtual_timing(), jitter=lambda: jitter)
        return await Retry(inner, timing, deadline).fetch(URL)

    return run_virtual(fetch()), [second for second, _ in inner.asked]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 521, 599])
def test_a_transient_status_is_asked_three_times(status: int) -> None:
    assert attempts(answer(URL, status)) == (answer(URL, status), [0.0, 1.0, 3.0])


@pytest.mark.parametrize("status", [200, 204, 301, 304, 401, 403, 404, 410, 451, 600, 999])
def test_any_other_status_is_final(status: int) -> None:
    assert attempts(answer(URL, status)) == (answer(URL, status), [0.0])


@pytest.mark.parametrize(
    ("fields", "times"),
    [
        ({"failure": "connection", "stage": "exchange"}, 3),
        ({"failure": "timeout", "stage": "exchange"}, 3),
        ({"failure": "connection", "stage": "connect"}, 2),
        ({"failure": "connection", "stage": "name"}, 2),
        ({"failure": "unknown_host", "stage": "name"}, 1),
        ({"failure": "tls", "stage": "connect"}, 1),
        ({"failure": "non_public", "stage": "connect"}, 1),
        ({"failure": "malformed"}, 1),
    ],
)
def test_failures_are_asked_again_where_it_may_help(fields: dict[str, Any], times: int) -> None:
    found, asked = attempts(answer(URL, **fields))
    assert found.failure == fields["failure"]
    assert len(asked) == times


def test_the_first_good_answer_ends_it() -> None:
    found, asked = attempts(answer(URL, 503), answer(URL, 200), answer(URL, 404))
    assert (found.status, asked) == (200, [0.0, 1.0])


@pytest.mark.parametrize(
    ("field", "waited"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 1.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sunday, 01-Mar-26 12:00:30 GMT", 30.0),
        ("Sun Mar  1 12:00:30 2026", 30.0),
        ("Sun, 01 Mar 2020 12:00:30 GMT", 1.0),
        ("soon", 1.0),
        ("-5", 1.0),
        ("1e9", 1.0),
        ("٣", 1.0),
    ],
)
def test_a_server_may_ask_for_patience(field: str, waited: float) -> None:
    _, asked = attempts(answer(URL, 429, retry_after=field), answer(URL, 200))
    assert asked == [0.0, waited]


def test_jitter_lengthens_the_wait_by_a_quarter_at_most() -> None:
    _, asked = attempts(answer(URL, 503), jitter=1.0)
    assert asked == [0.0, 1.25, 3.75]


@pytest.mark.parametrize("field", ["3600", "9" * 5000, "Mon, 02 Mar 2026 12:00:00 GMT"])
def test_nobody_waits_beyond_the_end_of_the_run(field: str) -> None:
    found, asked = attempts(answer(URL, 503, retry_after=field))
    assert (found.failure, found.status, asked) == ("deferred", None, [0.0])
    assert found.detail.startswith("answered 503; to be asked again in ")


def test_the_deadline_counts_from_the_start_of_the_run() -> None:
    found, asked = attempts(
        answer(URL, failure="timeout", stage="exchange", detail="no answer"), deadline=2.5
    )
    assert (found.failure, asked) == ("deferred", [0.0, 1.0])
    assert found.detail.startswith("no answer; ")


@given(st.text() | st.integers().map(str) | st.datetimes(timezones=st.just(timezone.utc)).map(str))
def test_junk_never_raises_and_never_goes_back_in_time(field: str) -> None:
    wait = retry_after(field, lambda: NOON)
    assert wait is None or wait >= 0


@given(st.datetimes(datetime(2026, 3, 1, 12), datetime(9000, 1, 1), timezones=st.just(timezone.utc)))  # noqa: DTZ001
def test_a_date_is_as_far_away_as_it_says(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    field = moment.strftime("%a, %d %b ") + f"{moment.year:04} " + moment.strftime("%H:%M:%S GMT")
    assert retry_after(field, lambda: NOON) == (moment - NOON) / timedelta(seconds=1)

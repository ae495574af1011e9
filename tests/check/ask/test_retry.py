"""Retries and back-offs, and the pauses that hosts ask for in all their ways."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from check.fakes import NOON, response
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.ask.retry import asked_pause, back_off, retries_for, seconds

EPOCH = round(NOON.timestamp())


@pytest.mark.parametrize(
    ("field", "pause"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("30s", 30.0),
        ("1m30s", 90.0),
        ("1m 30s", 90.0),
        ("2h", 7200.0),
        ("5min", 300.0),
        (str(EPOCH + 60), 60.0),
        (str(EPOCH - 60), 0.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sunday, 01-Mar-26 12:00:30 GMT", 30.0),
        ("Sun Mar  1 12:00:30 2026", 30.0),
        ("Sun, 01 Mar 2020 12:00:30 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("٣", None),
        ("s", None),
        ("30x", None),
        ("9" * 5000, None),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
    ],
)
def test_a_field_is_understood_or_left_alone(field: str, pause: float | None) -> None:
    assert seconds(field, lambda: NOON) == pause


@pytest.mark.parametrize(
    ("status", "fields", "pause"),
    [
        (429, {"retry-after": "9"}, 9.0),
        (503, {"retry-after": "9"}, 9.0),
        (301, {"retry-after": "9"}, 9.0),
        (302, {"retry-after": "9"}, 9.0),
        (200, {"retry-after": "9"}, None),
        (404, {"retry-after": "9"}, None),
        (200, {}, None),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": "12"}, 12.0),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 40)}, 40.0),
        (200, {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "8"}, 8.0),
        (200, {"x-ratelimit-remaining": "5", "x-ratelimit-reset": "12"}, None),
        (429, {"x-ratelimit-remaining": "5", "x-ratelimit-reset": "12"}, 12.0),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "12"}, 12.0),
        (200, {"ratelimit-remaining": "0"}, None),
        (200, {"ratelimit-remaining": "none", "ratelimit-reset": "junk"}, None),
        (429, {"ratelimit": '"api";r=0;t=231'}, 231.0),
        (200, {"ratelimit": '"api";r=0;t=231'}, 231.0),
        (200, {"ratelimit": '"api";r=7;t=231'}, None),
        (200, {"ratelimit": '"slow";r=7;t=231, "fast";r=0;t=3'}, 3.0),
        (200, {"ratelimit": "limit=10, remaining=0, reset=30"}, 30.0),
        (200, {"ratelimit": "limit=10, remaining=4, reset=30"}, None),
        (200, {"ratelimit": ";;,=,r=t;t="}, None),
        (429, {"retry-after": "2", "x-ratelimit-reset": "12"}, 12.0),
        (429, {"retry-after": "junk", "x-ratelimit-reset": "12"}, 12.0),
    ],
)
def test_a_pause_is_asked_for_in_many_ways(status: int, fields: dict[str, str], pause: float | None) -> None:
    assert asked_pause(response("http://a.test/", status, headers=fields), lambda: NOON) == pause


@given(st.text() | st.integers().map(str) | st.datetimes(timezones=st.just(timezone.utc)).map(str))
def test_junk_never_raises_and_never_goes_back_in_time(field: str) -> None:
    names = ("retry-after", "ratelimit", "x-ratelimit-reset", "x-ratelimit-remaining")
    pause = asked_pause(response("http://a.test/", 429, headers=dict.fromkeys(names, field)), lambda: NOON)
    assert pause is None or pause >= 0


@given(st.datetimes(datetime(2026, 3, 1, 12), datetime(9000, 1, 1), timezones=st.just(timezone.utc)))  # noqa: DTZ001
def test_a_date_is_as_far_away_as_it_says(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    field = moment.strftime("%a, %d %b ") + f"{moment.year:04} " + moment.strftime("%H:%M:%S GMT")
    assert seconds(field, lambda: NOON) == (moment - NOON) / timedelta(seconds=1)


@pytest.mark.parametrize(
    ("fields", "times"),
    [
        ({"failure": "connection", "stage": "exchange"}, 3),
        ({"failure": "timeout", "stage": "exchange"}, 3),
        ({"failure": "connection", "stage": "name"}, 3),
        ({"failure": "connection", "stage": "connect"}, 1),
        ({"failure": "timeout", "stage": "connect"}, 1),
        ({"failure": "unknown_host", "stage": "name"}, 0),
        ({"failure": "tls", "stage": "connect"}, 0),
        ({"failure": "non_public", "stage": "connect"}, 0),
        ({"failure": "malformed"}, 0),
    ],
)
def test_failures_are_asked_again_where_it_may_help(fields: dict[str, Any], times: int) -> None:
    assert retries_for(response("http://a.test/", **fields)) == times


def test_jitter_lengthens_a_wait_by_a_quarter_at_most() -> None:
    assert [back_off(times, 1.0) for times in (1, 2, 3)] == [0.625, 1.25, 2.5]


def test_no_wait_is_longer_than_half_a_minute_and_the_jitter() -> None:
    assert back_off(9, 0.0) == 30.0
    assert back_off(2000, 1.0) == 37.5

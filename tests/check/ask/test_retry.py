"""What is asked again, and how long after."""

from __future__ import annotations

from typing import Any

import pytest
from check.fakes import response

from mkdocs_backlinks.check.ask.retry import back_off, patience


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
    assert patience(response("http://a.test/", **fields)) == times


def test_jitter_lengthens_a_wait_by_a_quarter_at_most() -> None:
    assert [back_off(times, 1.0) for times in (1, 2, 3)] == [0.625, 1.25, 2.5]


def test_no_wait_is_longer_than_half_a_minute_and_the_jitter() -> None:
    assert back_off(9, 0.0) == 30.0
    assert back_off(2000, 1.0) == 37.5

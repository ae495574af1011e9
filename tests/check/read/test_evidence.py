"""Evidence is dated in UTC, and its text is one harmless line."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from check.fakes import response
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.read.evidence import MAX_DETAIL, evidence_of, one_line
from mkdocs_backlinks.model import Target, Url


def test_the_time_is_utc_to_the_second() -> None:
    at = datetime(2026, 3, 1, 13, 30, 5, 999_999, tzinfo=timezone(timedelta(hours=2)))
    evidence = evidence_of(Target(Url("http://a.test/"), ()), response("http://b.test/", 200), at)
    assert evidence.checked_at == "2026-03-01T11:30:05+00:00"
    assert (evidence.url, evidence.final_url, evidence.via) == ("http://a.test/", "http://b.test/", "network")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("two\r\n::error::lines", "two ::error::lines"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("right\u202eleft\u2066", "right left"),
        ("half \ud800 a character", "half a character"),
        ("x" * 500, "x" * (MAX_DETAIL - 1) + "…"),
    ],
)
def test_hostile_text_loses_its_powers(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text())
def test_any_text_becomes_one_short_printable_line(text: str) -> None:
    assert one_line(text).isprintable()
    assert len(one_line(text)) <= MAX_DETAIL
    assert one_line(one_line(text)) == one_line(text)

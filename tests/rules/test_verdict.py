"""Each kind of fact comes to exactly one verdict, and only clear ones come to `broken`."""

from __future__ import annotations

from typing import get_args

import pytest

from mkdocs_backlinks.model import Evidence, Failure, Hop, Url, Verdict
from mkdocs_backlinks.rules import verdict

HERE = Url("https://example.org/")

STATUSES: list[tuple[int, Verdict]] = [
    (200, "ok"),
    (204, "ok"),
    (206, "ok"),
    (299, "ok"),
    (300, "unavailable"),
    (304, "unavailable"),
    (400, "unavailable"),
    (401, "blocked"),
    (402, "unavailable"),
    (403, "blocked"),
    (404, "broken"),
    (405, "unavailable"),
    (406, "blocked"),
    (408, "unavailable"),
    (410, "broken"),
    (416, "unavailable"),
    (425, "unavailable"),
    (429, "blocked"),
    (451, "blocked"),
    (500, "unavailable"),
    (503, "unavailable"),
    (521, "unavailable"),
    (999, "blocked"),
]
FAILURES: dict[Failure, Verdict] = {
    "malformed": "broken",
    "unknown_host": "broken",
    "non_public": "unsafe",
    "tls": "unavailable",
    "timeout": "unavailable",
    "connection": "unavailable",
    "too_many_redirects": "unavailable",
    "offline": "unavailable",
    "deferred": "deferred",
}


@pytest.mark.parametrize(("status", "expected"), STATUSES)
def test_a_status(status: int, expected: Verdict) -> None:
    assert verdict(Evidence(url=HERE, status=status)) == expected


@pytest.mark.parametrize(("failure", "expected"), FAILURES.items())
def test_a_failure(failure: Failure, expected: Verdict) -> None:
    assert verdict(Evidence(url=HERE, failure=failure)) == expected


def test_every_failure_is_judged() -> None:
    assert set(FAILURES) == set(get_args(Failure))


def test_what_was_skipped_stays_skipped() -> None:
    assert verdict(Evidence(url=HERE, skipped="a reason")) == "skipped"
    assert verdict(Evidence(url=HERE, skipped="")) == "skipped"


@pytest.mark.parametrize(
    ("status", "hops", "expected"),
    [
        (200, [301], "moved"),
        (200, [308, 301], "moved"),
        (200, [302], "redirected"),
        (200, [303], "redirected"),
        (200, [301, 307], "redirected"),
        (404, [301], "broken"),
        (403, [302], "blocked"),
        (503, [301], "unavailable"),
    ],
)
def test_redirects(status: int, hops: list[int], expected: Verdict) -> None:
    followed = tuple(Hop(HERE, hop) for hop in hops)
    assert verdict(Evidence(url=HERE, status=status, hops=followed)) == expected

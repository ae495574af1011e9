"""Each kind of fact comes to exactly one verdict, and only clear ones come to `broken`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.model import Evidence, Failure, Hop, Presence, Streak, Url, Verdict, Via
from mkdocs_backlinks.verdicts import verdict
from mkdocs_backlinks.verdicts.verdict import GONE_STATUSES, has_moved, is_downgraded, missing_proofs

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
    "forbidden_port": "unsafe",
    "tls": "insecure",
    "timeout": "unavailable",
    "connection": "unavailable",
    "too_many_redirects": "unavailable",
    "offline": "unavailable",
    "deferred": "deferred",
    "unlocked": "unverifiable",
}


@pytest.mark.parametrize(("status", "expected"), STATUSES)
def test_a_status(status: int, expected: Verdict) -> None:
    assert verdict(Evidence(url=HERE, status=status, attempts=2, control=True)) == expected


@pytest.mark.parametrize(("failure", "expected"), FAILURES.items())
def test_a_failure(failure: Failure, expected: Verdict) -> None:
    assert verdict(Evidence(url=HERE, failure=failure, attempts=2)) == expected


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
    evidence = Evidence(url=HERE, status=status, hops=followed, attempts=2, control=True)
    assert verdict(evidence) == expected


PROVEN: dict[str, Any] = {"status": 404, "attempts": 2, "control": True}


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        ({}, "broken"),
        ({"attempts": 1}, "unavailable"),
        ({"method": "HEAD"}, "unavailable"),
        ({"control": False}, "blocked"),
        ({"wall": "A wall"}, "blocked"),
        ({"control": False, "via": "authority"}, "broken"),
        ({"status": 410}, "broken"),
        ({"status": None, "failure": "unknown_host"}, "broken"),
        ({"status": None, "failure": "unknown_host", "attempts": 1}, "unavailable"),
        ({"status": None, "failure": "unknown_host", "control": None}, "broken"),
        ({"status": None, "failure": "malformed", "via": "static", "attempts": 1}, "broken"),
        ({"control": None}, "unavailable"),
        ({"status": None, "failure": "malformed", "control": None, "attempts": 1}, "broken"),
    ],
)
def test_broken_needs_every_proof(lacking: dict[str, Any], expected: Verdict) -> None:
    assert verdict(Evidence(url=HERE, **{**PROVEN, **lacking})) == expected


def test_each_proof_that_is_missing_is_named() -> None:
    evidence = Evidence(url=HERE, status=404, method="HEAD", wall="A wall")
    assert missing_proofs(evidence) == (
        "a GET request",
        "a page without the marks of a bot wall",
        "a second attempt",
        "a control request that works",
    )
    for via in ("authority", "local", "static"):
        assert missing_proofs(replace(evidence, via=via)) == ()
    assert missing_proofs(replace(evidence, via="cache", origin="authority")) == ()


def test_the_names_of_statuses() -> None:
    assert GONE_STATUSES == {404: "404 Not Found", 410: "410 Gone"}


MOVED = Evidence(url=HERE, status=200, hops=(Hop(HERE, 301), Hop(HERE, 308)))


@pytest.mark.parametrize(
    "facts",
    [
        {"status": 404},
        {"wall": "A wall"},
        {"parked": "A marketplace"},
        {"hops": ()},
        {"hops": (Hop(HERE, 301), Hop(HERE, 302))},
    ],
)
def test_a_page_has_moved_only_if_it_is_there_and_for_good(facts: dict[str, Any]) -> None:
    assert has_moved(MOVED)
    assert not has_moved(replace(MOVED, **facts))


@pytest.mark.parametrize(
    ("hops", "final", "expected"),
    [
        (["https"], "http", True),
        (["http"], "https", False),
        (["http", "https"], "http", True),
        (["https", "http"], "https", True),
        (["https", "http"], None, True),
        (["http", "http"], "http", False),
        (["https", "https"], "https", False),
        ([], "http", False),
    ],
)
def test_a_chain_is_downgraded_where_it_leaves_tls(
    hops: list[str], final: str | None, expected: bool
) -> None:
    chain = tuple(Hop(Url(f"{scheme}://example.org/"), 301) for scheme in hops)
    evidence = Evidence(
        url=HERE, status=200, hops=chain, final_url=Url(f"{final}://example.org/") if final else None
    )
    assert is_downgraded(evidence) is expected


HOME = Url("https://example.org/")
PAGE = Url("https://example.org/a")
AWAY = Url("https://other.example/b")
PLAIN = Url("http://example.org/a")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"wall": "A wall"}, "blocked"),
        ({"wall": "A wall", "status": 503}, "blocked"),
        ({"parked": "A marketplace"}, "suspect"),
        ({"hops": (Hop(PAGE, 301),), "final_url": HOME}, "suspect"),
        ({"hops": (Hop(PAGE, 301),), "final_url": HOME, "fragments": (("a", "absent"),)}, "suspect"),
        ({"hops": (Hop(PAGE, 301),), "final_url": AWAY}, "moved"),
        ({"hops": (Hop(PAGE, 301),), "final_url": PLAIN}, "insecure"),
        ({"url": PLAIN, "final_url": PLAIN, "https": True}, "insecure"),
        ({"url": PLAIN, "final_url": PLAIN, "https": False}, "ok"),
        ({"url": PLAIN, "hops": (Hop(PLAIN, 301),), "final_url": PAGE, "https": True}, "moved"),
        ({"fragments": (("a", "present"),)}, "ok"),
        ({"fragments": (("a", "unknown"),)}, "unverifiable"),
        ({"fragments": (("a", "unknown"), ("b", "absent"))}, "anchor_missing"),
        ({"fragments": (("a", "absent"),), **PROVEN}, "broken"),
        ({"streak": Streak(1, 0, was_fine=True), **PROVEN}, "broken"),
    ],
)
def test_more_than_a_status(facts: dict[str, Any], expected: Verdict) -> None:
    assert verdict(Evidence(**{"url": PAGE, "status": 200, **facts})) == expected


URLS = st.sampled_from([HOME, PAGE, AWAY, PLAIN, Url("http://["), Url("mailto:a@b")])
OUTCOMES = st.one_of(
    st.builds(lambda status: {"status": status}, st.integers(100, 999)),
    st.builds(lambda failure: {"failure": failure}, st.sampled_from(get_args(Failure))),
    st.builds(lambda reason: {"skipped": reason}, st.text(max_size=3)),
)
ANY_EVIDENCE = st.builds(
    lambda outcome, **fields: Evidence(**outcome, **fields),
    OUTCOMES,
    url=URLS,
    hops=st.lists(st.builds(Hop, URLS, st.sampled_from([301, 302, 307, 308])), max_size=3).map(tuple),
    final_url=st.none() | URLS,
    https=st.sampled_from([None, True, False]),
    via=st.sampled_from(get_args(Via)),
    attempts=st.integers(1, 4),
    control=st.sampled_from([None, True, False]),
    method=st.sampled_from(["GET", "HEAD"]),
    wall=st.sampled_from([None, "A wall"]),
    parked=st.sampled_from([None, "A marketplace"]),
    fragments=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(get_args(Presence))), max_size=2).map(
        tuple
    ),
)


@given(ANY_EVIDENCE)
def test_any_evidence_comes_to_one_of_the_verdicts(evidence: Evidence) -> None:
    assert verdict(evidence) in get_args(Verdict)


@given(ANY_EVIDENCE)
def test_what_is_broken_lacks_no_proof_and_what_lacks_one_is_not_broken(evidence: Evidence) -> None:
    if verdict(evidence) == "broken":
        assert missing_proofs(evidence) == ()
        assert evidence.wall is None
        assert evidence.status in (404, 410) or evidence.failure in ("malformed", "unknown_host")


@given(ANY_EVIDENCE)
def test_a_wall_hides_whatever_stands_behind_it(evidence: Evidence) -> None:
    walled = replace(evidence, wall="A wall")
    assert verdict(walled) == ("skipped" if evidence.skipped is not None else "blocked")

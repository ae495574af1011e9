"""Evidence of all kinds for the tests of what is kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any, get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mkdocs_backlinks.check.history.record import Record
from mkdocs_backlinks.model import Evidence, Failure, Hop, Link, PageUri, Presence, Target, Url, Verdict, Via

PATIENT = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
"""How to try many values on a machine that may be busy with other things."""

DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 12, 0, 0, tzinfo=timezone.utc)
HERE = Url("https://example.org/a")


def at(days: float) -> datetime:
    return MONDAY + days * DAY


def checked(url: str = HERE, days: float = 0, **facts: Any) -> Evidence:  # noqa: ANN401
    checked = at(days).isoformat(timespec="seconds")
    given = {"status": 200, "checked_at": checked, "final_url": Url(url), **facts}
    return Evidence(url=Url(url), **given)


def target(url: str, *fragments: str | None) -> Target:
    links = [
        Link(source=PageUri("a.md"), kind="external", href=url, target=url, fragment=fragment)
        for fragment in fragments or (None,)
    ]
    return Target(Url(url), tuple(links))


URLS = st.builds(
    lambda host, path: Url(f"https://{host}.example/{path}"),
    st.sampled_from(["a", "b", "xn--bcher-kva"]),
    st.sampled_from(["", "a", "a/", "a?b=%20", "a/b.html", "%C3%BC?q"]),
)
MOMENTS = st.integers(0, 1000).map(lambda hours: at(hours / 24).isoformat(timespec="seconds"))
TEXTS = st.text(st.characters(categories=["L", "N", "P"]), max_size=8)
_FACTS: dict[str, Any] = {
    "detail": TEXTS,
    "hops": st.lists(st.builds(Hop, URLS, st.sampled_from([301, 302, 308])), max_size=3).map(tuple),
    "https": st.sampled_from([None, True, False]),
    "checked_at": MOMENTS,
    "via": st.sampled_from(["network", "authority"]),
    "attempts": st.integers(1, 4),
    "control": st.sampled_from([None, True, False]),
    "method": st.sampled_from(["GET", "HEAD"]),
    "wall": st.none() | TEXTS,
    "parked": st.none() | TEXTS,
    "fragments": st.dictionaries(TEXTS, st.sampled_from(get_args(Presence)), max_size=3).map(
        lambda states: tuple(states.items())
    ),
}
_OUTCOMES = st.one_of(
    st.fixed_dictionaries({"status": st.integers(100, 999)}),
    st.fixed_dictionaries({"failure": st.sampled_from(get_args(Failure))}),
)


@st.composite
def evidence(draw: st.DrawFn, urls: st.SearchStrategy[Url] = URLS) -> Evidence:
    url = draw(urls)
    return Evidence(
        url=url,
        final_url=draw(st.sampled_from([url, Url("https://b.example/end")])),
        **draw(_OUTCOMES),
        **draw(st.fixed_dictionaries(_FACTS)),
    )


@st.composite
def records(draw: st.DrawFn, urls: st.SearchStrategy[Url] = URLS) -> Record:
    return Record(
        evidence=draw(evidence(urls)),
        verdict=draw(st.sampled_from(get_args(Verdict))),
        expires=draw(st.none() | MOMENTS),
        last_ok=draw(st.none() | MOMENTS),
        runs=draw(st.integers(0, 9)),
        failing_since=draw(st.none() | MOMENTS),
    )


TABLES = st.lists(records(), max_size=6).map(
    lambda made: {record.evidence.url: record for record in made if record.evidence}
)


def recalled(table: Mapping[Url, Record], via: Via) -> dict[Url, Record]:
    """The same as a memory gives it back: it says how each was found out, and that it is remembered."""
    return {url: remembered(record, via) for url, record in table.items()}


def remembered(record: Record, via: Via) -> Record:
    if record.evidence is None:
        return record
    return replace(record, evidence=replace(record.evidence, via=via, origin=record.evidence.found_via))

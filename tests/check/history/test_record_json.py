"""What is kept is read back as it was, and nothing that nobody wrote is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from check.records import HERE, PATIENT, evidence
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.history.record_json import kept_evidence, parse_facts, to_json
from mkdocs_backlinks.model import Evidence, Via
from mkdocs_backlinks.verdicts import verdict


@given(evidence())
@PATIENT
def test_evidence_comes_back_as_it_was(known: Evidence) -> None:
    fields = parse_facts(json.loads(json.dumps(to_json(known))))
    assert kept_evidence(known.url, fields, "cache") == replace(known, via="cache", origin=known.via)


@given(evidence(), st.sampled_from(["cache", "lock"]))
@PATIENT
def test_the_verdict_on_what_is_remembered_is_the_same(known: Evidence, via: Via) -> None:
    assert verdict(kept_evidence(known.url, parse_facts(to_json(known)), via)) == verdict(known)


@given(evidence())
@PATIENT
def test_what_is_kept_once_more_is_kept_as_it_was(known: Evidence) -> None:
    kept = to_json(known)
    assert to_json(kept_evidence(known.url, parse_facts(kept), "lock")) == kept


def test_what_an_authority_denies_is_denied_in_a_locked_run() -> None:
    """It needs no second attempt, whoever remembers it."""
    told = Evidence(url=HERE, status=404, final_url=HERE, via="authority")
    assert verdict(kept_evidence(HERE, parse_facts(to_json(told)), "lock")) == verdict(told) == "broken"


def test_what_is_as_usual_is_not_written() -> None:
    assert to_json(Evidence(url=HERE, status=200, final_url=HERE)) == {"status": 200}


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, 'one of "status" and "failure" is needed'),
        ({"status": 200, "failure": "tls"}, 'one of "status" and "failure" is needed'),
        ({"status": 200, "title": "x"}, '"title" is not a field'),
        ({"status": "200"}, "\"status\" cannot be '200'"),
        ({"status": True}, '"status" cannot be True'),
        ({"status": 10**30}, '"status" cannot be 1000'),
        ({"status": -1}, '"status" cannot be -1'),
        ({"failure": "whim"}, "\"failure\" cannot be 'whim'"),
        ({"failure": ["tls"]}, '"failure" cannot be'),
        ({"status": 200, "checked_at": "yesterday"}, '"checked_at" cannot be'),
        ({"status": 200, "checked_at": "2026-03-01T12:00:00"}, '"checked_at" cannot be'),
        ({"status": 200, "detail": "a\x1b[2J"}, '"detail" cannot be'),
        ({"status": 200, "detail": 3}, '"detail" cannot be 3'),
        ({"status": 200, "control": 1}, '"control" cannot be 1'),
        ({"status": 200, "hops": {}}, '"hops" cannot be {}'),
        ({"status": 200, "hops": [["https://a.example/"]]}, '"hops" cannot be'),
        ({"status": 200, "hops": [["https://a.example/", "301"]]}, '"hops" cannot be'),
        ({"status": 200, "fragments": []}, r'"fragments" cannot be \[\]'),
        ({"status": 200, "fragments": {"a": "maybe"}}, '"fragments" cannot be'),
        ({"status": 200, "via": "hearsay"}, '"via" cannot be'),
        ({"status": 200, "via": "static"}, '"via" cannot be'),
        ({"status": 200, "origin": "network"}, '"origin" is not a field'),
    ],
)
def test_what_nobody_can_have_written_is_named(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_facts(given)

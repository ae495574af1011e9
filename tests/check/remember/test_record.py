"""What is kept is read back as it was, and nothing that nobody wrote is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from check.remembering import HERE, PATIENT, evidence
from hypothesis import given

from mkdocs_backlinks.check.remember.record import from_json, to_json
from mkdocs_backlinks.model import Evidence, Url


@given(evidence())
@PATIENT
def test_evidence_comes_back_as_it_was(one: Evidence) -> None:
    assert from_json(one.url, json.loads(json.dumps(to_json(one)))) == one


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
    ],
)
def test_what_nobody_can_have_written_is_named(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        from_json(Url("https://example.org/"), given)

"""What the facts about one address come to, in one word."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_backlinks.model import Evidence, Failure, Verdict

PERMANENT = frozenset({301, 308})
"""Redirects that ask for references to be replaced (RFC 9110 §15.4.2, §15.4.9)."""

_BROKEN = frozenset({404, 410})
# 999 is what LinkedIn answers to programs; 451 is a legal bar, often for one country only.
_BLOCKED = frozenset({401, 403, 406, 429, 451, 999})
_FAILURES: Mapping[Failure, Verdict] = {
    "malformed": "broken",
    "unknown_host": "broken",
    "non_public": "unsafe",
    "deferred": "deferred",
}


def verdict(evidence: Evidence) -> Verdict:
    """The verdict on an address.

    Only `broken` says that it is not there. `blocked` says that the server turned a program away,
    `unavailable` that there was no clear answer this time: neither tells whether a reader gets through.
    """
    if evidence.skipped is not None:
        return "skipped"
    if evidence.failure is not None:
        return _FAILURES.get(evidence.failure, "unavailable")
    if evidence.status in _BROKEN:
        return "broken"
    if evidence.status in _BLOCKED:
        return "blocked"
    return _success(evidence) if answered(evidence) else "unavailable"


def answered(evidence: Evidence) -> bool:
    """Whether the address gave what was asked for (2xx)."""
    return evidence.status is not None and 200 <= evidence.status < 300


def _success(evidence: Evidence) -> Verdict:
    if not evidence.hops:
        return "ok"
    return "moved" if all(hop.status in PERMANENT for hop in evidence.hops) else "redirected"

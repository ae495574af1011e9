"""What the facts about one address come to, in one word."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Failure, Verdict
from mkdocs_backlinks.verdicts.destination import is_sent_home

PERMANENT = frozenset({301, 308})
"""Redirects that ask for references to be replaced (RFC 9110 §15.4.2, §15.4.9)."""

NOT_THERE: Mapping[int | None, str] = {404: "404 Not Found", 410: "410 Gone"}
"""The statuses that deny a page, and how they are read out (RFC 9110 §15.5.5, §15.5.11)."""

_BLOCKED = frozenset({401, 403, 406, 429, 451, 999})
"""999 is what LinkedIn answers to programs; 451 is a legal bar, often for one country only."""

_FAILURES: Mapping[Failure, Verdict] = {
    "non_public": "unsafe",
    "forbidden_port": "unsafe",
    "deferred": "deferred",
    "tls": "insecure",
    "unlocked": "unverifiable",
}
_DENIALS: frozenset[Failure | None] = frozenset({"malformed", "unknown_host"})


def verdict(evidence: Evidence) -> Verdict:
    """The one verdict on an address.

    Only `broken` says that it is not there, and only with all of its `missing` proofs. `blocked` says that
    the server turned a program away, `unavailable` that there was no clear answer this time: neither tells
    whether a reader gets through.
    """
    if evidence.skipped is not None:
        return "skipped"
    if evidence.wall is not None:
        return "blocked"
    if is_denied(evidence):
        return _denied(evidence)
    if evidence.failure is not None:
        return _FAILURES.get(evidence.failure, "unavailable")
    if evidence.status in _BLOCKED:
        return "blocked"
    return _success(evidence) if answered(evidence) else "unavailable"


def answered(evidence: Evidence) -> bool:
    """Whether the address gave what was asked for (2xx)."""
    return evidence.status is not None and 200 <= evidence.status < 300


def has_moved(evidence: Evidence) -> bool:
    """Whether the page itself answered well, and all redirects on the way to it are for good."""
    is_page = answered(evidence) and evidence.wall is None and evidence.parked is None
    return is_page and bool(evidence.hops) and all(hop.status in PERMANENT for hop in evidence.hops)


def is_denied(evidence: Evidence) -> bool:
    """Whether somebody says that there is no such page, host or address, proven or not."""
    return evidence.failure in _DENIALS if evidence.failure else evidence.status in NOT_THERE


def missing(evidence: Evidence) -> tuple[str, ...]:
    """What a denial lacks to be believed; machines in data centres are shown 404s that readers never see.

    Those who hand out an address themselves need no proof, nor does what is known without asking, such as
    that a redirect leads to no address. A host without a name has no other page to ask for.
    """
    if evidence.found_via in ("authority", "local", "static") or evidence.failure == "malformed":
        return ()
    lacking = {
        "a GET request": evidence.method != "GET",
        "a page without the marks of a bot wall": evidence.wall is not None,
        "a second attempt": evidence.attempts < 2,
        "a control request that works": evidence.failure is None and evidence.control is not True,
    }
    return tuple(name for name, is_lacking in lacking.items() if is_lacking)


def is_downgraded(evidence: Evidence) -> bool:
    """Whether the way to the page leads from `https` back to `http`."""
    if not evidence.hops:
        return False
    way = [hop.url for hop in evidence.hops]
    way += [evidence.final_url] if evidence.final_url else []
    secure = [url.startswith("https:") for url in way]
    return any(one and not other for one, other in pairwise(secure))


def is_redirected_home(evidence: Evidence) -> bool:
    """Whether the server answers with its home page, as many do instead of a 404."""
    if not evidence.hops or evidence.final_url is None:
        return False
    old, new = urls.parse(evidence.url), urls.parse(evidence.final_url)
    return old is not None and new is not None and is_sent_home(old, new)


def _denied(evidence: Evidence) -> Verdict:
    if not missing(evidence):
        return "broken"
    # A host that fails its own home page as well turns this machine away, whatever it says.
    return "blocked" if evidence.control is False and evidence.failure is None else "unavailable"


def _success(evidence: Evidence) -> Verdict:
    answers = {state for _, state in evidence.fragments}
    judged: Verdict = "ok"
    if evidence.parked is not None or is_redirected_home(evidence):
        judged = "suspect"
    elif "absent" in answers:
        judged = "anchor_missing"
    elif _is_insecure(evidence):
        judged = "insecure"
    elif "unknown" in answers:
        judged = "unverifiable"
    elif evidence.hops:
        judged = "moved" if has_moved(evidence) else "redirected"
    return judged


def _is_insecure(evidence: Evidence) -> bool:
    stays = evidence.final_url is not None and evidence.final_url.startswith("http:")
    return is_downgraded(evidence) or (stays and evidence.https is True)

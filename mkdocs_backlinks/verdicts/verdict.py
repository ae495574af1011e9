"""Judges the evidence on one address: one word for each kind of facts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Failure, Verdict
from mkdocs_backlinks.verdicts.redirect_kinds import leads_to_own_home

PERMANENT = frozenset({301, 308})
"""Redirects that ask for references to be replaced (RFC 9110 §15.4.2, §15.4.9)."""

GONE_STATUSES: Mapping[int | None, str] = {404: "404 Not Found", 410: "410 Gone"}
"""Statuses that deny a page, with their names (RFC 9110 §15.5.5, §15.5.11)."""

_BLOCKED = frozenset({401, 403, 406, 429, 451, 999})
"""LinkedIn answers 999 to programs; 451 is a legal bar, often for one country only."""

_FAILURES: Mapping[Failure, Verdict] = {
    "non_public": "unsafe",
    "forbidden_port": "unsafe",
    "deferred": "deferred",
    "tls": "insecure",
    "unlocked": "unverifiable",
}
_DENIALS: frozenset[Failure | None] = frozenset({"malformed", "unknown_host"})


def verdict(evidence: Evidence) -> Verdict:
    """Return the one verdict on an address.

    Only `broken` says that it does not exist, and only if no proof is missing. `blocked` says that the server
    turned a program away, `unavailable` that there was no clear answer this time: a reader may get through.
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
    return _success(evidence) if is_success(evidence) else "unavailable"


def is_success(evidence: Evidence) -> bool:
    """Return True if the status is 2xx."""
    return evidence.status is not None and 200 <= evidence.status < 300


def has_moved(evidence: Evidence) -> bool:
    """Return True if there is a page, and every redirect to it is permanent."""
    is_page = is_success(evidence) and evidence.wall is None and evidence.parked is None
    return is_page and bool(evidence.hops) and all(hop.status in PERMANENT for hop in evidence.hops)


def is_denied(evidence: Evidence) -> bool:
    """Return True if the server, the name server or the parser denies the address, proven or not."""
    return evidence.failure in _DENIALS if evidence.failure else evidence.status in GONE_STATUSES


def missing_proofs(evidence: Evidence) -> tuple[str, ...]:
    """Return what a denial lacks to be believed; data centres are shown 404s that readers never see.

    An authority needs no proof, nor does a fact that needs no request, such as a malformed address. An
    unknown host has no page for a control request.
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
    """Return True if a redirect leads from `https` to `http`."""
    if not evidence.hops:
        return False
    chain = [hop.url for hop in evidence.hops]
    chain += [evidence.final_url] if evidence.final_url else []
    is_secure = [url.startswith("https:") for url in chain]
    return any(before and not after for before, after in pairwise(is_secure))


def is_redirected_home(evidence: Evidence) -> bool:
    """Return True if the server redirects to its home page, as many do in place of a 404."""
    if not evidence.hops or evidence.final_url is None:
        return False
    old, new = urls.parse(evidence.url), urls.parse(evidence.final_url)
    return old is not None and new is not None and leads_to_own_home(old, new)


def _denied(evidence: Evidence) -> Verdict:
    if not missing_proofs(evidence):
        return "broken"
    # A host that fails even its home page turns this machine away, whatever the status says.
    return "blocked" if evidence.control is False and evidence.failure is None else "unavailable"


def _success(evidence: Evidence) -> Verdict:
    states = {state for _, state in evidence.fragments}
    judged: Verdict = "ok"
    if evidence.parked is not None or is_redirected_home(evidence):
        judged = "suspect"
    elif "absent" in states:
        judged = "anchor_missing"
    elif _is_insecure(evidence):
        judged = "insecure"
    elif "unknown" in states:
        judged = "unverifiable"
    elif evidence.hops:
        judged = "moved" if has_moved(evidence) else "redirected"
    return judged


def _is_insecure(evidence: Evidence) -> bool:
    is_plain = evidence.final_url is not None and evidence.final_url.startswith("http:")
    return is_downgraded(evidence) or (is_plain and evidence.https is True)

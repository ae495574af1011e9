"""Rule: a link to an address on the web that is not there."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.streaks import is_forgiven
from mkdocs_backlinks.verdicts.verdict import GONE_STATUSES, verdict


@link_rule(severity="error", scope="external", kinds=("external",))
def broken_url(link: Link, facts: Facts) -> Problem | None:
    """A link leads to an address on the web that does not exist.

    ## Why it matters
    The reader gets an error page, or none at all. Only a clear answer counts: the server says that the
    page is not there (404) or gone (410), no server of that name exists, or what stands in the link is
    no address. A server that turns programs away, or gives no answer today, never breaks a build. An
    address that was fine before is first named by `failing_url`, for three runs and three days.

    ## Example
    `[the guide](https://example.org/gude)` and the server answers 404; or `[site](https://example.org:99999/)`.

    ## What to do
    Look for a typing error first. If the page has moved, link to its new address; if it is gone, link to
    a copy in a web archive or take the link out. An address that only your readers can reach goes to
    `external.exclude`, with the reason.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None:
        return _malformed(link.target) if urls.parse(link.target) is None else None
    if verdict(evidence) != "broken" or is_forgiven(evidence):
        return None
    if evidence.failure != "malformed":
        return _not_there(evidence)
    return _leads_nowhere(evidence) if evidence.hops else _malformed(link.target)


def _malformed(target: str) -> Problem:
    return Problem(f'"{urls.without_credentials(target)}" is not an address', {"failure": "malformed"})


def _leads_nowhere(evidence: Evidence) -> Problem:
    known: dict[str, Json] = {"failure": evidence.failure, "detail": evidence.detail}
    return Problem(
        f"{urls.without_credentials(evidence.url)} redirects to what is no web address: {evidence.detail}",
        known,
    )


def _not_there(evidence: Evidence) -> Problem:
    address = urls.parse(evidence.final_url or evidence.url)
    known: dict[str, Json] = {"status": evidence.status, "failure": evidence.failure}
    if evidence.hops and evidence.final_url:
        known["final_url"] = urls.without_credentials(evidence.final_url)
    if evidence.status is None:
        host = address.host if address else evidence.url
        return Problem(f'{urls.without_credentials(evidence.url)}: there is no host "{host}"', known)
    status = GONE_STATUSES[evidence.status]
    return Problem(f"{urls.without_credentials(evidence.url)} answers {status}", known)

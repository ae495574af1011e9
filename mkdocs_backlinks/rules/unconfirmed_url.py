"""Rule: a link to an address that may not be there, though that is not proven."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.verdicts.verdict import GONE_STATUSES, is_denied, missing_proofs


@link_rule(severity="info", scope="external", kinds=("external",))
def unconfirmed_url(link: Link, facts: Facts) -> Problem | None:
    """A link leads to an address of which a server says that it is not there, and that is not proven.

    ## Why it matters
    Machines in data centres, such as those of CI services, are shown errors that readers never see. A page
    counts as broken only if it was asked for with a GET request, twice, no bot wall answered in its place,
    and another request to the same host worked. Here one of these proofs is missing, and the message
    says which.

    ## Example
    `[the paper](https://journal.example/42)` answers 404, and so does the home page of `journal.example`.

    ## What to do
    Open the address in a browser. Mend the link if it is broken there too; if not, nothing has to be done.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.skipped is not None or not is_denied(evidence):
        return None
    lacking = missing_proofs(evidence)
    if not lacking:
        return None
    said = GONE_STATUSES.get(evidence.status, "that it does not exist")
    known: dict[str, Json] = {"status": evidence.status, "failure": evidence.failure, "missing": [*lacking]}
    return Problem(
        f"{urls.without_credentials(evidence.url)} may be broken (the answer was: {said}),"
        f" but there is no proof: missing is {', and '.join(lacking)}",
        known,
    )

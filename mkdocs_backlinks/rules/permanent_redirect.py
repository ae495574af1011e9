"""Rule: a link to an address that has moved for good."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Fix, Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.permanent_moves import permanent_address, with_fragment


@link_rule(severity="info", scope="external", kinds=("external",))
def permanent_redirect(link: Link, facts: Facts) -> Problem | None:
    """A link uses an address that has moved for good.

    ## Why it matters
    The server asks everyone to use the new address. The old one costs the reader a detour, and one day
    it stops answering. Redirects that are meant for now only, that lead to a login page, to another
    language or to a mere home page are not named.

    ## Example
    `[manual](https://example.org/docs)` answers 301 and leads to `https://docs.example.org/`.

    ## What to do
    Link to the new address, after a look at whether it still says what the link promises. It is worth
    setting this rule to `warn` where links are tended regularly.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or not evidence.hops:
        return None
    new = permanent_address(evidence)
    if new is None:
        return None
    hops: list[Json] = [
        {"url": urls.without_credentials(hop.url), "status": hop.status} for hop in evidence.hops
    ]
    message = f"{urls.without_credentials(evidence.url)} has moved to {urls.without_credentials(new)}"
    known: dict[str, Json] = {
        "status": evidence.status,
        "final_url": urls.without_credentials(new),
        "hops": hops,
    }
    return Problem(message, known, Fix(urls.without_credentials(with_fragment(new, link.fragment))))

"""Rule: a link to a port of a host at which no website is."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule


@link_rule(severity="warn", scope="external", kinds=("external",))
def forbidden_port(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a port that belongs to another service than the web.

    ## Why it matters
    Browsers refuse many of these ports, and a request to one can do harm: mail servers and the like read
    what is sent to them as commands. The plugin does not ask such an address, so nobody knows whether the
    link works.

    ## Example
    `[status](http://example.org:25/)`, where 25 is the port for mail.

    ## What to do
    Look for a typing error in the number. If the number is right, the address is not for readers, and is
    better written as `code`.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.failure != "forbidden_port":
        return None
    where = "redirects to" if evidence.hops else "names"
    return Problem(
        f"{urls.without_credentials(evidence.url)} {where} a port that is not the web's",
        {"failure": "forbidden_port"},
    )

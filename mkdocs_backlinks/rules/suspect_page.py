"""Rule: a link that answers, though probably not with what was meant."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.verdicts.verdict import is_redirected_home, is_success


@link_rule(severity="info", scope="external", kinds=("external",))
def suspect_page(link: Link, facts: Facts) -> Problem | None:
    """A link answers well, though probably with something else than was meant.

    ## Why it matters
    Many servers send a reader to their home page where a page is gone, and a domain that nobody pays for
    any longer shows advertisements. Both answer like a page that is there.

    ## Example
    `[the study](https://example.org/2019/study)` leads to `https://example.org/`.

    ## What to do
    Open the link. If what you meant is gone, link to its new place, or to a copy in a web archive.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or not is_success(evidence) or evidence.wall is not None:
        return None
    address = urls.without_credentials(evidence.url)
    if evidence.parked is not None:
        known: dict[str, Json] = {"parked": evidence.parked}
        return Problem(f"{address} shows that its domain is for sale ({evidence.parked})", known)
    if not is_redirected_home(evidence):
        return None
    final = urls.without_credentials(evidence.final_url or evidence.url)
    return Problem(f"{address} leads to the home page of its host", {"final_url": final})

"""Rule: a link to a place on somebody else's page that the page does not have."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.verdicts.verdict import is_success


@link_rule(severity="warn", scope="external", kinds=("external",))
def broken_fragment(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a page on the web that is there, and to a place on it that is not.

    ## Why it matters
    The reader lands at the top of a page, perhaps a long one, and has to search for what was promised.
    Only pages whose anchors can be known are named: a page that scripts put together in the browser, or
    that is too long to be read to its end, is not.

    ## Example
    `[limits](https://example.org/guide#limits)`, and the page has no element with the id `limits`.

    ## What to do
    Open the link, find the section, and use its address. On most sites it shows next to the heading.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or not link.fragment or not is_success(evidence) or evidence.wall is not None:
        return None
    if (link.fragment, "absent") not in evidence.fragments:
        return None
    known: dict[str, Json] = {"fragment": link.fragment}
    address = urls.without_credentials(evidence.final_url or evidence.url)
    return Problem(f'{address} has no anchor "{urls.decode_fragment(link.fragment)}"', known)

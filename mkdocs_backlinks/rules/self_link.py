"""Rule: a link from a page to itself."""

from __future__ import annotations

from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule


@link_rule(severity="info", scope="internal", kinds=("page",))
def self_link(link: Link, facts: Facts) -> Problem | None:
    """A link leads to the page that it stands on, and to no place on it.

    ## Why it matters
    Whoever follows it ends up where they were. Most of these links were meant for another page, lost
    their `#` and what follows, or were never given an address. Not named are `#` and `#top`, an address
    with a query, and links whose place in the source is not known: a list of pages that a template
    writes may well have the page itself in it.

    ## Example
    `See [the next chapter](install.md).` on the page `install.md`, or `[the next chapter]()`.

    ## What to do
    Link to the page that was meant, or add the heading: `install.md#limits`. Otherwise take the link out.
    """
    if link.target != link.source or link.fragment or link.element not in ("a", "area"):
        return None
    source = facts.source(link)
    if source.href.startswith("#") or "?" in source.href or source.location.line is None:
        return None
    if not source.href:
        return Problem("the link has no address, and so leads to its own page")
    return Problem("the link leads to its own page")

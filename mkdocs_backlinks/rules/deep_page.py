"""Rule: a page that is many steps away."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.rules.engine.base import Facts, Problem, page_rule

FAR = 4
"""Largest number of steps from the home page that is still near."""


@page_rule(severity="info")
def deep_page(page: Page, facts: Facts) -> Iterator[Problem]:
    """A page is more than four steps away from the home page.

    ## Why it matters
    What is far down is seldom found. A step is a level of the navigation that has to be opened, or a link
    in the text of a page; the shortest way counts, whatever it is made of.

    ## Example
    A page in a section in a section in a section in a section, which no page higher up links to.

    ## What to do
    Link to it from a page higher up where readers look for it, or make the navigation flatter.
    """
    steps = facts.depths.get(page.uri)
    if steps is not None and steps > FAR:
        yield Problem(f"the page is {steps} steps away from the home page", {"steps": steps})

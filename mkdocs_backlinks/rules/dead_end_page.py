"""Rule: a page from which no link leads on."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.rules.engine.base import Facts, Problem, page_rule


@page_rule(severity="ignore")
def dead_end_page(page: Page, facts: Facts) -> Iterator[Problem]:
    """No link in the text of a page leads to another page of the site.

    ## Why it matters
    The text leaves its readers alone where they have finished reading. The navigation is still there, and
    so are the related pages of this plugin: many good pages are like this, which is why the rule is off
    unless you set it. On a site that is meant to be read from link to link it is worth an `info`.

    ## Example
    A page of the reference that mentions five others and links to none.

    ## What to do
    Link to the page that readers need next, and to those that the text mentions.
    """
    links = facts.graph.outgoing.get(page.uri, ())
    if not any(link.kind == "page" and link.target != page.uri for link in links):
        yield Problem("no link leads from this page to another one of the site")

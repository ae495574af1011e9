"""Rule: a page that no reader can find."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.rules.engine.base import Facts, Problem, page_rule

_ERROR_PAGES = ("404/", "404.html")


@page_rule(severity="info")
def orphan_page(page: Page, facts: Facts) -> Iterator[Problem]:
    """A page is not in the navigation, and no chain of links leads to it from a page that is.

    ## Why it matters
    Only the search, or somebody who knows the address, finds it. Such pages are forgotten, and grow old
    unseen. Pages that `not_in_nav` matches, or that another plugin lists, such as the posts of a blog,
    are left out on purpose and not named.

    ## Example
    `old/notes.md`, which is not in the `nav` of `mkdocs.yml`, and which only `old/index.md` links to, which
    is not there either.

    ## What to do
    Add the page to the navigation, link to it from where readers need it, or delete it.
    """
    if page.uri in facts.depths or page.left_out or page.url in _ERROR_PAGES:
        return
    links = len(facts.graph.predecessors[page.uri])
    why = "no page links to it" if not links else "only pages link to it that cannot be reached either"
    yield Problem(f"the page is not in the navigation, and {why}", {"linking_pages": links})

"""Rule: a link to a page that the site does not have."""

from __future__ import annotations

from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.suggestions import missing_target
from mkdocs_backlinks.rules.engine.target_lookup import has_target, is_explained_otherwise


@link_rule(severity="error", scope="internal", kinds=("page",))
def broken_page(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a page of this site that does not exist.

    ## Why it matters
    The reader gets the error page instead of what was promised. Most such links were right once: the
    page has been renamed or moved, and the links to it have not. Links in raw HTML count as well, which
    MkDocs itself does not look at: an address there stays as it is, so that `<a href="guide.md">` leads
    nowhere even if there is a `guide.md`.

    ## Example
    `[Installation](../guide/instal.md)` when the page is called `guide/install.md`.

    ## What to do
    Take the suggestion, or find the page that has taken over and link to that. If the page is gone for
    good, take the link out. A page that another tool adds after the build is not known to MkDocs: link
    to it by its full address.
    """
    return (
        None
        if has_target(link, facts) or is_explained_otherwise(link, facts)
        else missing_target("page", link, facts)
    )

"""Rule: a link to a page that is left out of the built site."""

from __future__ import annotations

from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.target_lookup import has_target


@link_rule(severity="error", scope="internal", kinds=("page",))
def excluded_page(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a page that has a source and is left out of the built site.

    ## Why it matters
    The page is a draft, or `exclude_docs` matches it. `mkdocs serve` shows drafts to you; the readers of
    the published site get the error page.

    ## Example
    `[what comes next](plans.md)`, with `draft_docs: plans.md` in `mkdocs.yml`.

    ## What to do
    Publish the page, or take the link out until then.
    """
    source = facts.graph.excluded.get(link.target)
    if source is None or has_target(link, facts):
        return None
    message = f'the page "{source}" is a draft or excluded, and not in the built site'
    return Problem(message, {"target": source})

"""Rule: a link to a file that the site does not have."""

from __future__ import annotations

from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.suggestions import missing_target
from mkdocs_backlinks.rules.engine.target_lookup import has_target, is_explained_otherwise


@link_rule(severity="error", scope="internal", kinds=("asset",))
def broken_asset(link: Link, facts: Facts) -> Problem | None:
    """An image, a download or another file that a page uses does not exist.

    ## Why it matters
    An image that is missing leaves a hole in the page, a download that is missing leaves the reader with
    an error page. Neither shows in the Markdown, and in raw HTML MkDocs does not look.

    ## Example
    `![Screenshot](img/login.jpg)` when the file is called `img/login.png`.

    ## What to do
    Take the suggestion, or add the file. In raw HTML the path counts from the address of the page, not
    from its source file.
    """
    return (
        None
        if has_target(link, facts) or is_explained_otherwise(link, facts)
        else missing_target("file", link, facts)
    )

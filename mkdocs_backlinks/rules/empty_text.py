"""Rule: a link that has nothing to read."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.link_texts import target_title


@link_rule(severity="warn", scope="internal", kinds=("page", "asset", "external"))
def empty_text(link: Link, facts: Facts) -> Problem | None:
    """A link has neither text nor any other name.

    ## Why it matters
    A screen reader says "link" and nothing else, and where there is no icon either nobody sees the link
    at all. It fails the success criteria 2.4.4 and 4.1.2 of WCAG, both of level A. What counts as a name
    is text, the `alt` of an image, and `aria-label`, `aria-labelledby` or `title`.

    ## Example
    `[](install.md)`, or `[![](img/map.png)](map.md)`, or an icon alone as a link.

    ## What to do
    Write a text. An image in a link says by its `alt` where the link leads; an icon gets a `title` or a
    text beside it, or the link an `aria-label`: `[:octicons-gear-16:](options.md){ aria-label="Options" }`.
    """
    if link.text or link.element not in ("a", "area"):
        return None
    title = target_title(link, facts)
    where = f'"{title}"' if title else urls.without_credentials(link.target or link.href)
    return Problem(f"the link to {where} has no text, and no other name", {"title": title} if title else {})

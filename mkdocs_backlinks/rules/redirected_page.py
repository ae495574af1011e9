"""Rule: a link to the old address of a page that has moved."""

from __future__ import annotations

from functools import partial

from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, Suggestions, link_rule
from mkdocs_backlinks.rules.engine.rewriting import rewritten_href
from mkdocs_backlinks.rules.engine.suggestions import has_fragment, suggestions_of
from mkdocs_backlinks.rules.engine.target_lookup import redirect_target


@link_rule(severity="warn", scope="internal", kinds=("page",))
def redirected_page(link: Link, facts: Facts) -> Problem | None:
    """A link leads to the old address of a page that mkdocs-redirects sends on to the new one.

    ## Why it matters
    The reader takes a detour through a page that only sends them on, and a link that you can mend today
    breaks on the day the redirect is taken out. Redirects are for the links of other sites. The index
    does not count the link as one to the new page either.

    ## Example
    `<a href="/setup/">Setup</a>`, with `setup.md: guide/install.md` among the `redirect_maps`.

    ## What to do
    Take the suggestion, which is the new page. In Markdown a path to its source is better still.
    """
    if not facts.graph.moved or link.target in facts.graph.pages:
        return None
    new = redirect_target(link.target, facts)
    if new is None:
        return None
    return Problem(
        f'"{link.target}" has moved to "{new[0]}"',
        {"target": link.target, "moved_to": new[0]},
        suggest=partial(_new, link, *new, facts),
    )


def _new(link: Link, target: str, fragment: str | None, facts: Facts) -> Suggestions:
    fragment = link.fragment or fragment
    if target not in facts.graph.pages:
        return suggestions_of([], f"{target}#{fragment}" if fragment else target)
    new = rewritten_href(link, facts, target, fragment, served=True)
    return suggestions_of([], new) if has_fragment(link, facts, target) else suggestions_of([new])

"""Rule: a link to a place on a page that the page does not have."""

from __future__ import annotations

from functools import partial
from posixpath import dirname

from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.base import Advice, Facts, Problem, link_rule
from mkdocs_backlinks.rules.known import anchors, anchors_in_other_case, missing_anchor
from mkdocs_backlinks.rules.names import LIMIT, near
from mkdocs_backlinks.rules.rewrite import rewritten, written_fragment
from mkdocs_backlinks.rules.suggest import advice

_NEAR = 0.7


@link_rule(severity="error", scope="internal", kinds=("page",))
def broken_anchor(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a heading or another place on a page, and the page has no such place.

    ## Why it matters
    The page opens at its top, and the reader has to find by hand what the link promised. It happens
    whenever a heading is reworded, because the part behind `#` is made from the heading's text.

    ## Example
    `[the limits](install.md#known-limits)` after "Known limits" has become "Limits".

    ## What to do
    Take the suggestion, which is a near spelling on the same page or the same heading on another page.
    To keep a heading's anchor when its text changes, name it: `## Limits { #known-limits }` with the
    `attr_list` extension.
    """
    fragment = missing_anchor(link, facts)
    if fragment is None or anchors_in_other_case(link, fragment, facts):
        return None
    where = "this page" if link.target == link.source else f'the page "{link.target}"'
    return Problem(
        f'{where} has no anchor "{fragment}"',
        {"target": link.target, "fragment": fragment},
        advise=partial(_meant, link, fragment, facts),
    )


def _meant(link: Link, fragment: str, facts: Facts) -> Advice:
    page = PageUri(link.target)
    here = [(page, anchor) for anchor in near(fragment, sorted(anchors(page, facts)), _NEAR)]
    elsewhere = [(other, fragment) for other in _pages_with(fragment, facts)]
    found = here + (elsewhere if len(elsewhere) <= LIMIT else [])
    hrefs = [rewritten(link, facts.graph, other, written_fragment(anchor)) for other, anchor in found[:LIMIT]]
    # Far away, the same words are more often another heading than the same one moved.
    is_clear = len(found) == 1 and dirname(found[0][0]) == dirname(page)
    return advice(hrefs, hrefs[0] if is_clear else None)


def _pages_with(fragment: str, facts: Facts) -> list[PageUri]:
    return [uri for uri, page in facts.graph.pages.items() if fragment in page.anchors]

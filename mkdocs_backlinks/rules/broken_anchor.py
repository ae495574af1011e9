"""Rule: a link to a place on a page that the page does not have."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.base import Facts, Problem, rule
from mkdocs_backlinks.rules.known import THEME, missing_anchor
from mkdocs_backlinks.rules.names import LIMIT, near
from mkdocs_backlinks.rules.rewrite import rewritten, written_fragment
from mkdocs_backlinks.rules.suggest import as_fix, suggested

_NEAR = 0.7


@rule(severity="error", scope="internal", kinds=("page",))
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
    return None if fragment is None else _problem(link, fragment, facts)


def _problem(link: Link, fragment: str, facts: Facts) -> Problem:
    page = PageUri(link.target)
    here = [(page, anchor) for anchor in near(fragment, sorted(_anchors(page, facts)), _NEAR)]
    elsewhere = [(other, fragment) for other in _pages_with(fragment, facts)]
    found = here + (elsewhere if len(elsewhere) <= LIMIT else [])
    hrefs = [rewritten(link, facts.graph, other, written_fragment(anchor)) for other, anchor in found[:LIMIT]]
    # Far away, the same words are more often another heading than the same one moved.
    is_clear = len(found) == 1 and dirname(found[0][0]) == dirname(page)
    where = "this page" if page == link.source else f'the page "{page}"'
    evidence = suggested({"target": page, "fragment": fragment}, hrefs)
    return Problem(f'{where} has no anchor "{fragment}"', evidence, as_fix(hrefs[0]) if is_clear else None)


def _anchors(page: PageUri, facts: Facts) -> Iterator[str]:
    """The anchors that an author may link to: not those that a theme or an extension made for itself."""
    known = facts.graph.pages[page].anchors | facts.anchors.get(page, frozenset())
    return (anchor for anchor in known if not anchor.startswith(THEME))


def _pages_with(fragment: str, facts: Facts) -> list[PageUri]:
    return [uri for uri, page in facts.graph.pages.items() if fragment in page.anchors]

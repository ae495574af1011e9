"""Rule: an anchor that stands on its page twice and that links lead to."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Page
from mkdocs_backlinks.rules.engine.base import Facts, Problem, page_rule
from mkdocs_backlinks.rules.engine.target_lookup import THEME_PREFIX


@page_rule(severity="warn")
def duplicate_id(page: Page, facts: Facts) -> Iterator[Problem]:
    """An `id` stands on a page more than once, and links lead to it.

    ## Why it matters
    A browser always takes the first one. Links that were meant for the second, those of the table of
    contents included, end up in the wrong place, and nothing tells you. An `id` that no link uses does no
    harm and is not named.

    ## Example
    `## Options { #options }` above and `<div id="options">` below.

    ## What to do
    Rename one of the two, and the links that mean it. Two headings of the same text are no problem: they
    get different ids by themselves.
    """
    for anchor in sorted(page.repeated):
        if anchor.startswith(THEME_PREFIX):
            continue
        links = sum(urls.decode_fragment(fragment) == anchor for fragment in _fragments(page, facts))
        headings = sum(heading.id == anchor for heading in page.headings)
        if links or headings > 1:
            where = f"links to it in the text: {links}" if links else f"headings that have it: {headings}"
            message = f'the id "{anchor}" stands on this page more than once ({where})'
            yield Problem(message, {"id": anchor, "links": links})


def _fragments(page: Page, facts: Facts) -> Iterator[str]:
    """Yield the fragments of all links to a page, its own included."""
    own = (link for link in facts.graph.outgoing.get(page.uri, ()) if link.target == page.uri)
    for link in (*facts.graph.incoming.get(page.uri, ()), *own):
        if link.fragment:
            yield link.fragment

"""Rule: a link that would be right if capital and small letters were the same."""

from __future__ import annotations

from functools import partial

from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts, Problem, Suggestions, link_rule
from mkdocs_backlinks.rules.engine.rewriting import possible_targets, readable, rewritten_href
from mkdocs_backlinks.rules.engine.suggestions import has_fragment, suggestions_of
from mkdocs_backlinks.rules.engine.target_lookup import (
    anchors_in_other_case,
    has_target,
    missing_anchor,
    names_in_other_case,
)


@link_rule(severity="error", scope="internal", kinds=("page", "asset"))
def case_mismatch(link: Link, facts: Facts) -> Problem | None:
    """A link names a page, a file or an anchor in other capital and small letters than it has.

    ## Why it matters
    `Logo.png` and `logo.png` are one file on most desktops and two on nearly every web server, so that the
    link works for its author and for nobody else. In the part behind `#` letter case counts everywhere.

    ## Example
    `![Logo](img/Logo.PNG)` when the file is called `img/logo.png`, or `[limits](install.md#Limits)`.

    ## What to do
    Take the suggestion. To rename the file instead is more work, because Git on such a desktop does not
    see the difference either: `git mv` does it in two steps.
    """
    if not has_target(link, facts):
        return _of_path(link, names_in_other_case(link, facts), facts)
    fragment = missing_anchor(link, facts)
    return _of_anchor(link, fragment, facts) if fragment is not None else None


def _of_path(link: Link, names: tuple[str, ...], facts: Facts) -> Problem | None:
    if not names or link.target in facts.graph.excluded:
        return None
    target = possible_targets(link, facts)[0]
    return Problem(
        f'"{target}" is called "{names[0]}": letter case counts',
        {"target": target, "name": names[0]},
        suggest=partial(_paths_meant, link, names, facts),
    )


def _paths_meant(link: Link, names: tuple[str, ...], facts: Facts) -> Suggestions:
    hrefs = [rewritten_href(link, facts, name, link.fragment) for name in names]
    sure = len(names) == 1 and has_fragment(link, facts, names[0])
    return suggestions_of(hrefs, hrefs[0] if sure else None)


def _of_anchor(link: Link, fragment: str, facts: Facts) -> Problem | None:
    names = anchors_in_other_case(link, fragment, facts)
    if not names:
        return None
    return Problem(
        f'the anchor "{fragment}" is called "{names[0]}": letter case counts',
        {"target": link.target, "fragment": fragment, "name": names[0]},
        suggest=partial(_anchors_meant, link, names, facts),
    )


def _anchors_meant(link: Link, names: list[str], facts: Facts) -> Suggestions:
    page = PageUri(link.target)
    hrefs = [rewritten_href(link, facts, page, readable(name)) for name in names]
    return suggestions_of(hrefs, hrefs[0] if len(names) == 1 else None)

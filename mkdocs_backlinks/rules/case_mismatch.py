"""Rule: a link that would be right if capital and small letters were the same."""

from __future__ import annotations

from functools import partial

from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.engine.base import Advice, Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.rewriting import readings, rewritten, written_fragment
from mkdocs_backlinks.rules.engine.suggestions import advice, has_fragment
from mkdocs_backlinks.rules.engine.target_lookup import (
    anchors_in_other_case,
    has_target,
    missing_anchor,
    other_case,
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
        return _of_path(link, other_case(link, facts), facts)
    fragment = missing_anchor(link, facts)
    return _of_anchor(link, fragment, facts) if fragment is not None else None


def _of_path(link: Link, names: tuple[str, ...], facts: Facts) -> Problem | None:
    if not names or link.target in facts.graph.excluded:
        return None
    asked = readings(link, facts)[0]
    return Problem(
        f'"{asked}" is called "{names[0]}": letter case counts',
        {"target": asked, "name": names[0]},
        advise=partial(_paths_meant, link, names, facts),
    )


def _paths_meant(link: Link, names: tuple[str, ...], facts: Facts) -> Advice:
    hrefs = [rewritten(link, facts, name, link.fragment) for name in names]
    sure = len(names) == 1 and has_fragment(link, facts, names[0])
    return advice(hrefs, hrefs[0] if sure else None)


def _of_anchor(link: Link, fragment: str, facts: Facts) -> Problem | None:
    names = anchors_in_other_case(link, fragment, facts)
    if not names:
        return None
    return Problem(
        f'the anchor "{fragment}" is called "{names[0]}": letter case counts',
        {"target": link.target, "fragment": fragment, "name": names[0]},
        advise=partial(_anchors_meant, link, names, facts),
    )


def _anchors_meant(link: Link, names: list[str], facts: Facts) -> Advice:
    page = PageUri(link.target)
    hrefs = [rewritten(link, facts, page, written_fragment(name)) for name in names]
    return advice(hrefs, hrefs[0] if len(names) == 1 else None)

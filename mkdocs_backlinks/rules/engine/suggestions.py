"""Problems of links that lead nowhere, with suggestions, and a fix where one stands out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import partial

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Fix, Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts, Problem, Suggestions
from mkdocs_backlinks.rules.engine.name_index import NameMatches
from mkdocs_backlinks.rules.engine.rewriting import likeliest_target, possible_targets, rewritten_href
from mkdocs_backlinks.rules.engine.target_lookup import redirect_target


def missing_target(what: str, link: Link, facts: Facts) -> Problem:
    """Return the problem that the page or file which a link asks for does not exist."""
    target = likeliest_target(link, facts)
    return Problem(f'there is no {what} "{target}"', {"target": target}, suggest=partial(_meant, link, facts))


def suggestions_of(hrefs: Iterable[str | None], fix: str | None = None) -> Suggestions:
    """Return those addresses that are known as suggestions, and the one that is surely right as a fix."""
    known = tuple(urls.without_credentials(href) for href in hrefs if href)
    return Suggestions(known, Fix(urls.without_credentials(fix)) if fix else None)


def _meant(link: Link, facts: Facts) -> Suggestions:
    paths = possible_targets(link, facts)
    matches = _moved(paths, facts) or _matches(link, facts, paths)
    hrefs = [rewritten_href(link, facts, name, link.fragment) for name in matches.names]
    return suggestions_of(
        hrefs, hrefs[0] if matches.clear and has_fragment(link, facts, matches.names[0]) else None
    )


def _moved(paths: tuple[str, ...], facts: Facts) -> NameMatches | None:
    """Return the page to which mkdocs-redirects leads from a source that is not there any more."""
    for path in paths:
        stem, ending = posixpath.splitext(path)
        served = (stem, stem + ".html", posixpath.dirname(path)) if ending == ".md" else ()
        for address in served:
            new = redirect_target(address, facts)
            if new and new[0] in facts.graph.pages:
                return NameMatches((new[0],), clear=True)
    return None


def _matches(link: Link, facts: Facts, paths: tuple[str, ...]) -> NameMatches:
    """Return names of the sort that the link asks for; of the other sort only where it may lead to both."""
    first, second = facts.page_names, facts.asset_names
    if link.kind == "asset":
        first, second = second, first
    matches = first.similar(paths)
    return matches if matches.names or link.element != "a" else second.similar(paths)


def has_fragment(link: Link, facts: Facts, name: str) -> bool:
    """True if the link's fragment, if it has one, leads somewhere on the suggested page."""
    page = facts.graph.pages.get(PageUri(name))
    return not link.fragment or page is None or link.fragment in page.anchors

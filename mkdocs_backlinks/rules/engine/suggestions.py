"""Turns a link that leads nowhere into a problem with a "did you mean", and a fix where one stands out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import partial

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Fix, Link, PageUri
from mkdocs_backlinks.rules.engine.base import Advice, Facts, Problem
from mkdocs_backlinks.rules.engine.name_index import Guess
from mkdocs_backlinks.rules.engine.rewriting import asked_for, readings, rewritten
from mkdocs_backlinks.rules.engine.target_lookup import moved_to


def no_such(what: str, link: Link, facts: Facts) -> Problem:
    """The problem that the page or file which a link asks for does not exist."""
    asked = asked_for(link, facts)
    return Problem(f'there is no {what} "{asked}"', {"target": asked}, advise=partial(_meant, link, facts))


def advice(hrefs: Iterable[str | None], fix: str | None = None) -> Advice:
    """What may be written instead, as far as it can be told, and what is surely right."""
    known = tuple(urls.without_credentials(href) for href in hrefs if href)
    return Advice(known, Fix(urls.without_credentials(fix)) if fix else None)


def _meant(link: Link, facts: Facts) -> Advice:
    asked = readings(link, facts)
    guess = _moved(asked, facts) or _guess(link, facts, asked)
    hrefs = [rewritten(link, facts, name, link.fragment) for name in guess.names]
    return advice(hrefs, hrefs[0] if guess.clear and has_fragment(link, facts, guess.names[0]) else None)


def _moved(asked: tuple[str, ...], facts: Facts) -> Guess | None:
    """The page to which mkdocs-redirects leads from a source that is asked for and not there any more."""
    for path in asked:
        stem, ending = posixpath.splitext(path)
        served = (stem, stem + ".html", posixpath.dirname(path)) if ending == ".md" else ()
        for address in served:
            new = moved_to(address, facts)
            if new and new[0] in facts.graph.pages:
                return Guess((new[0],), clear=True)
    return None


def _guess(link: Link, facts: Facts, asked: tuple[str, ...]) -> Guess:
    """Names of the sort that the link asks for, and others only where a reader could not tell them apart."""
    first, second = facts.page_names, facts.asset_names
    if link.kind == "asset":
        first, second = second, first
    guess = first.like(asked)
    return guess if guess.names or link.element != "a" else second.like(asked)


def has_fragment(link: Link, facts: Facts, name: str) -> bool:
    """Whether the link's fragment, if it has one, leads somewhere on the suggested page."""
    page = facts.graph.pages.get(PageUri(name))
    return not link.fragment or page is None or link.fragment in page.anchors

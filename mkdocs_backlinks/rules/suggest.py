"""Turns a link that leads nowhere into a problem with a "did you mean", and a fix where one stands out."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Fix, Json, Link, PageUri
from mkdocs_backlinks.rules.base import Facts, Problem
from mkdocs_backlinks.rules.names import Guess
from mkdocs_backlinks.rules.rewrite import readings, rewritten


def no_such(what: str, link: Link, facts: Facts) -> Problem:
    """The problem that the page or file which a link asks for does not exist."""
    asked = readings(link)
    guess = _guess(link, facts, asked)
    suggestions = [_suggestion(link, facts, name) for name in guess.names]
    fix = suggestions[0] if guess.clear and _has_fragment(link, facts, guess.names[0]) else None
    return Problem(
        f'there is no {what} "{asked[0]}"', suggested({"target": asked[0]}, suggestions), as_fix(fix)
    )


def suggested(evidence: dict[str, Json], suggestions: list[str | None]) -> dict[str, Json]:
    """The evidence with what may be written instead, where there is anything."""
    known: list[Json] = [urls.without_credentials(href) for href in suggestions if href]
    return evidence | {"suggestions": known} if known else evidence


def as_fix(href: str | None) -> Fix | None:
    return Fix(urls.without_credentials(href)) if href else None


def _guess(link: Link, facts: Facts, asked: tuple[str, ...]) -> Guess:
    """Names of the sort that the link asks for, and others only where a reader could not tell them apart."""
    first, second = facts.page_names, facts.asset_names
    if link.kind == "asset":
        first, second = second, first
    guess = first.like(asked)
    return guess if guess.names or link.element != "a" else second.like(asked)


def _suggestion(link: Link, facts: Facts, name: str) -> str | None:
    return rewritten(link, facts.graph, name, link.fragment)


def _has_fragment(link: Link, facts: Facts, name: str) -> bool:
    """Whether the link's fragment, if it has one, leads somewhere on the suggested page."""
    page = facts.graph.pages.get(PageUri(name))
    return not link.fragment or page is None or link.fragment in page.anchors

"""One problem that many pages have from one snippet, macro or template is said once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from mkdocs_backlinks.model import Link, PageUri, Severity
from mkdocs_backlinks.rules.engine.base import Facts, Problem, Rule
from mkdocs_backlinks.rules.engine.target_lookup import is_known

NAMED = 5
"""How many of its pages a repeated problem names."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with all that makes it a finding; `repeats` are the pages of all that are the same one.

    `looks` is what it looks like next to others, None where it is of a page as a whole.
    """

    rule: Rule
    severity: Severity
    page: PageUri
    problem: Problem
    repeats: tuple[PageUri, ...] = ()
    looks: Hashable = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "looks", _looks(self))

    @property
    def link(self) -> Link | None:
        return self.problem.link


def fold(found: Sequence[Found], facts: Facts) -> list[Found]:
    """The same in their order, where those of one source are one: the first, with the pages of all."""
    by_source: dict[Hashable, list[Found]] = {}
    widespread = _widespread(found)
    for number, one in enumerate(found):
        source = _source(one, facts) if one.looks in widespread else None
        by_source.setdefault(source or number, []).append(one)
    return list(chain.from_iterable(map(_as_one, by_source.values())))


def _as_one(same: Sequence[Found]) -> Sequence[Found]:
    """The first for all, where they are of several pages."""
    first = same[0]
    if len({one.page for one in same}) == 1:
        return same
    pages = tuple(one.page for one in same)
    return [Found(first.rule, first.severity, first.page, first.problem, pages)]


def _widespread(found: Iterable[Found]) -> frozenset[Hashable]:
    """What looks the same on several pages: only there it is worth the time to ask where it is written."""
    first: dict[Hashable, PageUri] = {}
    return frozenset(one.looks for one in found if first.setdefault(one.looks, one.page) != one.page)


def _looks(found: Found) -> Hashable:
    link = found.link
    if link is None:
        return None
    return found.rule.name, link.kind, link.target.rpartition("/")[2], link.fragment, link.text


def _source(found: Found, facts: Facts) -> Hashable:
    """What a problem shares with the same one on other pages; None where it is that page's own.

    A link to something that is there leads to the same target from everywhere, a link to nothing is
    written alike.
    """
    link = found.link
    if link is None:
        return None
    page, source = facts.graph.pages.get(link.source), facts.source(link)
    own = page is None or page.file is None or source.location.file in (None, page.file)
    if own and source.location.line is not None:
        return None
    target = link.target if is_known(link, facts.graph) else source.href
    return found.rule.name, None if own else source.location, link.kind, target, link.fragment, link.text

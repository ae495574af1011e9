"""Fold a problem that many pages have from one snippet, macro or template into one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from mkdocs_backlinks.model import PageUri
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.judging import RuleProblem
from mkdocs_backlinks.rules.engine.target_lookup import is_indexed


def fold(problems: Sequence[RuleProblem], facts: Facts) -> list[RuleProblem]:
    """Collapse problems that share a source; keep the first, with the pages of all."""
    groups: dict[Hashable, list[RuleProblem]] = {}
    repeated = _repeated(problems)
    for number, problem in enumerate(problems):
        # To find a link in its source takes time: only what several pages have is worth it.
        key = dedup_key(problem, facts) if _appearance(problem) in repeated else None
        groups.setdefault(key or number, []).append(problem)
    return list(chain.from_iterable(map(_collapsed, groups.values())))


def dedup_key(problem: RuleProblem, facts: Facts) -> Hashable:
    """Return what equal problems of several pages share; None for a problem of its own page.

    A link to something that is there leads to the same target from everywhere, a link to nothing is
    written alike.
    """
    link = problem.link
    if link is None:
        return None
    page, source = facts.graph.pages.get(link.source), facts.source(link)
    is_own = page is None or page.file is None or source.location.file in (None, page.file)
    if is_own and source.location.line is not None:
        return None
    target = link.target if is_indexed(link, facts.graph) else source.href
    location = None if is_own else source.location
    return problem.rule.name, location, link.kind, target, link.fragment, link.text


def _collapsed(group: Sequence[RuleProblem]) -> Sequence[RuleProblem]:
    pages = tuple(problem.page for problem in group)
    return [replace(group[0], pages=pages)] if len(set(pages)) > 1 else group


def _repeated(problems: Iterable[RuleProblem]) -> frozenset[Hashable]:
    """Return the appearances that problems of several pages have."""
    first: dict[Hashable, PageUri] = {}
    return frozenset(
        appearance
        for problem in problems
        if first.setdefault(appearance := _appearance(problem), problem.page) != problem.page
    )


def _appearance(problem: RuleProblem) -> Hashable:
    link = problem.link
    if link is None:
        return None
    return problem.rule.name, link.kind, link.target.rpartition("/")[2], link.fragment, link.text

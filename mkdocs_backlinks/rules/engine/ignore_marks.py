"""Apply the authors' ignore marks to problems, and find the marks that silenced nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import IgnoreMark, Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts, PageRule, Rule, UnusedMark
from mkdocs_backlinks.rules.engine.judging import RuleProblem

Marks = Mapping[PageUri, Mapping[int, tuple[IgnoreMark, Link | None]]]
"""Every mark by its page and number, each with the first link that it stands at."""

_Used = frozenset[tuple[PageUri, int]]


def all_marks(graph: LinkGraph) -> Marks:
    """Return the marks of all pages."""
    marks: dict[PageUri, dict[int, tuple[IgnoreMark, Link | None]]] = {}
    for link in graph.links:
        for mark in link.marks:
            marks.setdefault(link.source, {}).setdefault(mark.number, (mark, link))
    for uri, page in graph.pages.items():
        for mark in page.marks:
            marks.setdefault(uri, {}).setdefault(mark.number, (mark, None))
    return marks


def silence(problems: Iterable[RuleProblem], marks: Marks) -> tuple[list[RuleProblem], _Used]:
    """Return the problems that no mark silences, and page and number of the marks that silenced others.

    A mark at a link silences the problems of the link, a mark that names a rule those of the whole page.
    """
    remaining: list[RuleProblem] = []
    used: set[tuple[PageUri, int]] = set()
    for problem in problems:
        names = (problem.rule.name, None)
        numbers = [mark.number for mark in _marks_for(problem, marks) if mark.rule in names]
        used.update((problem.page, number) for number in numbers)
        if not numbers:
            remaining.append(problem)
    return remaining, frozenset(used)


def unused_marks(
    facts: Facts, marks: Marks, used: _Used, ran: Iterable[Rule], names: Sequence[str]
) -> Mapping[PageUri, tuple[UnusedMark, ...]]:
    """Return the marks of each page that should have silenced something and did not.

    `ran` are the rules that have run, `names` those of all rules. A mark for a rule that is switched off
    may be needed again, and so may one at an external link without a clear answer this time.
    """
    by_name = {rule.name: rule for rule in ran}
    return {
        uri: tuple(
            UnusedMark(mark, link, mark.rule is None or mark.rule in names, _likely(mark, names))
            for number, (mark, link) in of_page.items()
            if (uri, number) not in used and _is_due(mark, link, facts, by_name, names)
        )
        for uri, of_page in marks.items()
    }


def _marks_for(problem: RuleProblem, marks: Marks) -> Sequence[IgnoreMark]:
    if problem.link is not None:
        return problem.link.marks
    return [mark for mark, _ in marks.get(problem.page, {}).values() if mark.rule is not None]


def _is_due(
    mark: IgnoreMark, link: Link | None, facts: Facts, ran: Mapping[str, Rule], names: Sequence[str]
) -> bool:
    """True if the mark had its chance to silence something."""
    if mark.rule is not None and mark.rule not in names:
        return True
    rule = ran.get(mark.rule or "")
    if mark.rule is not None and rule is None:
        return False
    if link is None or isinstance(rule, PageRule) or link.kind != "external":
        return True
    needs_answer = rule is None or rule.scope == "external"
    evidence = facts.evidence.get(link.target)
    return not needs_answer or (evidence is not None and evidence.status is not None)


def _likely(mark: IgnoreMark, names: Sequence[str]) -> str | None:
    matches = difflib.get_close_matches(mark.rule or "", names, 1) if mark.rule not in names else []
    return matches[0] if matches else None

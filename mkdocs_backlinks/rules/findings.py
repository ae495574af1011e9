"""Problems become findings; of those that will be shown, the place and a way out are found as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import inf

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Json, Place, Severity
from mkdocs_backlinks.rules.base import Advice, Advise, Facts, Problem
from mkdocs_backlinks.rules.fold import NAMED, Found
from mkdocs_backlinks.rules.recall import Memory, Told

Wanted = Callable[[Sequence[Severity]], Iterable[int]]
"""Chooses by their index those findings that will be shown."""


def every(severities: Sequence[Severity]) -> Iterable[int]:
    """All of them will be shown."""
    return range(len(severities))


def findings(found: Iterable[Found], facts: Facts, wanted: Wanted, memory: Memory) -> tuple[Finding, ...]:
    """The findings of each page, first those that are wanted, by their place; the others have none."""
    # What may be meant instead is sought on all pages.
    told = memory.told.renew(facts.graph, memory.found.alike, lambda *_: Told(), of_all_names=True)
    in_order = sorted(found, key=_order)
    chosen = frozenset(wanted([one.severity for one in in_order]))
    shown: list[Finding] = []
    others: list[Finding] = []
    for number, one in enumerate(in_order):
        is_shown = number in chosen
        (shown if is_shown else others).append(_recalled(one, facts, told[one.page], is_shown=is_shown))
    # Sorting keeps the order of equals.
    return tuple(sorted([*sorted(shown, key=_by_place), *others], key=lambda finding: finding.page))


def _order(found: Found) -> tuple[str, float, str, str]:
    """By page, and on the page by the link; what is said of a page as a whole comes last."""
    number = found.link.number if found.link else inf
    return found.page, number, found.rule.name, found.problem.message


def _by_place(finding: Finding) -> tuple[str, float, float, str, str, str]:
    place = finding.place
    line, column = place.line or inf, place.column or inf
    return place.file or "", line, column, finding.rule, finding.url, finding.message


def _recalled(found: Found, facts: Facts, told: Told, *, is_shown: bool) -> Finding:
    """The finding, which is the one of the build before where the problem is that very one."""
    known = told.findings.get((found, is_shown))
    if known is None:
        known = _finding(found, facts)
        if is_shown:
            known = _with_advice(_placed(found, known), _advice(found.problem, facts, told.advice))
        if found.link and not found.repeats:  # the others are made anew by each build
            told.findings[found, is_shown] = known
    return known


def _finding(found: Found, facts: Facts) -> Finding:
    link, page = found.link, facts.graph.pages.get(found.page)
    url = page.url if page else ""
    if link is not None:
        url = urls.without_credentials(link.target if link.kind == "external" else link.href)
    return Finding(
        rule=found.rule.name,
        severity=found.severity,
        message=found.problem.message,
        page=found.page,
        url=url,
        place=Place(page.file if page else None),
        evidence=found.problem.evidence,
        fix=found.problem.fix,
        count=len(found.repeats) or 1,
        pages=tuple(dict.fromkeys(found.repeats))[:NAMED],
    )


def _placed(found: Found, finding: Finding) -> Finding:
    """The same with what only the source of the page tells, which takes time to read."""
    link = found.link
    if link is None:
        return finding
    url = finding.url if link.kind == "external" else urls.without_credentials(link.written)
    return replace(finding, url=url, place=link.place)


def _advice(problem: Problem, facts: Facts, known: dict[Advise, Advice]) -> Advice | None:
    advise = problem.advise
    if advise is not None and advise not in known:
        known[advise] = advise(facts)
    return known[advise] if advise else None


def _with_advice(finding: Finding, advice: Advice | None) -> Finding:
    if advice is None:
        return finding
    suggested: dict[str, Json] = {"suggestions": list(advice.suggestions)} if advice.suggestions else {}
    return replace(finding, evidence={**finding.evidence, **suggested}, fix=advice.fix)

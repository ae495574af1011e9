"""Turn problems into findings; those that are selected get their location and suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import inf

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Json, Severity, SourceLocation
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.judging import RuleProblem

NAMED_PAGES = 5
"""Number of its pages that a repeated finding names."""

Select = Callable[[Sequence[Severity]], Iterable[int]]
"""Selects by their index the findings that will be shown."""


def select_all(severities: Sequence[Severity]) -> Iterable[int]:
    return range(len(severities))


def finalize(problems: Iterable[RuleProblem], facts: Facts, select: Select) -> tuple[Finding, ...]:
    """Return the findings sorted by page; of each page the selected ones first, by their location."""
    in_order = sorted(problems, key=_link_order)
    selected = frozenset(select([problem.severity for problem in in_order]))
    shown = [_with_source(problem, facts) for at, problem in enumerate(in_order) if at in selected]
    hidden = [_finding(problem, facts) for at, problem in enumerate(in_order) if at not in selected]
    # Sorting keeps the order of equals.
    return tuple(sorted([*sorted(shown, key=_location_order), *hidden], key=lambda finding: finding.page))


def _link_order(problem: RuleProblem) -> tuple[str, float, str, str]:
    """Sort by page and link; problems of a whole page come last."""
    number = problem.link.number if problem.link else inf
    return problem.page, number, problem.rule.name, problem.problem.message


def _location_order(finding: Finding) -> tuple[str, float, float, str, str, str]:
    location = finding.location
    line, column = location.line or inf, location.column or inf
    return location.file or "", line, column, finding.rule, finding.url, finding.message


def _finding(problem: RuleProblem, facts: Facts) -> Finding:
    link, page = problem.link, facts.graph.pages.get(problem.page)
    url = page.url if page else ""
    if link is not None:
        url = urls.without_credentials(link.target if link.kind == "external" else link.href)
    return Finding(
        rule=problem.rule.name,
        severity=problem.severity,
        message=problem.problem.message,
        page=problem.page,
        url=url,
        location=SourceLocation(page.file if page else None),
        evidence=problem.problem.evidence,
        fix=problem.problem.fix,
        count=len(problem.pages) or 1,
        pages=tuple(dict.fromkeys(problem.pages))[:NAMED_PAGES],
    )


def _with_source(problem: RuleProblem, facts: Facts) -> Finding:
    """Return the finding with the location and href in its source, and with suggestions."""
    finding, link, suggest = _finding(problem, facts), problem.link, problem.problem.suggest
    if link is not None:
        source = facts.source(link)
        url = finding.url if link.kind == "external" else urls.without_credentials(source.href)
        finding = replace(finding, url=url, location=source.location)
    if suggest is None:
        return finding
    suggestions = suggest()
    hrefs: dict[str, Json] = {"suggestions": list(suggestions.hrefs)} if suggestions.hrefs else {}
    return replace(finding, evidence={**finding.evidence, **hrefs}, fix=suggestions.fix)

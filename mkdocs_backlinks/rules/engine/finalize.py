"""Problems become findings; of those that will be shown, the place and a way out are found as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import inf

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Json, Severity, SourceLocation
from mkdocs_backlinks.rules.engine.base import Advice, Facts
from mkdocs_backlinks.rules.engine.folding import NAMED, Found

Wanted = Callable[[Sequence[Severity]], Iterable[int]]
"""Chooses by their index those findings that will be shown."""


def every(severities: Sequence[Severity]) -> Iterable[int]:
    """All of them will be shown."""
    return range(len(severities))


def findings(found: Iterable[Found], facts: Facts, wanted: Wanted) -> tuple[Finding, ...]:
    """The findings of each page, first those that are wanted, by their place; the others have none."""
    in_order = sorted(found, key=_order)
    chosen = frozenset(wanted([one.severity for one in in_order]))
    shown = [_shown(one, facts) for number, one in enumerate(in_order) if number in chosen]
    others = [_finding(one, facts) for number, one in enumerate(in_order) if number not in chosen]
    # Sorting keeps the order of equals.
    return tuple(sorted([*sorted(shown, key=_by_place), *others], key=lambda finding: finding.page))


def _order(found: Found) -> tuple[str, float, str, str]:
    """By page, and on the page by the link; what is said of a page as a whole comes last."""
    number = found.link.number if found.link else inf
    return found.page, number, found.rule.name, found.problem.message


def _by_place(finding: Finding) -> tuple[str, float, float, str, str, str]:
    at = finding.location
    line, column = at.line or inf, at.column or inf
    return at.file or "", line, column, finding.rule, finding.url, finding.message


def _shown(found: Found, facts: Facts) -> Finding:
    """The finding with what takes time: its place in the source, and a way out."""
    placed, advise = _placed(found, _finding(found, facts), facts), found.problem.advise
    return _with_advice(placed, advise()) if advise else placed


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
        location=SourceLocation(page.file if page else None),
        evidence=found.problem.evidence,
        fix=found.problem.fix,
        count=len(found.repeats) or 1,
        pages=tuple(dict.fromkeys(found.repeats))[:NAMED],
    )


def _placed(found: Found, finding: Finding, facts: Facts) -> Finding:
    """The same with what only the source of the page tells, which takes time to read."""
    link = found.link
    if link is None:
        return finding
    source = facts.source(link)
    url = finding.url if link.kind == "external" else urls.without_credentials(source.href)
    return replace(finding, url=url, location=source.location)


def _with_advice(finding: Finding, advice: Advice) -> Finding:
    suggested: dict[str, Json] = {"suggestions": list(advice.suggestions)} if advice.suggestions else {}
    return replace(finding, evidence={**finding.evidence, **suggested}, fix=advice.fix)

"""Facts become findings: every opinion that the gate may have is one rule in `ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import get_args

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Link, LinkKind, Severity
from mkdocs_backlinks.rules.base import KINDS, Facts, Problem, Rule, Scope
from mkdocs_backlinks.rules.broken_anchor import broken_anchor
from mkdocs_backlinks.rules.broken_asset import broken_asset
from mkdocs_backlinks.rules.broken_page import broken_page
from mkdocs_backlinks.rules.broken_url import broken_url
from mkdocs_backlinks.rules.credentials_in_url import credentials_in_url
from mkdocs_backlinks.rules.insecure_http import insecure_http
from mkdocs_backlinks.rules.known import missing_paths, pages_in_doubt
from mkdocs_backlinks.rules.non_public_host import non_public_host
from mkdocs_backlinks.rules.permanent_redirect import permanent_redirect
from mkdocs_backlinks.rules.vague_text import vague_text
from mkdocs_backlinks.rules.verdict import verdict

__all__ = [
    "ALL_RULES",
    "NAMES",
    "SCOPES",
    "Facts",
    "Problem",
    "Rule",
    "Scope",
    "apply",
    "missing_paths",
    "pages_in_doubt",
    "severity_of",
    "verdict",
]

ALL_RULES: tuple[Rule, ...] = (
    broken_page,
    broken_anchor,
    broken_asset,
    broken_url,
    credentials_in_url,
    insecure_http,
    non_public_host,
    permanent_redirect,
    vague_text,
)
NAMES: tuple[str, ...] = tuple(rule.name for rule in ALL_RULES)
SCOPES: frozenset[Scope] = frozenset(get_args(Scope))


def apply(
    facts: Facts, severities: Mapping[str, Severity], scopes: frozenset[Scope] = SCOPES
) -> tuple[Finding, ...]:
    """Every problem of every link, sorted by page and place.

    `severities` changes the default severity of rules by name; a rule set to `ignore` does not run.
    """
    active: list[tuple[Rule, Severity]] = [
        (rule, severity)
        for rule in ALL_RULES
        if rule.scope in scopes and (severity := severity_of(rule, severities)) != "ignore"
    ]
    by_kind = {kind: [one for one in active if kind in one[0].kinds] for kind in KINDS}
    return tuple(sorted(_findings(facts, by_kind), key=_order))


def severity_of(rule: Rule, severities: Mapping[str, Severity]) -> Severity:
    """How bad a rule's problems are, by the author's word or else by default."""
    return severities.get(rule.name, rule.severity)


def _findings(facts: Facts, by_kind: Mapping[LinkKind, list[tuple[Rule, Severity]]]) -> Iterator[Finding]:
    for link in facts.graph.links:
        for rule, severity in by_kind[link.kind]:
            problem = rule.check(link, facts)
            if problem is not None:
                yield _finding(rule, severity, link, problem)


def _finding(rule: Rule, severity: Severity, link: Link, problem: Problem) -> Finding:
    return Finding(
        rule=rule.name,
        severity=severity,
        message=problem.message,
        page=link.source,
        url=urls.without_credentials(link.target if link.kind == "external" else link.href),
        place=link.place,
        evidence=problem.evidence,
        fix=problem.fix,
    )


def _order(finding: Finding) -> tuple[str, str, float, float, str, str, str]:
    place = finding.place
    line, column = place.line or inf, place.column or inf
    return finding.page, place.file or "", line, column, finding.rule, finding.url, finding.message

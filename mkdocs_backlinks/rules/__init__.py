"""Judge links and pages: every opinion of the gate is one rule in `ALL_RULES`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from mkdocs_backlinks.model import Finding, Severity
from mkdocs_backlinks.rules.broken_anchor import broken_anchor
from mkdocs_backlinks.rules.broken_asset import broken_asset
from mkdocs_backlinks.rules.broken_fragment import broken_fragment
from mkdocs_backlinks.rules.broken_page import broken_page
from mkdocs_backlinks.rules.broken_url import broken_url
from mkdocs_backlinks.rules.broken_wikilink import broken_wikilink
from mkdocs_backlinks.rules.case_mismatch import case_mismatch
from mkdocs_backlinks.rules.credentials_in_url import credentials_in_url
from mkdocs_backlinks.rules.dead_end_page import dead_end_page
from mkdocs_backlinks.rules.deep_page import deep_page
from mkdocs_backlinks.rules.duplicate_id import duplicate_id
from mkdocs_backlinks.rules.empty_text import empty_text
from mkdocs_backlinks.rules.engine.base import Facts, LinkRule, PageRule, Problem, Rule, Scope
from mkdocs_backlinks.rules.engine.finalize import Select, finalize, select_all
from mkdocs_backlinks.rules.engine.folding import fold
from mkdocs_backlinks.rules.engine.ignore_marks import all_marks, silence, unused_marks
from mkdocs_backlinks.rules.engine.judging import judge
from mkdocs_backlinks.rules.engine.site_queries import SiteQueries, site_queries
from mkdocs_backlinks.rules.excluded_page import excluded_page
from mkdocs_backlinks.rules.failing_url import failing_url
from mkdocs_backlinks.rules.forbidden_port import forbidden_port
from mkdocs_backlinks.rules.insecure_http import insecure_http
from mkdocs_backlinks.rules.insecure_redirect import insecure_redirect
from mkdocs_backlinks.rules.non_public_host import non_public_host
from mkdocs_backlinks.rules.orphan_page import orphan_page
from mkdocs_backlinks.rules.permanent_redirect import permanent_redirect
from mkdocs_backlinks.rules.redirected_page import redirected_page
from mkdocs_backlinks.rules.same_text_different_target import same_text_different_target
from mkdocs_backlinks.rules.self_link import self_link
from mkdocs_backlinks.rules.suspect_page import suspect_page
from mkdocs_backlinks.rules.unconfirmed_url import unconfirmed_url
from mkdocs_backlinks.rules.unlocked_url import unlocked_url
from mkdocs_backlinks.rules.unreachable_url import unreachable_url
from mkdocs_backlinks.rules.untrusted_certificate import untrusted_certificate
from mkdocs_backlinks.rules.unused_ignore import unused_ignore
from mkdocs_backlinks.rules.url_as_text import url_as_text
from mkdocs_backlinks.rules.vague_text import vague_text

__all__ = [
    "ALL_RULES",
    "NAMES",
    "SCOPES",
    "Facts",
    "Judgement",
    "LinkRule",
    "PageRule",
    "Problem",
    "Rule",
    "Scope",
    "SiteQueries",
    "apply",
    "select_all",
    "severity_of",
    "site_queries",
]

ALL_RULES: tuple[Rule, ...] = (
    broken_page,
    broken_anchor,
    broken_asset,
    broken_wikilink,
    case_mismatch,
    excluded_page,
    redirected_page,
    self_link,
    duplicate_id,
    empty_text,
    vague_text,
    url_as_text,
    same_text_different_target,
    orphan_page,
    deep_page,
    dead_end_page,
    broken_url,
    failing_url,
    unreachable_url,
    unconfirmed_url,
    unlocked_url,
    broken_fragment,
    credentials_in_url,
    insecure_http,
    insecure_redirect,
    untrusted_certificate,
    non_public_host,
    forbidden_port,
    permanent_redirect,
    suspect_page,
    unused_ignore,
)
NAMES: tuple[str, ...] = tuple(rule.name for rule in ALL_RULES)
SCOPES: frozenset[Scope] = frozenset(get_args(Scope))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Findings, sorted by page and location, and the number of problems that ignore marks silenced."""

    findings: tuple[Finding, ...]
    ignored: int = 0


def apply(
    facts: Facts,
    severities: Mapping[str, Severity],
    scopes: frozenset[Scope] = SCOPES,
    select: Select = select_all,
) -> Judgement:
    """Return every problem of every link and page, except those that a mark silences.

    `severities` changes the default severity of rules by name; a rule set to `ignore` does not run. Only
    findings that `select` selects get their location and suggestions, which may take longer to find than
    the problems.
    """
    active: dict[Rule, Severity] = {
        rule: severity
        for rule in ALL_RULES
        if rule.scope in scopes and (severity := severity_of(rule, severities)) != "ignore"
    }
    severity_of_unused = active.pop(unused_ignore, None)
    marks, problems = all_marks(facts.graph), list(judge(facts, active))
    remaining, used = silence(problems, marks)
    folded = fold(remaining, facts)
    if severity_of_unused:
        unused = unused_marks(facts, marks, used, active, NAMES)
        folded.extend(judge(replace(facts, unused_marks=unused), {unused_ignore: severity_of_unused}))
    return Judgement(finalize(folded, facts, select), len(problems) - len(remaining))


def severity_of(rule: Rule, severities: Mapping[str, Severity]) -> Severity:
    """Return the severity that the author chose for a rule, or its default."""
    return severities.get(rule.name, rule.severity)

"""Facts become findings: every opinion that the gate may have is one rule in `ALL_RULES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import inf
from typing import get_args

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Json, Place, Severity
from mkdocs_backlinks.rules.base import Advice, Advise, Facts, LinkRule, PageRule, Problem, Rule, Scope
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
from mkdocs_backlinks.rules.doubts import Doubts, pages_of
from mkdocs_backlinks.rules.duplicate_id import duplicate_id
from mkdocs_backlinks.rules.empty_text import empty_text
from mkdocs_backlinks.rules.excluded_page import excluded_page
from mkdocs_backlinks.rules.failing_url import failing_url
from mkdocs_backlinks.rules.fold import NAMED, Found, fold
from mkdocs_backlinks.rules.forbidden_port import forbidden_port
from mkdocs_backlinks.rules.insecure_http import insecure_http
from mkdocs_backlinks.rules.insecure_redirect import insecure_redirect
from mkdocs_backlinks.rules.judge import Judge
from mkdocs_backlinks.rules.marks import idle, silence
from mkdocs_backlinks.rules.non_public_host import non_public_host
from mkdocs_backlinks.rules.orphan_page import orphan_page
from mkdocs_backlinks.rules.permanent_redirect import permanent_redirect
from mkdocs_backlinks.rules.recall import Memory, ground, names
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
from mkdocs_backlinks.rules.verdict import verdict

__all__ = [
    "ALL_RULES",
    "NAMES",
    "SCOPES",
    "Doubts",
    "Facts",
    "LinkRule",
    "Memory",
    "Outcome",
    "PageRule",
    "Problem",
    "Rule",
    "Scope",
    "apply",
    "doubts",
    "every",
    "pages_of",
    "severity_of",
    "verdict",
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

Wanted = Callable[[Sequence[Finding]], Iterable[int]]
"""Chooses by their index those findings that will be shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings, sorted by page and place, and how many problems the authors' marks have silenced."""

    findings: tuple[Finding, ...]
    ignored: int = 0


def every(findings: Sequence[Finding]) -> Iterable[int]:
    """All of them will be shown."""
    return range(len(findings))


def doubts(facts: Facts, memory: Memory | None = None) -> Doubts:
    """What the finished site has to be asked before anything is judged."""
    memory = memory or Memory()
    of_pages = memory.doubts.renew(facts.graph, None, lambda _, links: Doubts.of(links, facts))
    return Doubts.together(of_pages.values())


def apply(
    facts: Facts,
    severities: Mapping[str, Severity],
    scopes: frozenset[Scope] = SCOPES,
    wanted: Wanted = every,
    memory: Memory | None = None,
) -> Outcome:
    """Every problem of every link and page, except those that a mark silences.

    `severities` changes the default severity of rules by name; a rule set to `ignore` does not run. Only
    findings that are `wanted` get their suggestions, which may take longer to find than the problem. What
    `memory` has of the build before is not sought again where it would be the same.
    """
    active: dict[Rule, Severity] = {
        rule: severity
        for rule in ALL_RULES
        if rule.scope in scopes and (severity := severity_of(rule, severities)) != "ignore"
    }
    last = active.pop(unused_ignore, None)
    memory, judge = memory or Memory(), Judge.of(facts, active)
    of_links = memory.found.renew(facts.graph, (ground(facts), active), judge.links)
    silenced = silence([*chain.from_iterable(of_links.values()), *judge.pages()], facts)
    found = fold(silenced.left, facts.graph)
    if last:
        marked = replace(facts, idle=idle(facts, silenced.used, active, NAMES))
        found.extend(Judge.of(marked, {unused_ignore: last}).pages())
    return Outcome(_advised(found, facts, wanted, memory), silenced.ignored)


def severity_of(rule: Rule, severities: Mapping[str, Severity]) -> Severity:
    """How bad a rule's problems are, by the author's word or else by default."""
    return severities.get(rule.name, rule.severity)


def _advised(found: Iterable[Found], facts: Facts, wanted: Wanted, memory: Memory) -> tuple[Finding, ...]:
    """The findings in their order, those that are wanted with a way out."""
    # What may be meant instead is sought on all pages.
    alike = memory.found.alike, [names(page) for page in facts.graph.pages.values()]
    known = memory.advice.renew(facts.graph, alike, lambda *_: {})
    made = sorted(((_finding(one, facts), one) for one in found), key=lambda pair: _order(pair[0]))
    findings = [finding for finding, _ in made]
    for index in wanted(findings):
        one = made[index][1]
        advice = _advice(one.problem, facts, known[one.page])
        findings[index] = _with_advice(findings[index], advice)
    return tuple(findings)


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


def _finding(found: Found, facts: Facts) -> Finding:
    link, page = found.link, facts.graph.pages.get(found.page)
    url = page.url if page else ""
    if link is not None:
        url = urls.without_credentials(link.target if link.kind == "external" else link.written)
    return Finding(
        rule=found.rule.name,
        severity=found.severity,
        message=found.problem.message,
        page=found.page,
        url=url,
        place=link.place if link else Place(page.file if page else None),
        evidence=found.problem.evidence,
        fix=found.problem.fix,
        count=len(found.repeats) or 1,
        pages=tuple(dict.fromkeys(found.repeats))[:NAMED],
    )


def _order(finding: Finding) -> tuple[str, str, float, float, str, str, str]:
    place = finding.place
    line, column = place.line or inf, place.column or inf
    return finding.page, place.file or "", line, column, finding.rule, finding.url, finding.message

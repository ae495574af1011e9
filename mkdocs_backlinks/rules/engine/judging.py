"""Run every rule on what it is about: on each link, or on each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mkdocs_backlinks.model import Link, LinkKind, PageUri, Severity
from mkdocs_backlinks.rules.engine.base import KINDS, Facts, LinkRule, PageRule, Problem, Rule


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """A problem with its rule, severity and page.

    `pages` are those of all problems that were folded into this one, one entry for each.
    """

    rule: Rule
    severity: Severity
    page: PageUri
    problem: Problem
    pages: tuple[PageUri, ...] = ()

    @property
    def link(self) -> Link | None:
        return self.problem.link


def judge(facts: Facts, active: Mapping[Rule, Severity]) -> Iterator[RuleProblem]:
    """Yield every problem that the active rules find, first those of links, in the order of the site."""
    of_links = [rule for rule in active if isinstance(rule, LinkRule)]
    by_kind: Mapping[LinkKind, Sequence[LinkRule]] = {
        kind: [rule for rule in of_links if kind in rule.kinds] for kind in KINDS
    }
    for link in facts.graph.links:
        for rule in by_kind[link.kind]:
            problem = rule.check(link, facts)
            if problem is not None:
                yield RuleProblem(rule, active[rule], link.source, replace(problem, link=link))
    for page_rule in active:
        if isinstance(page_rule, PageRule):
            for page in facts.graph.pages.values():
                for problem in page_rule.check(page, facts):
                    yield RuleProblem(page_rule, active[page_rule], page.uri, problem)

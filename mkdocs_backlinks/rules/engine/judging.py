"""Shows every rule what it is about: each link, or each page in the whole site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mkdocs_backlinks.model import LinkKind, Severity
from mkdocs_backlinks.rules.engine.base import KINDS, Facts, LinkRule, PageRule, Rule
from mkdocs_backlinks.rules.engine.folding import Found


def judge(facts: Facts, active: Mapping[Rule, Severity]) -> Iterator[Found]:
    """Yield every problem that the active rules find, those of links in the order of the links first."""
    of_links = [rule for rule in active if isinstance(rule, LinkRule)]
    by_kind: Mapping[LinkKind, Sequence[LinkRule]] = {
        kind: [rule for rule in of_links if kind in rule.kinds] for kind in KINDS
    }
    for link in facts.graph.links:
        for rule in by_kind[link.kind]:
            problem = rule.check(link, facts)
            if problem is not None:
                yield Found(rule, active[rule], link.source, replace(problem, link=link))
    for page_rule in active:
        if isinstance(page_rule, PageRule):
            for page in facts.graph.pages.values():
                for problem in page_rule.check(page, facts):
                    yield Found(page_rule, active[page_rule], page.uri, problem)

"""Shows every rule what it is about: each link, each page with its own links, each page in the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from mkdocs_backlinks.model import Link, LinkKind, Page, PageUri, Severity
from mkdocs_backlinks.rules.base import KINDS, Facts, LinkRule, PageRule, Rule
from mkdocs_backlinks.rules.fold import Found


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules that are `active`, with what they may know.

    `of_links` has the rules for each kind of link, `unanswered` those for external links without evidence.
    """

    facts: Facts
    active: Mapping[Rule, Severity]
    of_links: Mapping[LinkKind, Sequence[LinkRule]]
    unanswered: Sequence[LinkRule]
    of_pages: Sequence[PageRule]

    @classmethod
    def of(cls, facts: Facts, active: Mapping[Rule, Severity]) -> Judge:
        rules = [rule for rule in active if isinstance(rule, LinkRule)]
        by_kind = {kind: [rule for rule in rules if kind in rule.kinds] for kind in KINDS}
        unanswered = [rule for rule in by_kind["external"] if not rule.of_answers]
        return cls(
            facts, active, by_kind, unanswered, [rule for rule in active if isinstance(rule, PageRule)]
        )

    def links(self, uri: PageUri, links: Sequence[Link]) -> tuple[Found, ...]:
        """What is found of a page by a look at its own links alone."""
        page = self.facts.graph.pages.get(uri)
        own = [page] if page else []
        rules = (rule for rule in self.of_pages if rule.of_own_links)
        return (*self._of_each(links), *chain.from_iterable(self._of_pages(own, rule) for rule in rules))

    def pages(self) -> Iterator[Found]:
        """What is found of all pages by a look at the whole site."""
        for rule in self.of_pages:
            if not rule.of_own_links:
                yield from self._of_pages(self.facts.graph.pages.values(), rule)

    def _of_each(self, links: Sequence[Link]) -> Iterator[Found]:
        for link in links:
            is_unanswered = link.kind == "external" and link.target not in self.facts.evidence
            for rule in self.unanswered if is_unanswered else self.of_links[link.kind]:
                problem = rule.check(link, self.facts)
                if problem is not None:
                    yield Found(rule, self.active[rule], link.source, replace(problem, link=link))

    def _of_pages(self, pages: Iterable[Page], rule: PageRule) -> Iterator[Found]:
        check, facts = rule.check, self.facts
        for page in pages:
            for problem in check(page, facts):
                yield Found(rule, self.active[rule], page.uri, problem)

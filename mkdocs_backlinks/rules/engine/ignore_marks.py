"""What the authors' ignore marks silence, and which of the marks have nothing left to silence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import IgnoreMark, Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts, IdleMark, PageRule, Rule
from mkdocs_backlinks.rules.engine.folding import Found

Marks = Mapping[PageUri, Mapping[int, tuple[IgnoreMark, Link | None]]]
"""Every mark by its page and number, each with the first link that it stands at."""

_Used = frozenset[tuple[PageUri, int]]


@dataclass(frozen=True, slots=True)
class Silenced:
    """The problems that are left, how many are not, and the marks that took them away."""

    left: Sequence[Found]
    ignored: int
    used: _Used


def marks_of(graph: LinkGraph) -> Marks:
    """All marks of a site."""
    found: dict[PageUri, dict[int, tuple[IgnoreMark, Link | None]]] = {}
    # Hardly any link has one.
    for link in [link for link in graph.links if link.marks]:
        for mark in link.marks:
            found.setdefault(link.source, {}).setdefault(mark.number, (mark, link))
    for uri, page in graph.pages.items():
        for mark in page.marks:
            found.setdefault(uri, {}).setdefault(mark.number, (mark, None))
    return found


def silence(found: Iterable[Found], of_pages: Marks) -> Silenced:
    """Take out what a mark at the link speaks of; of a whole page, what any mark on it names."""
    left: list[Found] = []
    used: set[tuple[PageUri, int]] = set()
    ignored = 0
    for one in found:
        marks = _marks(one, of_pages)
        numbers = [mark.number for mark in marks if mark.rule in (one.rule.name, None)] if marks else []
        if numbers:
            used.update((one.page, number) for number in numbers)
            ignored += 1
        else:
            left.append(one)
    return Silenced(left, ignored, frozenset(used))


def idle(
    facts: Facts, of_pages: Marks, used: _Used, ran: Iterable[Rule], names: Sequence[str]
) -> Mapping[PageUri, tuple[IdleMark, ...]]:
    """The marks of each page that should have silenced something and did not.

    `ran` are the rules that have run, `names` are those of all rules. A mark for a rule that is switched off
    may be needed again, and so may one at an external link without a clear answer this time.
    """
    by_name = {rule.name: rule for rule in ran}
    found: dict[PageUri, tuple[IdleMark, ...]] = {}
    for uri, marks in of_pages.items():
        left = {number: at for number, at in marks.items() if (uri, number) not in used}
        idle_here = [
            IdleMark(mark, link, mark.rule is None or mark.rule in names, _meant(mark, names))
            for mark, link in left.values()
            if _is_idle(mark, link, facts, by_name, names)
        ]
        if idle_here:
            found[uri] = tuple(idle_here)
    return found


def _marks(found: Found, of_pages: Marks) -> Sequence[IgnoreMark]:
    if found.link is not None:
        return found.link.marks
    return [mark for mark, _ in of_pages.get(found.page, {}).values() if mark.rule is not None]


def _is_idle(
    mark: IgnoreMark, link: Link | None, facts: Facts, ran: Mapping[str, Rule], names: Sequence[str]
) -> bool:
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


def _meant(mark: IgnoreMark, names: Sequence[str]) -> str | None:
    near = difflib.get_close_matches(mark.rule or "", names, 1) if mark.rule not in names else []
    return near[0] if near else None

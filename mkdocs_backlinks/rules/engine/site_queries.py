"""What the index does not know of the site, so that the finished site has to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.text_fragments import DIRECTIVES
from mkdocs_backlinks.model import Page
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.target_lookup import has_target, missing_anchor


@dataclass(frozen=True, slots=True)
class Doubts:
    """The `paths` below the site that no known page or file has, and of pages, by the targets of links: those
    that are asked for `anchors` which the index has not seen there, and those that are asked for `texts`.
    """

    paths: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


def doubts(facts: Facts) -> Doubts:
    """Return what the finished site has to be asked before anything is judged."""
    paths: set[str] = set()
    anchors: set[str] = set()
    texts: set[str] = set()
    for link in facts.graph.links:
        if not has_target(link, facts):
            paths.add(link.target)
        if missing_anchor(link, facts) is not None:
            anchors.add(link.target)
        if link.fragment and DIRECTIVES in link.fragment:
            texts.add(link.target)
    return Doubts(frozenset(paths), frozenset(anchors), frozenset(texts))


def pages_of(targets: Iterable[str], graph: LinkGraph) -> tuple[Page, ...]:
    """The pages that are the targets, in a fixed order."""
    return tuple(page for target in sorted(targets) if (page := graph.page(target)) is not None)

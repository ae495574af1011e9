"""Collect what the index does not know, so that the finished site must be asked."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_backlinks.index.html.text_fragments import DIRECTIVES
from mkdocs_backlinks.model import Page
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.target_lookup import has_target, missing_anchor


@dataclass(frozen=True, slots=True)
class SiteQueries:
    """Queries to the finished site, each sorted by target.

    `paths` are those below the site that no known page or file has; `anchors` the pages whose ids are
    needed because the index lacks the id of a link, `texts` those whose searchable text is needed.
    """

    paths: tuple[str, ...] = ()
    anchors: tuple[Page, ...] = ()
    texts: tuple[Page, ...] = ()


def site_queries(facts: Facts) -> SiteQueries:
    """Return what must be known of the finished site before links are judged."""
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
    return SiteQueries(tuple(sorted(paths)), _pages(anchors, facts), _pages(texts, facts))


def _pages(targets: set[str], facts: Facts) -> tuple[Page, ...]:
    return tuple(page for target in sorted(targets) if (page := facts.graph.page(target)) is not None)

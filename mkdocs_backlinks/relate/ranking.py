"""Ranking of every page's related pages, each with a score that means the same on all sites."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri, Related
from mkdocs_backlinks.relate.near_duplicates import are_near_duplicates
from mkdocs_backlinks.relate.page_view import PageView
from mkdocs_backlinks.relate.reasons import reasons
from mkdocs_backlinks.relate.site_model import SiteModel, model_site
from mkdocs_backlinks.relate.term_statistics import TermStatistics
from mkdocs_backlinks.relate.weights import DEFAULT_WEIGHTS, RankingWeights
from mkdocs_backlinks.settings import RelatedSettings


def relate(
    graph: LinkGraph,
    settings: RelatedSettings,
    terms: TermStatistics | None = None,
    weights: RankingWeights = DEFAULT_WEIGHTS,
) -> Mapping[PageUri, tuple[Related, ...]]:
    """Return at most `settings.limit` related pages for every page of the graph, best first.

    Pages that the author pinned come first, with the score 1. Then come those with a score of
    `settings.min_score` or more, without the ones that the author excluded and, under
    `settings.skip_linked`, without those that the page already links to. Equal scores keep the order
    of the site. A score is in 0…1, rounded to four decimals; it says how much of what leads away from
    the page leads to the other one, and how clear the evidence is. Texts that `terms` has from an earlier
    build are not counted again, and those that are counted are put in; the result is the same without it.
    """
    site = model_site(graph, terms or TermStatistics(), weights)
    return {uri: _related(site, index, settings) for uri, index in site.indexes.items()}


def _related(site: SiteModel, index: int, settings: RelatedSettings) -> tuple[Related, ...]:
    view = PageView.of(site, index)
    pinned = _pinned(site, index)[: settings.limit]
    related = [Related(site.pages[pin].page.uri, 1.0, reasons(view, pin, pinned=True)) for pin in pinned]
    signatures = [site.pages[pin].signature for pin in pinned]
    scores = _scores(view, settings.min_score, _excluded(site, index, pinned, settings))
    for target in sorted(scores, key=lambda target: (-scores[target], target)):
        if len(related) >= settings.limit:
            break
        page = site.pages[target]
        if any(are_near_duplicates(page.signature, known) for known in signatures):
            continue
        if because := reasons(view, target):
            signatures.append(page.signature)
            related.append(Related(page.page.uri, scores[target], because))
    return tuple(related)


def _excluded(
    site: SiteModel, index: int, pinned: Iterable[int], settings: RelatedSettings
) -> frozenset[int]:
    model = site.pages[index]
    unrelated = (site.indexes[uri] for uri in model.page.unrelated if uri in site.indexes)
    return frozenset([index, *pinned, *unrelated, *(model.successors if settings.skip_linked else ())])


def _pinned(site: SiteModel, index: int) -> list[int]:
    page = site.pages[index].page
    chosen = (uri for uri in dict.fromkeys(page.pinned) if uri not in page.unrelated)
    return [site.indexes[uri] for uri in chosen if uri in site.indexes and uri != page.uri]


def _scores(view: PageView, least: float, excluded: AbstractSet[int]) -> dict[int, float]:
    """Return the scores of the pages for which something speaks, down to `least` and above 0."""
    scores = {
        target: round(1 - math.exp(-strength * strength), 4)
        for target, strength in view.strengths().items()
        if target not in excluded and not view.site.pages[target].is_list
    }
    return {target: score for target, score in scores.items() if score and score >= least}

"""Every page's related pages, best first, each with a score that means the same on all sites."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri, Related
from mkdocs_backlinks.relate.reasons import reasons
from mkdocs_backlinks.relate.site import Site, survey
from mkdocs_backlinks.relate.walk import breadth, walk
from mkdocs_backlinks.settings import RelatedSettings

SAME_FOLDER = 1.25
"""How much more a page weighs that lies beside this one."""

SCALE = 0.8
"""A score is 1 - exp(-SCALE × evidence).

So chosen that of the pages below the default `min_score`, authors have linked fewer than one in twenty.
"""

ROUNDING = 1e-4


def relate(graph: LinkGraph, settings: RelatedSettings) -> Mapping[PageUri, tuple[Related, ...]]:
    """At most `settings.limit` related pages for every page of the graph, best first.

    Pages that the author pinned come first, with the score 1. Then come those with a score of
    `settings.min_score` or more, without the ones that the author excluded and, under
    `settings.skip_linked`, without those that the page already links to. Equal scores keep the order
    of the site. A score is in 0…1, rounded to four decimals; it says how much of what leads away from
    the page leads to the other one, and how clear the evidence is.
    """
    site = survey(graph)
    return {uri: _related(site, place, settings) for uri, place in site.places.items()}


def _related(site: Site, place: int, settings: RelatedSettings) -> tuple[Related, ...]:
    pinned = _pinned(site, place)[: settings.limit]
    left_out = {place, *pinned, *(site.places.get(uri, place) for uri in site.pages[place].unrelated)}
    if settings.skip_linked:
        left_out |= site.outgoing[place]
    scores = _scores(site, place, settings.min_score, left_out)
    best = heapq.nsmallest(settings.limit - len(pinned), scores, key=lambda other: (-scores[other], other))
    return (
        *(Related(site.pages[pin].uri, 1.0, reasons(site, place, pin, pinned=True)) for pin in pinned),
        *(Related(site.pages[other].uri, scores[other], reasons(site, place, other)) for other in best),
    )


def _pinned(site: Site, place: int) -> list[int]:
    page = site.pages[place]
    chosen = (uri for uri in dict.fromkeys(page.pinned) if uri not in page.unrelated)
    return [site.places[uri] for uri in chosen if uri in site.places and uri != page.uri]


def _scores(site: Site, place: int, least: float, left_out: AbstractSet[int]) -> dict[int, float]:
    """The score of every page that is reached from here, if it is at least `least` and more than 0.

    What a page leads to is shared out among its neighbours, so each gets little where there are many;
    multiplied by the breadth of the page, the same nearness is the same number everywhere.
    """
    scale = SCALE * breadth(site.steps[place])
    folder, folders, standings = site.folders[place], site.folders, site.standings
    scores = {}
    for other, weight in walk(site.steps, place).items():
        evidence = scale * weight * standings[other] * (SAME_FOLDER if folders[other] == folder else 1.0)
        # 1 - exp(-x) < x saves the logarithm where the evidence is too weak anyhow.
        if evidence + ROUNDING >= least and other not in left_out:
            score = round(1 - math.exp(-evidence), 4)
            if score and score >= least:
                scores[other] = score
    return scores

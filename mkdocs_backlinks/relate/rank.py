"""Every page's related pages, best first, each with a score that means the same on all sites."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri, Related
from mkdocs_backlinks.relate.company import company
from mkdocs_backlinks.relate.reading import TermStatistics
from mkdocs_backlinks.relate.reasons import COMPANY, Explainer
from mkdocs_backlinks.relate.site import Site, survey
from mkdocs_backlinks.relate.twins import are_twins
from mkdocs_backlinks.relate.walk import walk
from mkdocs_backlinks.settings import RelatedSettings

NAMESAKE = 0.1
"""What a word counts that stands in the titles of both pages and of no others."""

ROUNDING = 0.01
"""By how much less may speak for a page whose score is rounded up to a least one of up to .99."""


def relate(
    graph: LinkGraph, settings: RelatedSettings, terms: TermStatistics | None = None
) -> Mapping[PageUri, tuple[Related, ...]]:
    """Return at most `settings.limit` related pages for every page of the graph, best first.

    Pages that the author pinned come first, with the score 1. Then come those with a score of
    `settings.min_score` or more, without the ones that the author excluded and, under
    `settings.skip_linked`, without those that the page already links to. Equal scores keep the order
    of the site. A score is in 0…1, rounded to four decimals; it says how much of what leads away from
    the page leads to the other one, and how clear the evidence is. Texts that `terms` has from an earlier
    build are not counted again, and those that are counted are put in; the result is the same without it.
    """
    site = survey(graph, terms or TermStatistics())
    return {uri: _related(site, place, settings) for uri, place in site.places.items()}


def _related(site: Site, place: int, settings: RelatedSettings) -> tuple[Related, ...]:
    explainer = Explainer.of(site, place)
    explain = explainer.reasons
    pinned = _pinned(site, place)[: settings.limit]
    found = [Related(site.pages[pin].uri, 1.0, explain(pin, pinned=True)) for pin in pinned]
    faces = [site.faces[pin] for pin in pinned]
    for other, score in _best(explainer, settings.min_score, _left_out(site, place, pinned, settings)):
        if len(found) >= settings.limit:
            break
        face = site.faces[other]
        if not any(are_twins(face, shown) for shown in faces) and (reasons := explain(other)):
            faces.append(face)
            found.append(Related(site.pages[other].uri, score, reasons))
    return tuple(found)


def _left_out(site: Site, place: int, pinned: Iterable[int], settings: RelatedSettings) -> frozenset[int]:
    unrelated = (site.places.get(uri, place) for uri in site.pages[place].unrelated)
    linked = site.outgoing[place] if settings.skip_linked else ()
    return site.lists.union((place,), pinned, unrelated, linked)


def _pinned(site: Site, place: int) -> list[int]:
    page = site.pages[place]
    chosen = (uri for uri in dict.fromkeys(page.pinned) if uri not in page.unrelated)
    return [site.places[uri] for uri in chosen if uri in site.places and uri != page.uri]


def _best(explainer: Explainer, least: float, left_out: AbstractSet[int]) -> Iterator[tuple[int, float]]:
    """The pages for which something speaks with their scores, best first, down to `least` and above 0."""
    enough = math.sqrt(-math.log1p(-min(least, 0.99))) - ROUNDING
    folders, fellowship = explainer.site.folders, explainer.site.fellowship
    folder = folders[explainer.place]
    weakest = enough / fellowship
    strengths = {
        other: strength * fellowship if folders[other] == folder else strength
        for other, strength in _strengths(explainer).items()
        if strength >= weakest and other not in left_out
    }
    best_first = sorted(strengths, key=strengths.__getitem__, reverse=True)
    # Few are asked for, so a score is found when its turn has come.
    for score, others in groupby(best_first, lambda other: _score(strengths[other])):
        if not score or score < least:
            return
        yield from ((other, score) for other in sorted(others))


def _score(strength: float) -> float:
    return round(1 - math.exp(-strength * strength), 4)


def _strengths(explainer: Explainer) -> dict[int, float]:
    """How strongly links and texts speak for each page.

    What a page leads to is shared out among its neighbours, so each gets little where there are many;
    multiplied by the breadth of the page, the same nearness is the same number everywhere.
    """
    site, place, scale = explainer.site, explainer.place, explainer.scale
    reached, standings = walk(site.steps[place].all, explainer.ways, place), site.standings
    strengths = {other: math.sqrt(scale * weight * standings[other]) for other, weight in reached.items()}
    for other, share in company(explainer.company, site.outgoing).items():
        strengths[other] = strengths.get(other, 0.0) + COMPANY * math.sqrt(share)
    strengths.pop(place, None)
    for term in site.vectors[place].of_title():
        namesakes = site.named[term]
        rarity = NAMESAKE * (1 - math.log(len(namesakes)) / math.log(len(site.pages)))
        for other in namesakes:
            if other in strengths:
                strengths[other] += rarity
    return strengths

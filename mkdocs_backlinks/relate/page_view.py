"""View of the site from one page: what leads from it to each other page, and how strongly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_backlinks.relate.nearest import neighbour_links, shares
from mkdocs_backlinks.relate.random_walk import SecondStep, two_hop, visited
from mkdocs_backlinks.relate.site_model import PageModel, SiteModel

SCALE = 0.8
"""Weight of a step, were it the only one from its page, on the scale where all evidence is added up.

So chosen that next to nothing is lost below the default `min_score`: on no site of the evaluation more than
three in a thousand of the pages there were among those that authors had linked.
"""


@dataclass(frozen=True, slots=True)
class PageView:
    """Paths from the page at `index`: second steps of a walk, and neighbours with the share of each.

    A step weighs `scale` where the evidence is added up.
    """

    site: SiteModel
    index: int
    second_steps: Sequence[SecondStep]
    neighbours: Sequence[tuple[int, float]]
    scale: float

    @classmethod
    def of(cls, site: SiteModel, index: int) -> PageView:
        page = site.pages[index]
        first = page.transitions.weights
        return cls(
            site,
            index,
            two_hop(first, lambda via: site.pages[via].transitions.onward),
            shares(page.nearest),
            SCALE * page.transitions.breadth,
        )

    @property
    def page(self) -> PageModel:
        return self.site.pages[self.index]

    def strengths(self) -> dict[int, float]:
        """Return how strongly links and texts speak for each page.

        What a page leads to is shared out among its neighbours, so each gets little where there are many;
        multiplied by the breadth of the page, the same nearness is the same number everywhere.
        """
        pages, weights = self.site.pages, self.site.weights
        strengths = {
            target: math.sqrt(
                self.scale * weight * (len(pages[target].successors) + 1) ** -weights.list_damping
            )
            for target, weight in visited(
                self.page.transitions.weights, self.second_steps, self.index
            ).items()
        }
        for target, share in neighbour_links(self.neighbours, lambda page: pages[page].successors).items():
            strengths[target] = strengths.get(target, 0.0) + weights.neighbour_links * math.sqrt(share)
        strengths.pop(self.index, None)
        for term in self.page.signature.vector.title_terms:
            named = self.site.by_title_word[term]
            rarity = weights.title_word * (1 - math.log(len(named)) / math.log(len(pages)))
            for target in named:
                if target in strengths:
                    strengths[target] += rarity
        for target in strengths:
            if pages[target].folder == self.page.folder:
                strengths[target] *= self.site.same_folder_boost
        return strengths

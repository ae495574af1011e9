"""Random walk of two steps: over links, to pages that the text mentions, and to pages with similar text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_backlinks.relate.weights import RankingWeights

FAINT = 0.02
"""A first step that is weaker than this is not followed by a second one."""

ONWARD = 10
"""Strongest steps of a page that are taken as second ones."""

SIMILARITY_OF_LINKED = 10
"""A link is worth 1 + this × similarity: a link to a page with similar text counts more."""

STEEPNESS = 3
"""Power of similarity by which the nearest pages are preferred to the merely near ones."""

Row = Mapping[int, float]
"""Weights by page."""


@dataclass(frozen=True, slots=True)
class Transitions:
    """Steps from one page: the weight of each, what of it comes of texts, and the shares of a second step."""

    weights: Row
    by_text: Row
    onward: Row

    @property
    def breadth(self) -> float:
        """Number of equal steps that are as widely spread: 1 for a page that leads to one other only."""
        total = sum(self.weights.values())
        squares = sum(weight * weight for weight in self.weights.values())
        return total * total / squares if squares else 0.0


class SecondStep(NamedTuple):
    """A step by way of `via`, which the first step reaches with `weight`, and its shares by page."""

    via: int
    weight: float
    onward: Row


def transitions(linked: Row, mentioned: Row, similar: Row, weights: RankingWeights) -> Transitions:
    """Return how strongly one page leads to others.

    `linked` has the pages that it is linked with, in either direction, with their similarity to it;
    `mentioned` those that it mentions, with the weight of the mention; `similar` its nearest, with their
    similarity. All are in 0…1. Weak evidence leads less far: only strong mentions and a near neighbour get
    the whole share of their kind.
    """
    together = _shared_out(
        {page: 1 + SIMILARITY_OF_LINKED * value for page, value in linked.items()}, weights.links
    )
    by_text: dict[int, float] = {}
    for row in (
        _shared_out(mentioned, weights.mentions * min(1.0, sum(mentioned.values()))),
        _shared_out(
            {page: value**STEEPNESS for page, value in similar.items()},
            weights.text * max(similar.values(), default=0.0),
        ),
    ):
        for page, weight in row.items():
            together[page] = together.get(page, 0.0) + weight
            by_text[page] = by_text.get(page, 0.0) + weight
    return Transitions(together, by_text, _onward(together, weights))


def _shared_out(row: Row, whole: float) -> dict[int, float]:
    total = sum(row.values())
    return {page: whole * weight / total for page, weight in row.items()} if total and whole else {}


def _onward(together: Row, weights: RankingWeights) -> Row:
    if len(together) > weights.most_onward:
        return {}
    total = sum(together.values())
    strongest = sorted(together, key=lambda page: (-together[page], page))[:ONWARD]
    return {page: weights.second_step * together[page] / total for page in strongest}


def two_hop(first: Row, onward: Callable[[int], Row]) -> list[SecondStep]:
    """Return the second steps after some first ones; `onward` gives the shares of a page."""
    return [SecondStep(via, weight, onward(via)) for via, weight in first.items() if weight >= FAINT]


def visited(first: Row, second: Iterable[SecondStep], start: int) -> dict[int, float]:
    """Return the pages that one or two steps from `start` reach, and how strongly; never `start` itself.

    The first step is as strong as its evidence; who has taken it goes on for certain.
    """
    reached = dict(first)
    for step in second:
        for page, share in step.onward.items():
            reached[page] = reached.get(page, 0.0) + step.weight * share
    reached.pop(start, None)
    return reached

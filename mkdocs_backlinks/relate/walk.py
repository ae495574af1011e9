"""A reader's next two steps: over links, to pages that the text speaks of, and to pages that read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LINKS = 0.4
MENTIONS = 0.25
TEXT = 0.5
"""How much of a page's first step goes each way, where that way is as clear as can be."""

SECOND_STEP = 0.7
HUB = 200
"""A page with more neighbours than this leads everywhere, so nobody is sent on from it."""

FAINT = 0.005
"""A first step that is weaker than this is not followed by a second one."""

LIKENESS_OF_LINKED = 10
"""How much more a link to a page counts that reads alike: a link is worth 1 + this × likeness."""

STEEPNESS = 3
"""The power of likeness by which the nearest pages are preferred to the merely near ones."""

Row = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Steps:
    """The first steps from one page by what leads there, then added up, and how strong all are together."""

    links: Row
    mentions: Row
    text: Row
    all: Row
    total: float


def steps(linked: Row, mentioned: Row, alike: Row) -> Steps:
    """How strongly one page leads to others.

    `linked` has the pages that it is linked with, in either direction, with their likeness to it;
    `mentioned` those that it speaks of, with the weight of the mention; `alike` its nearest, with their
    likeness. All weights are in 0…1. Weak evidence leads less far: only strong mentions and a near
    neighbour get the whole share of their kind.
    """
    by_link = _shares({place: 1 + LIKENESS_OF_LINKED * like for place, like in linked.items()}, LINKS)
    by_mention = _shares(mentioned, MENTIONS * min(1.0, sum(mentioned.values())))
    nearest = max(alike.values(), default=0.0)
    by_text = _shares({place: like**STEEPNESS for place, like in alike.items()}, TEXT * nearest)
    together = dict(by_link)
    for row in (by_mention, by_text):
        for place, weight in row.items():
            together[place] = together.get(place, 0.0) + weight
    return Steps(by_link, by_mention, by_text, together, sum(together.values()))


def _shares(weights: Row, whole: float) -> Row:
    total = sum(weights.values())
    return {place: whole * weight / total for place, weight in weights.items()} if total else {}


def walk(steps: Sequence[Steps], start: int) -> dict[int, float]:
    """Where one or two steps from `start` lead, and how strongly; never back to `start`.

    The first step is as strong as its evidence; who has taken it goes on for certain.
    """
    reached = dict(steps[start].all)
    for via, weight in steps[start].all.items():
        if _goes_on(steps[via], weight):
            onward = SECOND_STEP * weight / steps[via].total
            for place, further in steps[via].all.items():
                reached[place] = reached.get(place, 0.0) + onward * further
    reached.pop(start, None)
    return reached


def ways(steps: Sequence[Steps], start: int, end: int) -> list[tuple[int, float]]:
    """The pages over which two steps lead from `start` to `end`, the strongest way first."""
    found = {
        via: SECOND_STEP * weight / steps[via].total * steps[via].all[end]
        for via, weight in steps[start].all.items()
        if via != end and end in steps[via].all and _goes_on(steps[via], weight)
    }
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _goes_on(steps: Steps, weight: float) -> bool:
    return weight >= FAINT and 0 < len(steps.all) <= HUB


def breadth(steps: Steps) -> float:
    """Among how many equal steps a page's are shared out: 1 for a page that leads to one other only."""
    squares = sum(weight * weight for weight in steps.all.values())
    return steps.total * steps.total / squares if squares else 0.0

"""A reader's next two steps: over links, to pages that the text speaks of, and to pages that read alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LINKS = 0.4
MENTIONS = 0.25
TEXT = 0.5
"""How much of a page's first step goes each way, where that way is as clear as can be."""

SECOND_STEP = 0.6
HUB = 200
"""A page with more neighbours than this leads everywhere, so nobody is sent on from it."""

FAINT = 0.02
"""A first step that is weaker than this is not followed by a second one."""

ONWARD = 10
"""How many ways on there are from a page: the strongest."""

LIKENESS_OF_LINKED = 10
"""How much more a link to a page counts that reads alike: a link is worth 1 + this × likeness."""

STEEPNESS = 3
"""The power of likeness by which the nearest pages are preferred to the merely near ones."""

Row = Mapping[int, float]
Way = tuple[int, float, Row]
"""The page over which two steps lead, how strong the first one is, and the ways on."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The first steps from one page, and what of them texts give rise to.

    `total` is how strong all of them are together, `onward` are the shares of the ways on.
    """

    all: Row
    by_text: Row
    total: float
    onward: Row


def steps(linked: Row, mentioned: Row, alike: Row) -> Steps:
    """How strongly one page leads to others.

    `linked` has the pages that it is linked with, in either direction, with their likeness to it;
    `mentioned` those that it speaks of, with the weight of the mention; `alike` its nearest, with their
    likeness. All weights are in 0…1. Weak evidence leads less far: only strong
    mentions and a near neighbour get the whole share of their kind.
    """
    together = _shares({place: 1 + LIKENESS_OF_LINKED * like for place, like in linked.items()}, LINKS)
    by_text: dict[int, float] = {}
    for row in _by_text(mentioned, alike):
        for place, weight in row.items():
            together[place] = together.get(place, 0.0) + weight
            by_text[place] = by_text.get(place, 0.0) + weight
    total = sum(together.values())
    return Steps(together, by_text, total, _onward(together, total))


def _by_text(mentioned: Row, alike: Row) -> tuple[Row, Row]:
    """The steps to pages that are mentioned, and to pages that read alike."""
    likest = max(alike.values(), default=0.0)
    return (
        _shares(mentioned, MENTIONS * min(1.0, sum(mentioned.values()))),
        _shares({place: like**STEEPNESS for place, like in alike.items()}, TEXT * likest),
    )


def _shares(weights: Row, whole: float) -> dict[int, float]:
    total = sum(weights.values())
    return {place: whole * weight / total for place, weight in weights.items()} if total else {}


def _onward(together: Row, total: float) -> Row:
    if len(together) > HUB:
        return {}
    strongest = sorted([(-weight, place) for place, weight in together.items()])[:ONWARD]
    return {place: SECOND_STEP * -weight / total for weight, place in strongest}


def walk(first: Row, ways: Iterable[Way], start: int) -> dict[int, float]:
    """Where one or two steps from `start` lead, and how strongly; never back to `start`.

    `first` are the first steps, `ways` those that go on. The first step is as strong as its evidence; who
    has taken it goes on for certain.
    """
    reached = dict(first)
    so_far = reached.get
    for _, weight, onward in ways:
        for place, share in onward.items():
            reached[place] = so_far(place, 0.0) + weight * share
    reached.pop(start, None)
    return reached


def ways(steps: Sequence[Steps], start: int) -> list[Way]:
    """The ways over which two steps lead from `start`."""
    return [(via, weight, steps[via].onward) for via, weight in steps[start].all.items() if weight >= FAINT]


def breadth(steps: Steps) -> float:
    """Among how many equal steps a page's are shared out: 1 for a page that leads to one other only."""
    squares = sum(weight * weight for weight in steps.all.values())
    return steps.total * steps.total / squares if squares else 0.0

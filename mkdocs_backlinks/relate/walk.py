"""A reader's next two steps, over the links of the content and to the pages that read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LINK_SHARE = 0.7
SECOND_STEP = 0.7
HUB = 200
"""A page with more neighbours than this leads everywhere, so nobody is sent on from it."""

Row = Mapping[int, float]


def steps(links: Sequence[Sequence[int]], near: Sequence[Row]) -> list[dict[int, float]]:
    """The chance of each next step from every page; the chances of a page sum to 1, or there are none.

    `links` has for each page the pages that it is linked with, in either direction; `near` those that read
    alike with their likeness.
    """
    return [_row(linked, alike) for linked, alike in zip(links, near, strict=True)]


def _row(linked: Sequence[int], alike: Row) -> dict[int, float]:
    by_link = LINK_SHARE if alike else 1.0
    row = dict.fromkeys(linked, by_link / len(linked)) if linked else {}
    by_text = (1 - LINK_SHARE if linked else 1.0) / (sum(alike.values()) or 1.0)
    for place, likeness in alike.items():
        row[place] = row.get(place, 0.0) + by_text * likeness
    return row


def walk(rows: Sequence[Row], start: int) -> dict[int, float]:
    """Where one or two steps from `start` lead, and how strongly; never back to `start`."""
    reached = dict(rows[start])
    for via, chance in rows[start].items():
        if len(rows[via]) <= HUB:
            onward = SECOND_STEP * chance
            for place, further in rows[via].items():
                reached[place] = reached.get(place, 0.0) + onward * further
    reached.pop(start, None)
    return reached


def ways(rows: Sequence[Row], start: int, end: int) -> list[tuple[float, int]]:
    """The pages over which two steps lead from `start` to `end`, the strongest way first."""
    found = [
        (-SECOND_STEP * chance * rows[via][end], via)
        for via, chance in rows[start].items()
        if via != end and end in rows[via] and len(rows[via]) <= HUB
    ]
    return [(-strength, via) for strength, via in sorted(found)]

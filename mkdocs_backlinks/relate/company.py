"""What the pages that read like a page link to: it is likely to be of use there as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from mkdocs_backlinks.relate.similar import Likeness


def company(near: Iterable[tuple[int, float]], outgoing: Sequence[AbstractSet[int]]) -> dict[int, float]:
    """Which share of the companions link to each page, in 0…1."""
    shares: dict[int, float] = {}
    so_far = shares.get
    for other, share in near:
        for target in outgoing[other]:
            shares[target] = so_far(target, 0.0) + share
    return shares


def companions(near: Likeness) -> list[tuple[int, float]]:
    """The nearest pages, each with its share in 0…1; the nearer ones count more."""
    total = sum(near.hundredths)
    return [(other, like / total) for other, like in zip(near.places, near.hundredths, strict=True)]

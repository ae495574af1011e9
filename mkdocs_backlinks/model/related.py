"""Pages worth reading next, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mkdocs_backlinks.model.links import PageUri


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page is related; `names` are titles of pages or words, the strongest first."""

    kind: Literal["pinned", "links_here", "linked_from_here", "shared_neighbours", "shared_terms"]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A page worth reading next; `score` lies in 0…1, `reasons` start with the strongest."""

    page: PageUri
    score: float
    reasons: tuple[Reason, ...]

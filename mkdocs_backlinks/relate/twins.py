"""Which pages are the same page once more: in another version, in another language, or copied."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.relate.terms import Vector

_VERSION = re.compile(r"v?\d+([._]\d+)*([._]x)?|latest|stable|next|dev|main|master", re.IGNORECASE)
_LANGUAGE = re.compile(
    "(ar|bg|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr"
    "|sv|th|tr|uk|vi|zh)([-_][a-z]{2,4})?",
    re.IGNORECASE,
)

SAME_ORIGIN = 0.5
ANYWHERE = 0.8
"""How alike two pages of one title must be to be twins: where their paths say so as well, and elsewhere."""


@lru_cache(maxsize=1024)  # a site has many pages and few folders
def _is_language(folder: str) -> bool:
    return _LANGUAGE.fullmatch(folder) is not None


@lru_cache(maxsize=1024)
def _is_version(folder: str) -> bool:
    return _VERSION.fullmatch(folder) is not None


@dataclass(frozen=True, slots=True)
class Origin:
    """The path of a page without its version and its language, and its language as the path has it."""

    path: str
    language: str

    @classmethod
    def of(cls, page: Page) -> Origin:
        *folders, name = page.uri.split("/")
        stem, _, suffix = name.removesuffix(".md").rpartition(".")
        if stem and _is_language(suffix):
            folders, name = [*folders, suffix], stem + ".md"
        languages = list(filter(_is_language, folders))
        kept = [one for one in folders if not _is_language(one) and not _is_version(one)]
        return cls("/".join([*kept, name]), "/".join(languages))


@dataclass(frozen=True, slots=True)
class Face:
    """All of a page by which its twins are known."""

    origin: Origin
    title: str
    vector: Vector

    @classmethod
    def of(cls, page: Page, vector: Vector) -> Face:
        return cls(Origin.of(page), page.title, vector)


def are_twins(one: Face, other: Face) -> bool:
    """Whether two pages are versions or translations of one page, or copies."""
    same = one.origin.path == other.origin.path
    if same and one.origin.language != other.origin.language:
        return True
    least = SAME_ORIGIN if same else ANYWHERE
    return one.title == other.title and _cosine(one.vector, other.vector) >= least


def _cosine(one: Vector, other: Vector) -> float:
    mine = dict(zip(one.terms, one.weights, strict=True))
    product = sum(
        mine[term] * weight for term, weight in zip(other.terms, other.weights, strict=True) if term in mine
    )
    lengths = math.hypot(*one.weights) * math.hypot(*other.weights)
    return product / lengths if lengths else 0.0

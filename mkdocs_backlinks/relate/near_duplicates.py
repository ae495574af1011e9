"""Near-duplicates: one page in another version, in another language, or copied."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mkdocs_backlinks.model import Page
from mkdocs_backlinks.relate.vectors import Vector

_VERSION = re.compile(r"v?\d+([._]\d+)*([._]x)?|latest|stable|next|dev|main|master", re.IGNORECASE)
_LANGUAGE = re.compile(
    "(ar|bg|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr"
    "|sv|th|tr|uk|vi|zh)([-_][a-z]{2,4})?",
    re.IGNORECASE,
)

SAME_PATH = 0.5
ANYWHERE = 0.8
"""Least similarity of near-duplicates of one title: where their paths are the same as well, and elsewhere."""


@dataclass(frozen=True, slots=True)
class PageSignature:
    """Features of a page by which near-duplicates are told.

    `path` is without version and language, `languages` are those in the path.
    """

    path: str
    languages: tuple[str, ...]
    title: str
    vector: Vector

    @classmethod
    def of(cls, page: Page, vector: Vector) -> PageSignature:
        *folders, name = page.uri.split("/")
        stem, _, suffix = name.removesuffix(".md").rpartition(".")
        if stem and _LANGUAGE.fullmatch(suffix):
            folders, name = [*folders, suffix], stem + ".md"
        languages = tuple(filter(_LANGUAGE.fullmatch, folders))
        rest = (folder for folder in folders if folder not in languages and not _VERSION.fullmatch(folder))
        return cls("/".join([*rest, name]), languages, page.title, vector)


def are_near_duplicates(first: PageSignature, second: PageSignature) -> bool:
    """True for versions or translations of one page, and for copies."""
    same_path = first.path == second.path
    if same_path and first.languages != second.languages:
        return True
    least = SAME_PATH if same_path else ANYWHERE
    return first.title == second.title and _cosine(first.vector, second.vector) >= least


def _cosine(first: Vector, second: Vector) -> float:
    weights = dict(first.items())
    product = sum(weights[term] * weight for term, weight in second.items() if term in weights)
    lengths = first.length * second.length
    return product / lengths if lengths else 0.0

"""Tells authors what is weak in the links of their site, and what to write instead."""

from mkdocs_backlinks.advise.compare import Change, compare
from mkdocs_backlinks.advise.sources import PageText, PageTexts, project_folder, read_all
from mkdocs_backlinks.advise.structure import Standing, Structure, structure
from mkdocs_backlinks.advise.suggest import LEAST_CONFIDENCE, Suggestion, suggest
from mkdocs_backlinks.advise.weakness import WEAKNESSES, Assessed, Weakness, assess, counts
from mkdocs_backlinks.advise.write import Outcome, write

__all__ = [
    "LEAST_CONFIDENCE",
    "WEAKNESSES",
    "Assessed",
    "Change",
    "Outcome",
    "PageText",
    "PageTexts",
    "Standing",
    "Structure",
    "Suggestion",
    "Weakness",
    "assess",
    "compare",
    "counts",
    "project_folder",
    "read_all",
    "structure",
    "suggest",
    "write",
]

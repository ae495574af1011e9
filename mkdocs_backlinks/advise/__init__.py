"""Advice for authors: what is weak in the links of their site, and which links to write."""

from mkdocs_backlinks.advise.compare import Change, compare
from mkdocs_backlinks.advise.markdown_files import PageMarkdown, SiteMarkdown, project_folder, read_all
from mkdocs_backlinks.advise.structure import Standing, Structure, structure
from mkdocs_backlinks.advise.suggest import LEAST_CONFIDENCE, Suggestion, suggest
from mkdocs_backlinks.advise.weakness import WEAKNESSES, Assessed, Weakness, assess, counts
from mkdocs_backlinks.advise.write import WriteOutcome, write

__all__ = [
    "LEAST_CONFIDENCE",
    "WEAKNESSES",
    "Assessed",
    "Change",
    "PageMarkdown",
    "SiteMarkdown",
    "Standing",
    "Structure",
    "Suggestion",
    "Weakness",
    "WriteOutcome",
    "assess",
    "compare",
    "counts",
    "project_folder",
    "read_all",
    "structure",
    "suggest",
    "write",
]

"""Facts from the web: every external address is asked once, and exactly one `Evidence` comes back for it."""

from mkdocs_backlinks.check.apart import Apart, beside
from mkdocs_backlinks.check.own_repository import own_repository, tree_root
from mkdocs_backlinks.check.run import Run, start
from mkdocs_backlinks.check.terms import USUAL, Memory, Mode, Terms

__all__ = [
    "USUAL",
    "Apart",
    "Memory",
    "Mode",
    "Run",
    "Terms",
    "beside",
    "own_repository",
    "start",
    "tree_root",
]

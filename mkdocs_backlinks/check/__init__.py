"""Facts from the web: every external address is asked once, and exactly one `Evidence` comes back for it."""

from mkdocs_backlinks.check.apart import Apart, beside
from mkdocs_backlinks.check.own_repository import own_repository, tree_root
from mkdocs_backlinks.check.run import Run, start
from mkdocs_backlinks.check.run_options import DEFAULTS, HistoryFiles, Mode, RunOptions

__all__ = [
    "DEFAULTS",
    "Apart",
    "HistoryFiles",
    "Mode",
    "Run",
    "RunOptions",
    "beside",
    "own_repository",
    "start",
    "tree_root",
]

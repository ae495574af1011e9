"""External check: every external URL is requested once, and gets exactly one `Evidence`."""

from mkdocs_backlinks.check.own_repository import own_repository, tree_root
from mkdocs_backlinks.check.run import CheckRun, start
from mkdocs_backlinks.check.run_options import DEFAULTS, HistoryFiles, Mode, RunOptions
from mkdocs_backlinks.check.subprocess_run import SubprocessRun, start_in_subprocess

__all__ = [
    "DEFAULTS",
    "CheckRun",
    "HistoryFiles",
    "Mode",
    "RunOptions",
    "SubprocessRun",
    "own_repository",
    "start",
    "start_in_subprocess",
    "tree_root",
]

"""Facts from the web: every external address is asked once, and exactly one `Evidence` comes back for it."""

from mkdocs_backlinks.check.run import Run, start

__all__ = ["Run", "start"]

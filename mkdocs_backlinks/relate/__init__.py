"""Where a reader may go next, and how much each page is worth to the others: pure functions of the graph."""

from mkdocs_backlinks.relate.equity import equity
from mkdocs_backlinks.relate.memory import Memory
from mkdocs_backlinks.relate.rank import relate

__all__ = ["Memory", "equity", "relate"]

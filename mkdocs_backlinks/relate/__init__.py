"""Where a reader may go next, and how much each page is worth to the others: pure functions of the graph."""

from mkdocs_backlinks.relate.equity import equity
from mkdocs_backlinks.relate.rank import relate
from mkdocs_backlinks.relate.reading import TermStatistics

__all__ = ["TermStatistics", "equity", "relate"]

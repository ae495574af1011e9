"""Related pages and equity: pure functions of the link graph."""

from mkdocs_backlinks.relate.equity import equity
from mkdocs_backlinks.relate.ranking import relate
from mkdocs_backlinks.relate.term_statistics import TermStatistics
from mkdocs_backlinks.relate.weights import RankingWeights

__all__ = ["RankingWeights", "TermStatistics", "equity", "relate"]

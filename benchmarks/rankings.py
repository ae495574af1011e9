"""Rankings that related pages are measured against, and the figures by which rankings are compared."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri
from mkdocs_backlinks.words import units

FIRST = 10

Answers = Mapping[str, set[str]]
"""The right answers for each page that is asked."""

Ranking = Callable[[str], list[str]]
"""Answers to a page, best first."""


def figures(firsts: Mapping[str, Sequence[str]], gold: Answers) -> tuple[float, ...]:
    """Return hit@5, hit@10, found@10, MAP@10 and MRR over all pages that were asked."""
    if not gold:
        return (math.nan,) * 5
    ranks = {
        uri: [rank for rank, page in enumerate(first, 1) if page in gold[uri]]
        for uri, first in firsts.items()
    }
    precision = {
        uri: sum(nth / rank for nth, rank in enumerate(right, 1)) / min(len(gold[uri]), FIRST)
        for uri, right in ranks.items()
    }
    return (
        sum(any(rank <= 5 for rank in right) for right in ranks.values()) / len(gold),
        sum(map(bool, ranks.values())) / len(gold),
        sum(map(len, ranks.values())) / sum(map(len, gold.values())),
        sum(precision.values()) / len(gold),
        sum(1 / right[0] for right in ranks.values() if right) / len(gold),
    )


def popularity(outgoing: Answers) -> Ranking:
    """Return one ranking for every page: those that most pages link to."""
    linking = Counter(target for source in sorted(outgoing) for target in sorted(outgoing[source]))
    ranking = [target for target, _ in linking.most_common()]
    return lambda _: ranking


def tf_idf(graph: LinkGraph) -> Ranking:
    """Rank all pages by the cosine of their texts, whole and with the title counted three times."""
    counts = {uri: Counter(units(page.text) + 3 * units(page.title)) for uri, page in graph.pages.items()}
    pages_with = Counter(term for count in counts.values() for term in count)
    holders: dict[str, list[tuple[str, float]]] = {}
    vectors = {}
    for uri, count in counts.items():
        vector = {
            term: (1 + math.log(uses)) * (math.log((len(counts) + 1) / (pages_with[term] + 1)) + 1)
            for term, uses in count.items()
            if len(term) > 1 and 1 < pages_with[term] <= max(len(counts) / 10, 5)
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values()))
        vectors[uri] = {term: weight / length for term, weight in vector.items()}
        for term, weight in vectors[uri].items():
            holders.setdefault(term, []).append((uri, weight))

    def ranking(uri: str) -> list[str]:
        cosines: dict[str, float] = {}
        for term, weight in vectors[PageUri(uri)].items():
            for page, weight_there in holders[term]:
                cosines[page] = cosines.get(page, 0.0) + weight * weight_there
        return heapq.nlargest(300, cosines, key=lambda page: cosines[page])

    return ranking

"""Quality of the ranking: known related pages come first, and each signal is needed for some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
import yaml
from relate.making import link, page

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.relate import RankingWeights, relate
from mkdocs_backlinks.settings import RelatedSettings

CORPUS: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "corpus.yml").read_text(encoding="utf-8")
)
GLOSSARY = [f"glossary/{number}.md" for number in range(60)]
"""Pages that one list names, which is more than half of the site, and three pages to read besides."""
RELEASES = [f"releases/{number}.md" for number in range(210)]
"""On a site of more than twice as many pages, the same for a list that names less than half of the site."""


def corpus() -> tuple[list[Page], dict[str, dict[str, str]], dict[str, set[str]]]:
    """Return the pages, the links of each, and for those that are asked the pages that come first."""
    pages = [page(uri, values["text"], values.get("title", Path(uri).stem)) for uri, values in CORPUS.items()]
    links = {uri: texts_of(values.get("links", ())) for uri, values in CORPUS.items()}
    related = {uri: set(values["related"]) for uri, values in CORPUS.items() if "related" in values}
    return pages, links, related


def texts_of(links: Mapping[str, str] | Iterable[str]) -> dict[str, str]:
    return dict(links) if isinstance(links, Mapping) else dict.fromkeys(links, "")


def with_list(name: str, entries: list[str], more: int = 0) -> tuple[LinkGraph, dict[str, set[str]]]:
    """Return the corpus with a page that lists others, three of which have something to read as well."""
    pages, links, related = corpus()
    pages += [page(name, "", ""), *(page(uri, "", "") for uri in entries)]
    pages += [page(f"more/{number}.md", "", "") for number in range(more)]
    links[name] = texts_of(entries)
    for number in (20, 30, 40):
        reading = f"reading/{name}-{number}.md"
        pages.append(page(reading, "", ""))
        links[reading] = texts_of([entries[number]])
        related[entries[number]] = {reading}
    made = [link(source, *arrow) for source, arrows in links.items() for arrow in arrows.items()]
    return LinkGraph.of(pages, made), related


SMALL = with_list("glossary.md", GLOSSARY)
LARGE = with_list("releases.md", RELEASES, more=200)


def right(
    site: tuple[LinkGraph, dict[str, set[str]]], weights: RankingWeights, min_score: float = 0.05
) -> int:
    """Return for how many pages the known ones are first, and for lists' entries nothing else."""
    graph, related = site
    shown = relate(graph, RelatedSettings(min_score=min_score), weights=weights)
    total = 0
    for uri, expected in related.items():
        answers = [answer.page for answer in shown[PageUri(uri)]]
        is_entry = uri in (*GLOSSARY, *RELEASES)
        first = answers if is_entry else answers[: len(expected)]
        total += set(first) == expected
    return total


def test_known_related_pages_come_first() -> None:
    for graph, related in (SMALL, LARGE):
        assert right((graph, related), RankingWeights()) == len(related)


SIGNALS: list[tuple[dict[str, float], int]] = [
    ({"links": 0}, 12),
    ({"mentions": 0}, 3),
    ({"text": 0}, 5),
    ({"second_step": 0}, 4),
    ({"neighbour_links": 0}, 1),
    ({"title_word": 0}, 1),
    ({"same_folder_boost": 1}, 1),
    ({"list_damping": 0}, 1),
    ({"fewest_links": inf, "most_links": inf}, 3),
]


@pytest.mark.parametrize(("off", "lost"), SIGNALS, ids=[next(iter(off)) for off, _ in SIGNALS])
def test_without_a_signal_some_are_lost(off: dict[str, float], lost: int) -> None:
    assert right(SMALL, replace(RankingWeights(), **off)) <= len(SMALL[1]) - lost


@pytest.mark.parametrize(("bound", "min_score"), [("most_links", 0.05), ("most_onward", 0)])
def test_without_the_bounds_of_hubs_their_entries_show_more(bound: str, min_score: float) -> None:
    asked = len(LARGE[1]) if min_score else right(LARGE, RankingWeights(), min_score)
    assert right(LARGE, replace(RankingWeights(), **{bound: inf}), min_score) <= asked - 3

"""A ranking with the term statistics of an earlier build finds just what a fresh one finds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relate.making import graph_of, link, page
from relate.test_relate import TOPICS

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Heading
from mkdocs_backlinks.relate import TermStatistics, relate
from mkdocs_backlinks.settings import RelatedSettings

SETTINGS = RelatedSettings(min_score=0, limit=8)
WORDS = [
    "raster",
    "Quota",
    "quota",
    "login",
    "LUMI",
    "straße",
    "数据库",
    "数据",
    "batch job",
    "then",
    "in",
    "wind",
]

prose = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
places = st.integers(0, 29)
edits = st.one_of(
    st.tuples(st.just("text"), places, prose),
    st.tuples(st.just("more"), places, prose),
    st.tuples(st.just("title"), places, prose),
    st.tuples(st.just("heading"), places, prose),
    st.tuples(st.just("tag"), places, prose),
    st.tuples(st.just("link"), places, st.tuples(places, prose)),
    st.tuples(st.just("unlink"), places, st.none()),
    st.tuples(st.just("pin"), places, places),
    st.tuples(st.just("remove"), places, st.none()),
    st.tuples(st.just("add"), places, prose),
)


def start() -> LinkGraph:
    pages = [page(f"{number % 3}/p{number}.md", text) for number, text in enumerate([*TOPICS.values()] * 6)]
    arrows = [(pages[one].uri, pages[one * 7 % 60].uri, f"see {one % 5}") for one in range(0, 60, 2)]
    return graph_of(pages, arrows)


def edited(graph: LinkGraph, kind: str, place: int, value: Any) -> LinkGraph:  # noqa: ANN401
    pages, links = list(graph.pages.values()), list(graph.links)
    place %= len(pages)
    one = pages[place]
    if kind == "text":
        pages[place] = replace(one, text=str(value))
    elif kind == "more":
        pages[place] = replace(one, text=f"{one.text} {value}")
    elif kind == "title":
        pages[place] = replace(one, title=str(value))
    elif kind == "heading":
        pages[place] = replace(one, headings=(Heading("", str(value)),))
    elif kind == "tag":
        pages[place] = replace(one, tags=(str(value),))
    elif kind == "link":
        target, text = value
        links.append(link(one.uri, pages[target % len(pages)].uri, text))
    elif kind == "unlink":
        links = [known for known in links if known.source != one.uri]
    elif kind == "pin":
        pages[place] = replace(one, pinned=(pages[value % len(pages)].uri,))
    elif kind == "remove":
        del pages[place]
    else:
        pages.append(page(f"0/new{len(pages)}.md", str(value)))
    return LinkGraph.of(pages, links)


@settings(max_examples=25, derandomize=True)
@given(st.lists(edits, min_size=1, max_size=4))
def test_after_any_edits_the_result_is_that_of_a_fresh_ranking(
    changes: list[tuple[str, int, Any]],
) -> None:
    graph, terms = start(), TermStatistics()
    relate(graph, SETTINGS, terms)
    for kind, place, value in changes:
        graph = edited(graph, kind, place, value)
        assert relate(graph, SETTINGS, terms) == relate(graph, SETTINGS)


def test_statistics_of_another_site_change_nothing() -> None:
    terms = TermStatistics()
    relate(graph_of({"a.md": "some other site", "b.md": "with other words"}), SETTINGS, terms)
    assert relate(start(), SETTINGS, terms) == relate(start(), SETTINGS)
    few = RelatedSettings(limit=1, skip_linked=False)
    assert relate(start(), few, terms) == relate(start(), few)


def test_unchanged_texts_are_not_counted_again() -> None:
    graph, terms = start(), TermStatistics()
    before = terms.update(graph)
    after = terms.update(edited(graph, "more", 3, "raster quota"))
    assert [number for number, page in enumerate(after) if page is not before[number]] == [3]


@pytest.mark.parametrize(("text", "again"), [("see 1", False), ("never seen before", True)])
def test_a_link_makes_all_texts_count_again_only_by_a_new_phrase(text: str, again: bool) -> None:
    graph, terms = start(), TermStatistics()
    before = terms.update(graph)
    after = terms.update(edited(graph, "link", 3, (5, text)))
    assert {new is old for new, old in zip(after, before, strict=True)} == {not again}

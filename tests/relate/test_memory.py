"""A ranking that remembers the one before finds just what a fresh one finds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from relate.making import graph_of, link, page
from relate.test_relate import TOPICS

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Heading, PageUri
from mkdocs_backlinks.relate import Memory, relate
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
    graph, memory = start(), Memory()
    relate(graph, SETTINGS, memory)
    for kind, place, value in changes:
        graph = edited(graph, kind, place, value)
        assert relate(graph, SETTINGS, memory) == relate(graph, SETTINGS)


def test_a_memory_of_another_site_or_of_other_settings_changes_nothing() -> None:
    memory = Memory()
    relate(graph_of({"a.md": "some other site", "b.md": "with other words"}), SETTINGS, memory)
    assert relate(start(), SETTINGS, memory) == relate(start(), SETTINGS)
    few = RelatedSettings(limit=1, skip_linked=False)
    assert relate(start(), few, memory) == relate(start(), few)


def test_what_has_not_changed_is_taken_from_the_memory() -> None:
    graph, memory = start(), Memory()
    before = relate(graph, SETTINGS, memory)
    again = relate(edited(graph, "pin", 3, 5), SETTINGS, memory)
    same = {uri for uri in before if again[uri] is before[uri]}
    assert PageUri("0/p3.md") not in same
    assert len(same) > len(before) / 2

"""Each role of a page is defined once, and each definition has its edge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.index.page_roles import clicks, depths, homes, hubs, is_dead_end, is_orphan
from mkdocs_backlinks.model import Link, Page, PageUri


def graph_of(
    links: str, depth: dict[str, int] | None = None, moved: dict[str, str] | None = None
) -> LinkGraph:
    """Pages `h` (home), `a` to `e`, and links such as `ha ab`."""
    pages = [
        Page(uri=PageUri(name), url="" if name == "h" else name, title=name, depth=(depth or {}).get(name))
        for name in "habcde"
    ]
    pairs = ((pair[0], pair[1]) for pair in links.split())
    made = [Link(source=PageUri(s), kind="page", href=t, target=t) for s, t in pairs]
    return replace(LinkGraph.of(pages, made), moved=moved or {})


@pytest.mark.parametrize(
    ("links", "depth", "expected"),
    [
        ("", {}, {"h": 0}),
        ("ha ab", {}, {"h": 0, "a": 1, "b": 2}),
        ("ab", {"a": 3}, {"h": 0, "a": 3, "b": 4}),
        ("ha ab", {"a": 3, "b": 1}, {"h": 0, "a": 1, "b": 1}),
        ("hh ha ah", {}, {"h": 0, "a": 1}),
        ("de", {"d": 5}, {"h": 0, "d": 5, "e": 6}),
        ("ho", {}, {"h": 0}),
    ],
)
def test_depth_counts_levels_and_direct_links(links: str, depth: dict[str, int], expected: object) -> None:
    assert depths(graph_of(links, depth, {"o": "a"})) == expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("ab", {"h": 0, "a": 0, "b": 1}),
        ("hb bc hc cd", {"h": 0, "a": 0, "b": 1, "c": 1, "d": 2}),
        ("ho bd", {"h": 0, "a": 0, "b": 1, "d": 2}),
    ],
)
def test_clicks_count_links_from_any_home_and_follow_redirects(links: str, expected: object) -> None:
    graph = graph_of(links, {"a": 0, "c": 2}, {"o": "b#x"})
    assert homes(graph) == {"h", "a"}
    assert clicks(graph) == expected


def test_an_orphan_has_no_predecessor_and_a_dead_end_no_successor_also_by_redirect() -> None:
    graph = graph_of("aa ao cx", moved={"o": "b", "x": "gone"})
    assert [uri for uri in graph.pages if is_orphan(graph, uri)] == ["h", "a", "c", "d", "e"]
    assert [uri for uri in graph.pages if is_dead_end(graph, uri)] == ["h", "b", "c", "d", "e"]


def test_a_hub_links_to_at_least_so_many_others() -> None:
    graph = graph_of("aa ab ab ac ba bb")
    assert hubs(graph.successors, 2) == {"a"}
    assert hubs(graph.successors, 1.5) == {"a"}
    assert hubs(graph.successors, 2.1) == frozenset()
    assert hubs(graph.successors, 1) == {"a", "b"}


@given(st.sets(st.tuples(st.sampled_from("habcde"), st.sampled_from("habcdeox"))))
def test_successors_and_predecessors_are_each_other_reversed(pairs: set[tuple[str, str]]) -> None:
    graph = graph_of(" ".join(map("".join, sorted(pairs))), moved={"o": "b#x", "x": "https://e.org/"})
    direct = {(s, t) for s, t in pairs if s != t and t in graph.pages}
    moved = {(s, "b") for s, t in pairs if t == "o" and s != "b"}
    for successors, predecessors, expected in (
        (graph.successors, graph.predecessors, direct),
        (graph.successors_via_redirects, graph.predecessors_via_redirects, direct | moved),
    ):
        assert list(successors) == list(predecessors) == list(graph.pages)
        assert {(s, t) for s, targets in successors.items() for t in targets} == expected
        assert {(s, t) for t, sources in predecessors.items() for s in sources} == expected


def test_a_page_at_an_address_that_has_moved_keeps_its_links() -> None:
    graph = graph_of("ab", moved={"b": "c"})
    assert graph.successors_via_redirects[PageUri("a")] == {"b"}


def test_only_a_link_to_a_page_is_an_edge() -> None:
    link = Link(source=PageUri("a"), kind="asset", href="b", target="b")
    graph = replace(LinkGraph.of(graph_of("").pages.values(), [link]), moved={"b": "c"})
    assert graph.successors_via_redirects[PageUri("a")] == frozenset()
    assert graph.incoming[PageUri("b")] == ()

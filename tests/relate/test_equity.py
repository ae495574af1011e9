"""Equity tells which pages the links of a site point to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from relate.making import Arrow, graph_of, link

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.relate import equity

SITES: list[tuple[list[Arrow], dict[str, float]]] = [
    ([], {"a": 0.0, "b": 0.0, "c": 0.0}),
    ([("a", "b"), ("b", "c"), ("c", "a")], {"a": 100.0, "b": 100.0, "c": 100.0}),
    ([("a", "c"), ("b", "c")], {"a": 0.0, "b": 0.0, "c": 100.0}),
    ([("a", "a"), ("a", "missing")], {"a": 0.0, "b": 0.0, "c": 0.0}),
]


@pytest.mark.parametrize(("arrows", "expected"), SITES)
def test_equity_of_small_sites(arrows: list[Arrow], expected: dict[str, float]) -> None:
    assert equity(graph_of({"a": "", "b": "", "c": ""}, arrows)) == expected


def test_a_middling_page_lies_between_on_the_log_scale() -> None:
    """PageRank by hand: a and b get x, c gets x + .85 x / 2, d gets x + .85 (x + x / 2 + c)."""
    found = equity(graph_of(dict.fromkeys("abcd", ""), [("a", "d"), ("b", "d"), ("b", "c"), ("c", "d")]))
    assert found == {"a": 0.0, "b": 0.0, "c": pytest.approx(28.4, abs=0.05), "d": 100.0}


def test_pages_that_link_to_one_another_strengthen_one_another() -> None:
    """PageRank by hand, as multiples of x: a = 1 + .85 b and b = 1 + .85 (a + c), where c gets x."""
    found = equity(graph_of(dict.fromkeys("abc", ""), [("a", "b"), ("b", "a"), ("c", "b")]))
    b = (1 + 0.85 + 0.85) / (1 - 0.85**2)
    a = 1 + 0.85 * b
    assert found == {"a": round(100 * math.log(a) / math.log(b), 1), "b": 100.0, "c": 0.0}


def test_many_links_from_one_page_count_once() -> None:
    once = equity(graph_of(dict.fromkeys("abc", ""), [("a", "b"), ("a", "c")]))
    often = equity(graph_of(dict.fromkeys("abc", ""), [("a", "b")] * 9 + [("a", "c")]))
    assert once == often


@pytest.mark.parametrize("rel", ["nofollow", "ugc", "sponsored"])
def test_links_without_trust_pass_nothing_on(rel: str) -> None:
    plain = graph_of(dict.fromkeys("abc", ""), [("a", "c")])
    marked = LinkGraph.of(plain.pages.values(), [*plain.links, link("a", "b", rel=["noopener", rel])])
    assert equity(marked) == equity(plain)


def test_no_pages_have_no_equity() -> None:
    assert equity(graph_of({})) == {}


def test_a_link_to_an_address_that_has_moved_counts_for_the_page_there() -> None:
    plain = graph_of(dict.fromkeys("abc", ""), [("a", "c"), ("b", "c")])
    detour = replace(graph_of(dict.fromkeys("abc", ""), [("a", "c"), ("b", "old/")]), moved={"old/": "c#x"})
    assert equity(detour) == equity(plain)

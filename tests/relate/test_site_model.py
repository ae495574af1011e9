"""Similarity, folder boost, lists and near-duplicates, computed by hand."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import pytest
from relate.making import Arrow, changed, graph_of, page

from mkdocs_backlinks.relate.near_duplicates import PageSignature, are_near_duplicates
from mkdocs_backlinks.relate.nearest import neighbour_links, shares, similarities
from mkdocs_backlinks.relate.site_model import SiteModel, model_site
from mkdocs_backlinks.relate.term_statistics import TermStatistics
from mkdocs_backlinks.relate.vectors import Vector
from mkdocs_backlinks.relate.weights import RankingWeights


def vector(weights: Mapping[int, float], title_terms: int = 0) -> Vector:
    return Vector(array("i", weights), array("f", weights.values()), array("i", [*weights][:title_terms]))


def test_similarity_is_the_dot_product_in_hundredths() -> None:
    pages = [vector({1: 1.2, 2: 0.4}), vector({1: 0.5}), vector({2: 0.5, 1: 0.5}), vector({2: 0.012})]
    found = similarities(pages, [frozenset({1, 2, 3}), frozenset(), frozenset(), frozenset()])
    assert found[0].nearest == {2: 80, 1: 60}
    assert [*found[0].nearest] == [2, 1]
    assert found[0].linked == {1: 60, 2: 80, 3: 0}
    assert found[1].nearest == {0: 60, 2: 25}


def test_the_nearest_thirty_are_kept_and_of_equal_ones_the_first() -> None:
    pages = [vector({1: 1.0}), *[vector({1: 0.5})] * 34, vector({1: 0.506}), vector({1: 0.52})]
    nearest = similarities(pages, [frozenset()] * len(pages))[0].nearest
    assert [*nearest] == [36, 35, *range(1, 29)]


def test_forty_of_a_pages_terms_are_compared() -> None:
    pages = [vector(dict.fromkeys(range(41), 0.1)), vector({39: 1.0}), vector({40: 1.0})]
    first, _, last = similarities(pages, [frozenset()] * 3)
    assert (first.nearest, last.nearest) == ({1: 10}, {0: 10})


def test_neighbours_have_shares_and_pass_them_on_to_what_they_link_to() -> None:
    neighbours = shares({4: 30, 5: 10})
    assert neighbours == [(4, 0.75), (5, 0.25)]
    assert neighbour_links(neighbours, {4: (1, 2), 5: (2,)}.__getitem__) == {1: 0.75, 2: 1.0}
    assert shares({}) == []


def model(pages: Mapping[str, str], arrows: list[Arrow]) -> SiteModel:
    graph = graph_of([page(uri, text, "") for uri, text in pages.items()], arrows)
    return model_site(graph, TermStatistics(), RankingWeights())


PAIRS = {
    f"{folder}/{name}{number}.md": f"same{folder}{number}"
    for number in range(6)
    for folder in "ab"
    for name in "xy"
}
"""Twelve pairs of pages with the same text, each in a folder of its own."""
ACROSS = {f"{name}/{number}.md": f"across{number}" for number in range(6) for name in "cd"}
"""Six pairs of pages with the same text in two folders."""


@pytest.mark.parametrize(
    ("inside", "across", "boost"),
    [
        (0, 6, 1.0),  # 1.05 × ((2/44) / (8/32))^.3 = .6, which is raised to 1
        (0, 0, 1.0),  # 1.05 × ((2/44) / (2/32))^.3 = .95
        (3, 2, 1.0),  # 1.05 × ((8/44) / (6/32))^.3 = 1.04
        (12, 0, 1.5),  # 1.05 × ((26/44) / (2/32))^.3 = 2.06, which is cut
        (4, 1, 1.3),  # 1.05 × ((10/44) / (4/32))^.3 = 1.26
        (3, 0, 1.4),  # 1.05 × ((8/44) / (2/32))^.3 = 1.45
    ],
)
def test_a_folder_counts_as_much_as_links_within_it_say(inside: int, across: int, boost: float) -> None:
    arrows: list[Arrow] = []
    arrows += [(f"{f}/x{n}.md", f"{f}/y{n}.md") for n in range(6) for f in "ab"][:inside]
    arrows += [(f"c/{n}.md", f"d/{n}.md") for n in range(across)]
    assert model({**PAIRS, **ACROSS}, arrows).same_folder_boost == boost


@pytest.mark.parametrize(
    ("pages", "links", "is_list"),
    [(8, 5, True), (8, 4, False), (20, 10, True), (20, 9, False), (500, 200, True), (500, 199, False)],
)
def test_a_list_links_to_half_of_a_site_or_to_200_pages(pages: int, links: int, is_list: bool) -> None:
    uris = [f"{number}.md" for number in range(pages)]
    site = model(dict.fromkeys(uris, ""), [(uris[0], uri) for uri in uris[1 : links + 1]])
    assert site.pages[0].is_list is is_list


@pytest.mark.parametrize(("links", "is_list"), [(12, False), (17, True)])
def test_a_list_links_to_three_times_as_many_as_others(links: int, is_list: bool) -> None:
    uris = [f"{number}.md" for number in range(20)]
    arrows: list[Arrow] = [(uris[n], uris[(n + step) % 20]) for n in range(1, 20) for step in (1, 2, 3, 4, 5)]
    site = model(dict.fromkeys(uris, ""), [*arrows, *((uris[0], uri) for uri in uris[1 : links + 1])])
    assert site.pages[0].is_list is is_list


def test_words_of_titles_headings_tags_and_links_are_topics_of_a_small_site() -> None:
    pages = {f"{number}.md": "" for number in range(49)}
    graph = changed(graph_of(pages, [("0.md", "1.md", "link text")]), "0.md", title="Title", tags=("tag",))
    topics = model_site(graph, TermStatistics(), RankingWeights()).topics
    assert topics is not None
    assert {"title", "tag", "link", "text"} <= topics
    assert model({**pages, "49.md": ""}, []).topics is None


def signature(uri: str, title: str = "Same", weights: Mapping[int, float] | None = None) -> PageSignature:
    return PageSignature.of(page(uri, "", title), vector(weights or {1: 0.6, 2: 0.8}))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (signature("v1/a.md"), signature("v2.0_x/a.md"), True),
        (signature("v1/a.md"), signature("latest/a.md", "Different"), False),
        (signature("en/a.md"), signature("pt-BR/a.md", "Different", {7: 1.0}), True),
        (signature("a.de.md"), signature("a.fr.md", "Different", {7: 1.0}), True),
        (signature("a.version.md"), signature("a.fr.md", "Different", {7: 1.0}), False),
        (signature("en/a.md"), signature("en/a.md", "Same", {7: 1.0}), False),
        (signature("1.0/a.md"), signature("2.0/a.md", weights={1: 0.6, 7: 0.8}), False),
        (signature("1.0/a.md"), signature("2.0/a.md", weights={1: 0.8, 7: 0.6}), False),
        (signature("1.0/a.md"), signature("2.0/a.md", weights={2: 0.63, 7: 0.777}), True),
        (signature("x/a.md"), signature("y/a.md", weights={2: 0.63, 7: 0.777}), False),
        (signature("x/a.md"), signature("y/b.md", weights={1: 1.2, 2: 1.6}), True),
        (signature("x/a.md"), signature("y/b.md", weights={2: 0.99, 7: 0.14}), False),
        (signature("x/a.md"), signature("y/b.md", weights={2: 1.0, 1: 0.1}), True),
        (signature("x/a.md"), signature("y/b.md", "Different"), False),
        (signature("x/a.md"), signature("y/b.md", weights={2: 0.1, 1: 0.05}), True),
        (signature("x/a.md"), signature("y/b.md", weights={2: 0.1, 7: 0.1}), False),
        (signature("a.de.md"), signature("de/a.md", "Different", {7: 1.0}), False),
        (signature("x/a.de.md"), signature("x/fr/a.md", "Different", {7: 1.0}), True),
        (signature(".de.md"), signature(".fr.md", "Different", {7: 1.0}), False),
        (signature("v1/x/a.md"), signature("x/v2/a.md", weights={2: 0.63, 7: 0.777}), True),
        (signature("xy/a.md"), signature("x/y/a.md", weights={2: 0.63, 7: 0.777}), False),
        (signature("x/a.md", weights={1: 0.0}), signature("y/a.md", weights={1: 0.0}), False),
    ],
)
def test_near_duplicates(first: PageSignature, second: PageSignature, expected: bool) -> None:
    assert are_near_duplicates(first, second) is expected
    assert are_near_duplicates(second, first) is expected

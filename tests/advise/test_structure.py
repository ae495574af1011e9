"""Each page's standing is measured by the links of the content, and the weak ones are named, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from advise.sites import graph_of

from mkdocs_backlinks.advise import Assessed, Structure, assess, compare, counts, structure
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import PageUri
from mkdocs_backlinks.relate import equity

Sites = Mapping[str, Iterable[str]]


def site_of(pages: Sites) -> LinkGraph:
    """A site of pages with the pages that each links to, by their names; the home page is `index`."""
    return graph_of(
        {f"{name}.md": "\n".join(f"[{to}]({to}.md)" for to in targets) for name, targets in pages.items()}
    )


def measured(pages: Sites) -> Structure:
    graph = site_of(pages)
    return structure(graph, equity(graph))


def assessed(pages: Sites, related: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Assessed]:
    named = {PageUri(uri): tuple(map(PageUri, others)) for uri, others in (related or {}).items()}
    return {one.standing.page.removesuffix(".md"): one for one in assess(measured(pages), named)}


ISLANDS: Sites = {
    "index": ["a"],
    "a": ["b", "a"],
    "b": [],
    "up": ["a"],
    "x": ["y"],
    "y": ["x", "z"],
    "z": [],
    "p": ["q"],
    "q": ["p"],
    "alone": [],
}


@pytest.mark.parametrize(
    ("page", "linked_from", "links_to", "clicks", "island"),
    [
        ("index", 0, 1, 0, 0),
        ("a", 2, 1, 1, 0),
        ("b", 1, 0, 2, 0),
        ("up", 0, 1, None, 0),
        ("x", 1, 1, None, 1),
        ("z", 1, 0, None, 1),
        ("q", 1, 1, None, 2),
        ("alone", 0, 0, None, 0),
    ],
)
def test_standings(page: str, linked_from: int, links_to: int, clicks: int | None, island: int) -> None:
    one = measured(ISLANDS).standings[PageUri(f"{page}.md")]
    assert (len(one.linked_from), len(one.links_to)) == (linked_from, links_to)
    assert (one.clicks, one.island) == (clicks, island)


def test_figures_of_a_site() -> None:
    site = measured(ISLANDS)
    assert (site.links, site.reached, site.farthest, site.islands) == (8, 3, 2, 2)


def test_each_language_has_a_home() -> None:
    graph = site_of({"index": ["a"], "a": [], "fr": ["b"], "b": ["c"], "c": []})
    french = replace(graph.pages[PageUri("fr.md")], depth=0)
    several = replace(graph, pages={**graph.pages, french.uri: french})
    assert [one.clicks for one in structure(graph, {}).standings.values()] == [1, None, None, None, 0]
    assert [one.clicks for one in structure(several, {}).standings.values()] == [1, 1, 2, 0, 0]
    assert (structure(graph, {}).islands, structure(several, {}).islands) == (1, 0)


def test_texts_are_counted_by_page() -> None:
    text = "[one](t.md) [one](t.md) [two](t.md)"
    graph = graph_of({"a.md": text, "b.md": "[one](t.md)", "t.md": "[me](t.md)"})
    one = structure(graph, {}).standings[PageUri("t.md")]
    assert (one.texts, one.text, one.text_share) == (2, "one", 0.667)


def test_a_redirect_leads_to_its_page() -> None:
    graph = graph_of({"a.md": '<a href="../old/">x</a>', "b.md": "b"})
    moved = replace(graph, moved={"old/": "b.md"})
    assert structure(graph, {}).standings[PageUri("b.md")].linked_from == ()
    assert structure(moved, {}).standings[PageUri("b.md")].linked_from == ("a.md",)


MANY = [f"m{number}" for number in range(25)]
CHAIN: Sites = {
    "index": ["c1"],
    **{f"c{n}": [f"c{n + 1}", f"c{n - 1}"] for n in range(1, 7)},
    "c0": [],
    "c7": [],
}
WEAK: list[tuple[Sites, dict[str, tuple[str, ...]]]] = [
    ({"index": []}, {"index": ()}),
    ({"index": ["a"], "a": ["index"], "b": []}, {"index": (), "a": ("near_orphan",)}),
    (ISLANDS, {"alone": ("isolated",), "up": ("orphan",), "x": ("island", "unreachable", "near_orphan")}),
    (ISLANDS, {"b": ("near_orphan", "dead_end"), "index": ()}),
    ({"x": ["y"], "y": []}, {"y": ("near_orphan", "dead_end")}),
    ({"index": ["a", "b"], "a": ["b"], "b": ["a"], "404": []}, {"404": (), "a": (), "b": ()}),
    (
        {"index": MANY, **{one: ["t"] for one in MANY}, "t": []},
        {"t": ("sink", "dead_end"), "index": ("hub",)},
    ),
    ({"index": MANY, **{one: ["t"] for one in MANY}, "t": ["m1", "m2"]}, {"t": ("sink",)}),
    ({"index": MANY, **{one: ["t"] for one in MANY}, "t": ["m1", "m2", "m3"]}, {"t": ()}),
    (CHAIN, {"c4": (), "c5": ("far",), "c6": ("near_orphan", "far")}),
]


@pytest.mark.parametrize(("pages", "expected"), WEAK, ids=range(len(WEAK)))
def test_weaknesses(pages: Sites, expected: dict[str, tuple[str, ...]]) -> None:
    found = assessed(pages)
    assert {name: found[name].weaknesses for name in expected} == expected


def test_one_text_that_is_not_the_title_is_a_weakness() -> None:
    pages = {f"{n}.md": "[the old name](t.md)" for n in range(5)}
    for title, weak in (("New name", True), ("The old name!", False)):
        graph = graph_of({**pages, "t.md": f"# {title}\n\n[on](0.md)"})
        one = next(one for one in assess(structure(graph, {}), {}) if one.standing.page == "t.md")
        assert ("one_text" in one.weaknesses) is weak


def test_the_worst_come_first() -> None:
    order = [one.weaknesses[0] if one.weaknesses else "" for one in assessed(ISLANDS).values()]
    assert order == ["isolated", "orphan", *["island"] * 5, "near_orphan", "", ""]


@pytest.mark.parametrize(
    ("page", "related", "advice"),
    [
        ("alone", {}, "No link leads here or on: link from a page on the same subject, and back."),
        ("up", {"up.md": ("b.md",), "x.md": ("up.md",)}, "No page links to it: link from b.md or x.md."),
        ("b", {"b.md": ("a.md", "index.md")}, "Only a.md links to it: link from index.md too."),
        (
            "x",
            {"x.md": ("y.md", "z.md", "b.md")},
            "These 3 pages link to one another only: link to one of them from b.md.",
        ),
        ("b", {"b.md": ("gone.md",)}, "Only a.md links to it: link from a page on the same subject too."),
    ],
)
def test_the_advice_names_pages(page: str, related: dict[str, tuple[str, ...]], advice: str) -> None:
    assert assessed(ISLANDS, related)[page].advice == advice


def test_counts_name_every_kind() -> None:
    found = counts(assessed(ISLANDS).values())
    assert (found["island"], found["orphan"], found["hub"]) == (5, 1, 0)


def test_a_comparison_tells_what_has_changed() -> None:
    old: Sites = {"index": ["a"], "a": ["b", "index"], "b": ["index", "a"], "gone": []}
    new: Sites = {"index": ["a"], "a": ["index"], "b": ["index", "a"], "new": []}
    changes = {change.page: change for change in compare(assessed(old).values(), assessed(new).values())}
    assert {*[*changes][:2]} == {"b.md", "new.md"}, "new weaknesses come first"
    assert (changes[PageUri("b.md")].gained, changes[PageUri("b.md")].lost) == (("orphan",), ("near_orphan",))
    assert (changes[PageUri("b.md")].linked_from, changes[PageUri("gone.md")].after) == (-1, None)
    assert changes[PageUri("new.md")].before is None
    assert changes[PageUri("new.md")].gained == ("isolated",)


def test_nothing_has_changed_between_equal_sites() -> None:
    assert compare(assessed(ISLANDS).values(), assessed(ISLANDS).values()) == ()


ODD: dict[str, Mapping[str, str]] = {
    "no pages": {},
    "one page": {"a.md": "# A\n\n[a](a.md)"},
    "no links": {f"{n}.md": "x" for n in range(50)},
    "only emoji": {"a.md": "# 🎉\n\n[🎉](b.md)", "b.md": "# 🎉\n\n[](a.md)"},
    "many links": {"a.md": "[x](b.md) " * 2_000, "b.md": ""},
    "broken links": {"a.md": "[x](none.md) [y](https://[)", "b.md": ""},
}


@pytest.mark.parametrize("pages", ODD.values(), ids=ODD)
def test_odd_sites_get_a_sensible_answer(pages: Mapping[str, str]) -> None:
    graph = graph_of(pages)
    found = assess(structure(graph, equity(graph)), {})
    assert {one.standing.page for one in found} == set(pages)
    assert all(bool(one.advice) == bool(one.weaknesses) for one in found)

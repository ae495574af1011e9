"""The pictures of links: what they hold, that they are the same each time, that no text gets out of them."""

from __future__ import annotations

import gzip
import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, FileSystemLoader

import mkdocs_backlinks.inject
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject import TEMPLATES
from mkdocs_backlinks.inject.labels import ENGLISH
from mkdocs_backlinks.inject.local_graph import MAX_NODES, LocalGraph, local_graph
from mkdocs_backlinks.inject.sections import load_templates, render_local_graph
from mkdocs_backlinks.inject.site_context import SiteContext
from mkdocs_backlinks.inject.site_graph import GRAPH_ASSETS, GRAPH_SCRIPT, GRAPH_STYLESHEET, place_graph
from mkdocs_backlinks.model import Link, Page, PageUri
from mkdocs_backlinks.settings import BacklinksSettings

SOURCE = Path(mkdocs_backlinks.inject.__file__).parent / "graph_source"
TEMPLATES_OF_THEME = load_templates(Environment(loader=FileSystemLoader(TEMPLATES)))  # noqa: S701 - as MkDocs makes it


def page(name: str, *section: str, title: str | None = None, listing: bool = False) -> Page:
    return Page(
        uri=PageUri(f"{name}.md"),
        url=f"{name}/",
        title=name.title() if title is None else title,
        section=section,
        listing=listing,
    )


def view(pages: list[Page], *links: str) -> SiteContext:
    """The view of a site with links written as `a>b`."""
    made = [
        Link(source=PageUri(f"{source}.md"), kind="page", href="", target=f"{target}.md")
        for source, _, target in (link.partition(">") for link in links)
    ]
    return SiteContext.of(LinkGraph.of(pages, made), BacklinksSettings())


def drawn(site: SiteContext, name: str = "a") -> LocalGraph:
    graph = local_graph(site.graph.pages[PageUri(f"{name}.md")], site)
    assert graph is not None
    return graph


def test_a_picture_shows_who_links_here_and_where_the_page_leads() -> None:
    site = view([page(name) for name in "abcd"], "b>a", "a>c", "a>d", "d>a", "b>c")
    spots = {spot.title: (spot.side, spot.mutual, spot.href) for spot in drawn(site).spots}
    assert spots == {"B": ("in", False, "../b/"), "C": ("out", False, "../c/"), "D": ("in", True, "../d/")}
    assert (len(drawn(site).curves), len(drawn(site).faint)) == (3, 1)


def test_a_page_without_neighbours_has_no_picture() -> None:
    site = view([page("a"), page("b"), page("c", listing=True)], "c>a", "a>a")
    assert local_graph(site.graph.pages[PageUri("a.md")], site) is None


def test_a_picture_has_room_for_a_few_pages_and_counts_the_others() -> None:
    names = [f"p{number}" for number in range(40)]
    site = view([page("a"), *map(page, names)], *(f"{name}>a" for name in names), "a>p39")
    graph = drawn(site)
    assert (len(graph.spots) + 1, graph.more) == (MAX_NODES, 11)
    assert "P39" in {spot.title for spot in graph.spots}, "what is linked both ways goes first"


def test_no_two_pages_of_a_picture_touch() -> None:
    site = view([page(f"p{number}") for number in range(30)], *(f"p0>p{number}" for number in range(1, 30)))
    rows = sorted(spot.y for spot in drawn(site, "p0").spots)
    assert min(after - before for before, after in pairwise(rows)) >= 20
    assert all(0 < row < drawn(site, "p0").height for row in rows)


@pytest.mark.parametrize(
    ("links", "left", "width"),
    [(["b>a"], 0, 420), (["a>b"], 220, 420), (["b>a", "a>b"], 0, 420), (["b>a", "a>c"], 0, 640)],
)
def test_a_picture_is_as_wide_as_its_sides(links: list[str], left: int, width: int) -> None:
    graph = drawn(view([page(name) for name in "abc"], *links))
    assert (graph.left, graph.width, graph.height) == (left, width, 90)
    assert (graph.x, graph.y) == (320, 45)


def test_links_of_a_picture_are_curves_and_those_on_one_side_bend_inwards() -> None:
    links = ["b>a", "c>a", "b>c", "c>b", "a>d", "a>e", "e>d", "b>d"]
    graph = drawn(view([page(name) for name in "abcde"], *links))
    assert graph.curves[0] == "M210 22C265 22 265 45 320 45"
    assert graph.faint == (
        "M210 22Q270 44 210 67",
        "M210 22C320 22 320 22 430 22",
        "M430 67Q370 44 430 22",
    )


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("a" * 26, "a" * 26),
        ("a" * 27, "a" * 25 + "…"),
        ("a" * 24 + " bcd", "a" * 24 + "…"),
        ("&" * 26, "&" * 26),
    ],
)
def test_a_title_is_cut_to_fit_a_picture(title: str, short: str) -> None:
    (node,) = drawn(view([page("a"), page("b", title=title)], "b>a")).spots
    assert (node.title.unescape(), node.short.unescape()) == (title, short)


def test_a_picture_is_the_same_each_time() -> None:
    pages, links = [page(name) for name in "abcdef"], ["b>a", "c>a", "a>d", "a>e", "f>a", "b>c", "d>f"]
    assert drawn(view(pages, *links)) == drawn(view(pages, *reversed(links)))


def test_every_page_of_a_picture_is_a_link_in_it_and_in_the_list() -> None:
    site = view([page(name) for name in "abc"], "b>a", "a>c")
    section = render_local_graph(drawn(site), TEMPLATES_OF_THEME)
    soup = BeautifulSoup(section.html, "html.parser")
    assert [str(a["xlink:href"]) for a in soup.select("svg a")] == ["../b/", "../c/"]
    assert [str(a["href"]) for a in soup.select("ul a")] == ["../b/", "../c/"]
    assert [entry.get_text() for entry in soup.select("ul .bl-reason")] == [
        "links here",
        "linked from this page",
    ]


def graph_of(site: SiteContext, content: str = "") -> Tag:
    html = place_graph(content, "graph/", site, TEMPLATES_OF_THEME, ENGLISH)
    return BeautifulSoup(html, "html.parser")


def data_in(soup: Tag) -> dict[str, Any]:
    template = soup.template
    assert template is not None
    data: dict[str, Any] = json.loads(template.get_text())
    return data


def test_the_graph_has_every_page_and_every_link_once() -> None:
    site = view([page("a"), page("b", "Guide"), page("c", "Guide", "Deep")], "a>b", "a>b", "b>c", "c>c")
    soup = graph_of(site)
    assert data_in(soup) == {
        "pages": [["A", "../a/", 0, 0], ["B", "../b/", 1, 1], ["C", "../c/", 1, 1]],
        "links": [[0, 1], [1, 2]],
    }
    rows = [[cell.get_text() for cell in row.select("td")] for row in soup.select("tbody tr")]
    assert rows == [
        ["A", "", "0 No page links here", "1"],
        ["B", "Guide", "1", "1"],
        ["C", "Guide", "1", "0"],
    ]
    assert [entry.get_text() for entry in soup.select(".bl-graph-legend li")] == [
        "Guide",
        "No page links here",
    ]


def test_the_first_sections_of_the_graph_have_a_colour_each_and_are_in_its_legend() -> None:
    own = DictLoader({"backlinks/graph.html": "{% for page in pages %}{{ page.colour }} {% endfor %}"})
    site = view([page(f"p{number}", f"S{number}") for number in range(10)])
    templates = load_templates(Environment(loader=own))  # noqa: S701 - as MkDocs makes it
    assert place_graph("", "graph/", site, templates, ENGLISH) == "\n0 1 2 3 4 5 6 7 0 1"
    soup = graph_of(site)
    legend = [entry.get_text() for entry in soup.select(".bl-graph-legend li")]
    assert legend == [*(f"S{number}" for number in range(8)), "No page links here"]
    assert [number for _, _, number, _ in data_in(soup)["pages"]] == list(range(10))


def test_the_graph_stands_at_its_marker_or_at_the_end() -> None:
    site = view([page("a")])
    for content in ("<p>x</p><!-- graph --><p>y</p>", "<p>x</p><p>y</p>"):
        names = [element.name for element in graph_of(site, content).find_all(True, recursive=False)]
        assert names == (["p", "link", "div", "p"] if "graph" in content else ["p", "p", "link", "div"])


def test_only_the_first_marker_counts() -> None:
    soup = graph_of(view([page("a")]), "<!-- graph --><!-- graph -->")
    assert len(soup.select(".bl-graph")) == 1
    assert str(soup).endswith("<!-- graph -->")


hostile = st.one_of(
    st.text("<>&\"'/script template!-", max_size=20),
    st.text(max_size=20),
    st.sampled_from(["</template><script>alert(1)</script>", "<!--", "]]>", "\u2028\u202e\x00\ud800"]),
)


@given(st.lists(st.tuples(hostile, hostile), min_size=2, max_size=5))
def test_no_text_gets_out_of_the_pictures(texts: list[tuple[str, str]]) -> None:
    pages = [page(f"p{number}", section, title=title) for number, (title, section) in enumerate(texts)]
    plain = [page(f"p{number}", "s", title="t") for number in range(len(texts))]
    links = [f"p{number}>p0" for number in range(1, len(texts))]
    for shown, expected in zip(_shown(pages, links), _shown(plain, links), strict=True):
        assert shown <= expected
    titles = [title for title, *_ in data_in(graph_of(view(pages, *links)))["pages"]]
    assert len(titles) == len(texts)


def _shown(pages: list[Page], links: list[str]) -> list[set[tuple[str, ...]]]:
    """The elements with the names of their attributes in the picture of the first page, and in the graph."""
    site = view(pages, *links)
    section = render_local_graph(drawn(site, "p0"), TEMPLATES_OF_THEME)
    soups = BeautifulSoup(section.html, "html.parser"), graph_of(site)
    return [{(element.name, *sorted(element.attrs)) for element in soup.find_all(True)} for soup in soups]


def test_the_script_is_small_and_made_of_its_source() -> None:
    script = (GRAPH_ASSETS / GRAPH_SCRIPT).read_bytes()
    sources = b"".join((SOURCE / name).read_bytes() for name in ("graph.js", "package-lock.json"))
    assert hashlib.sha256(sources).hexdigest().encode() in script[:200], "run npm ci && npm run build"
    assert len(gzip.compress(script)) <= 30_000
    assert b"://" not in script.replace(b"http://www.w3.org/", b"")


@pytest.mark.parametrize("name", [GRAPH_SCRIPT, GRAPH_STYLESHEET])
def test_the_assets_lie_where_mkdocs_looks(name: str) -> None:
    assert (GRAPH_ASSETS / name).is_file()

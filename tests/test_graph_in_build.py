"""The page with the graph of the site, written by the plugin or by the author."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from building import Built, build_site

PAGES = {
    "index.md": "# Home\n\nStart with [the guide](guide.md).",
    "guide.md": "# Guide\n\nBack [home](index.md).",
}
GRAPH = {"graph": {"page": "more/graph.md"}}


def rows(built: Built) -> list[str]:
    soup = BeautifulSoup(built.html("more/graph/index.html"), "html.parser")
    return [str(a["href"]) for a in soup.select(".bl-graph tbody a")]


def test_the_page_is_written_and_takes_no_part(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES, GRAPH, strict=True)
    assert not built.aborted, built.text
    assert rows(built) == ["../../", "../../guide/"]
    assert "<h1" in built.html("more/graph/index.html")
    assert "Link graph" not in built.html("index.html")
    assert [page["uri"] for page in built.index()["pages"]] == ["guide.md", "index.md"]


def test_the_page_can_be_put_into_the_navigation(tmp_path: Path) -> None:
    built = build_site(
        tmp_path, PAGES, GRAPH, nav=["index.md", "guide.md", {"Map": "more/graph.md"}], strict=True
    )
    assert not built.aborted, built.text
    assert 'href="more/graph/"' in built.html("index.html")


def test_a_page_of_the_author_is_kept_and_takes_part(tmp_path: Path) -> None:
    text = "# Our map\n\nSee [the guide](../guide.md).\n\n<!-- graph -->\n\n## Below"
    built = build_site(tmp_path, {**PAGES, "more/graph.md": text}, GRAPH)
    html = built.html("more/graph/index.html")
    assert html.index('id="our-map"') < html.index('class="bl-graph"') < html.index('id="below"')
    assert len(rows(built)) == 3
    assert built.links("more/graph.md")


def test_the_page_speaks_the_language_of_the_theme(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES, GRAPH, theme={"name": "mkdocs", "locale": "de"})
    html = built.html("more/graph/index.html")
    assert ">Linkgraph</h1>" in html
    assert "Eingehende Links" in html


def test_a_site_in_two_languages_has_a_graph_of_each(tmp_path: Path) -> None:
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    pages = {**PAGES, "guide.de.md": "# Anleitung\n\nZur [Startseite](index.md)."}
    i18n = {"i18n": {"docs_structure": "suffix", "languages": languages}}
    built = build_site(tmp_path, pages, GRAPH, plugins=[i18n])
    assert "Guide</" in built.html("more/graph/index.html")
    assert "Anleitung</" in built.html("de/more/graph/index.html")
    assert "Eingehende Links" in built.html("de/more/graph/index.html")
    assert ">Rückverweise <" in built.html("de/index.html")
    assert ">Backlinks <" in built.html("index.html")


@pytest.mark.parametrize(("options", "is_there"), [(GRAPH, True), ({}, False)])
def test_the_script_is_part_of_a_site_with_a_graph_only(
    tmp_path: Path, options: dict[str, object], is_there: bool
) -> None:
    built = build_site(tmp_path, PAGES, options)
    assert (built.site / "assets/javascripts/backlinks-graph.js").exists() == is_there
    assert "backlinks-graph" not in built.html("index.html")


def test_the_graph_is_in_no_search(tmp_path: Path) -> None:
    built = build_site(tmp_path, PAGES, GRAPH, plugins=["search"])
    assert "Incoming links" not in built.html("search/search_index.json")


def test_pages_get_a_picture_on_request(tmp_path: Path) -> None:
    pages = {**PAGES, "index.md": "---\nhide: [graph]\n---\n" + PAGES["index.md"]}
    built = build_site(tmp_path, pages, {"graph": {"local": True}})
    assert "bl-around" in built.html("guide/index.html")
    assert "bl-around" not in built.html("index.html")

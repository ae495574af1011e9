"""Whatever a site is like, the ranking gives a sensible answer or none, and never fails."""

from __future__ import annotations

import pytest
from relate.making import Arrow, graph_of, link, page, related, uris

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.relate import equity, relate
from mkdocs_backlinks.settings import RelatedSettings

EVERYTHING = RelatedSettings(min_score=0, skip_linked=False, limit=100)


def answers(graph: LinkGraph) -> dict[str, list[str]]:
    assert set(equity(graph)) == set(graph.pages)
    return {uri: uris(found) for uri, found in relate(graph, EVERYTHING).items()}


def test_no_pages() -> None:
    assert answers(graph_of({})) == {}


def test_one_page() -> None:
    assert answers(graph_of({"a.md": "some words about some words"}, [("a.md", "a.md")])) == {"a.md": []}


def test_two_pages_without_links() -> None:
    assert answers(graph_of({"a.md": "same words here", "b.md": "same words here"})) == {
        "a.md": [],
        "b.md": [],
    }


@pytest.mark.parametrize("text", ["", " \n", "word", "🎉", "1 2 3", "\u200d\u0301", "\udcff", "\x00\x1b[31m"])
def test_pages_with_hardly_any_text(text: str) -> None:
    graph = graph_of([page(f"p{number}.md", text, text) for number in range(12)])
    assert answers(graph) == {uri: [] for uri in graph.pages}


@pytest.mark.parametrize("copies", [2, 50])
def test_equal_pages(copies: int) -> None:
    """They have nothing that tells them apart, so nothing can be said of them."""
    graph = graph_of(
        [page(f"p{number}.md", "The same text on every page.", "Same") for number in range(copies)]
    )
    assert answers(graph) == {uri: [] for uri in graph.pages}


def test_equal_pages_among_others_take_one_place() -> None:
    pages = [page(f"other{number}.md", f"unlike{number} strange{number}") for number in range(60)]
    twins = [page(f"twin{number}.md", "Purple elephants dance on ice.", "Dance") for number in range(4)]
    assert uris(related(graph_of([*pages, *twins]), "twin2.md")) == ["twin0.md"]


def test_no_links_and_no_common_words() -> None:
    graph = graph_of({f"p{number}.md": f"alone{number}" for number in range(20)})
    assert answers(graph) == {uri: [] for uri in graph.pages}


def test_a_page_with_ten_thousand_links() -> None:
    pages = [page(f"p{number}.md") for number in range(300)]
    links = [link("p0.md", f"p{number % 300}.md", f"text {number}") for number in range(10_000)]
    found = relate(LinkGraph.of(pages, links), RelatedSettings())
    assert len(found) == 300
    assert found[pages[1].uri] == ()


def test_a_hub_leads_to_nothing_in_particular() -> None:
    """Two pages that share only the hub are not related through it, and the hub itself is only a list."""
    pages = {"hub.md": "", **{f"p{number}.md": "" for number in range(300)}}
    arrows: list[Arrow] = [("hub.md", uri) for uri in pages]
    assert uris(related(graph_of(pages, arrows), "p7.md", min_score=0)) == []


def test_titles_of_emoji_are_shown_as_they_are() -> None:
    pages = [page(uri, "", title) for uri, title in [("a.md", "🎉"), ("b.md", "🚀"), ("c.md", "🎉")]]
    found = related(graph_of(pages, [("a.md", "b.md"), ("c.md", "b.md")]), "a.md")
    assert uris(found) == ["c.md"]
    assert found[0].reasons[0].names == ("🚀",)


def test_links_to_nowhere_and_to_other_kinds_of_targets() -> None:
    assert answers(graph_of({"a.md": "", "b.md": ""}, [("a.md", "gone.md"), ("a.md", "#")])) == {
        "a.md": [],
        "b.md": [],
    }


def test_a_word_without_end() -> None:
    graph = graph_of({f"p{number}.md": "x" * 100_000 for number in range(12)})
    assert answers(graph) == {uri: [] for uri in graph.pages}


def test_a_title_without_end() -> None:
    graph = graph_of([page("a.md", "word " * 50, "word " * 10_000), page("b.md", "word " * 50)])
    assert answers(graph) == {"a.md": [], "b.md": []}

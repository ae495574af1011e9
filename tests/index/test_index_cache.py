"""A build with the cache of the one before gives the same index as one without, and reads less."""

from __future__ import annotations

from collections.abc import Mapping

import markdown
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.index import Index, IndexCache, PageSource, SiteSource, build
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink

TEXTS = (
    "",
    "# A\n\nTo [b](../b/#x).",
    "To [b](../b/) and [c](../c/).\n\n\nEnd",
    "## X\n\n[web](https://e.org/)",
)
Sources = Mapping[str, str]


def built(texts: Sources, cache: IndexCache | None = None, *, assets: frozenset[str] = frozenset()) -> Index:
    site = SiteSource(bases=["https://s.example/"], assets=assets, sources={})
    return build(site, [page_of(name, text) for name, text in texts.items()], cache=cache)


def page_of(name: str, text: str) -> PageSource:
    return PageSource(
        page=Page(uri=PageUri(f"{name}.md"), url=f"{name}/", title=name),
        html=markdown.markdown(text, extensions=["toc"]),
        markdown=lambda: text,
        file=f"docs/{name}.md",
    )


def located(index: Index) -> list[tuple[Link, SourceLink]]:
    return [(link, index.sources.of(link)) for link in index.graph.links]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(TEXTS)), min_size=2, max_size=4))
def test_every_build_equals_a_fresh_one(builds: list[Sources]) -> None:
    cache = IndexCache()
    for texts in builds:
        again, fresh = built(texts, cache), built(texts)
        assert again.graph == fresh.graph
        assert located(again) == located(fresh)


def test_only_the_page_that_changed_is_read_again() -> None:
    cache = IndexCache()
    before = built({"a": "To [b](../b/).", "b": "Here"}, cache).graph
    after = built({"a": "To [b](../b/).", "b": "There"}, cache).graph
    assert after.pages[PageUri("a.md")] is before.pages[PageUri("a.md")]
    assert after.pages[PageUri("b.md")].text.strip() == "There"


def test_an_empty_line_moves_the_place_of_a_link_on_a_page_that_looks_the_same() -> None:
    cache = IndexCache()
    ((_, source),) = located(built({"a": "To [b](../b/)."}, cache))
    assert source.location.line == 1
    ((_, source),) = located(built({"a": "\n\nTo [b](../b/)."}, cache))
    assert source.location.line == 3


def test_a_file_that_comes_changes_where_links_of_other_pages_lead() -> None:
    cache = IndexCache()
    (link,) = built({"a": "[b](../b)"}, cache).graph.links
    assert link.kind == "page"
    (link,) = built({"a": "[b](../b)"}, cache, assets=frozenset({"b"})).graph.links
    assert link.kind == "asset"

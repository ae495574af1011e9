"""A build that remembers the one before gives the same graph as one that does not, and reads less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.index import Index, Memory, PageSource, SiteSource, build
from mkdocs_backlinks.index.markdown.inclusion import NO_INCLUSIONS, Inclusions, Source
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink

TEXTS = (
    "",
    "# A\n\nTo [b](../b/#x).",
    "To [b](../b/) and [c](../c/).\n\n\nEnd",
    "## X\n\n[web](https://e.org/)",
)
Sources = Mapping[str, str]


def built(texts: Sources, memory: Memory | None = None, *, assets: frozenset[str] = frozenset()) -> Index:
    site = SiteSource(bases=["https://s.example/"], assets=assets, sources={})
    return build(site, [page_of(name, text) for name, text in texts.items()], memory=memory)


def page_of(name: str, text: str) -> PageSource:
    return PageSource(
        page=Page(uri=PageUri(f"{name}.md"), url=f"{name}/", title=name),
        html=markdown.markdown(text, extensions=["toc"]),
        markdown=lambda: text,
        file=f"docs/{name}.md",
        stamp=text,
    )


def located(index: Index) -> list[tuple[Link, SourceLink]]:
    return [(link, index.sources.of(link)) for link in index.graph.links]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(TEXTS)), min_size=2, max_size=4))
def test_every_build_equals_a_fresh_one(builds: list[Sources]) -> None:
    memory = Memory()
    for texts in builds:
        again, fresh = built(texts, memory), built(texts)
        assert again.graph == fresh.graph
        assert located(again) == located(fresh)


def test_only_the_page_that_changed_is_read_again() -> None:
    memory = Memory()
    before = built({"a": "To [b](../b/).", "b": "Here"}, memory).graph
    after = built({"a": "To [b](../b/).", "b": "There"}, memory).graph
    assert after.pages[PageUri("a.md")] is before.pages[PageUri("a.md")]
    assert after.pages[PageUri("b.md")].text.strip() == "There"


def test_an_empty_line_moves_the_place_of_a_link_on_a_page_that_looks_the_same() -> None:
    memory = Memory()
    ((_, source),) = located(built({"a": "To [b](../b/)."}, memory))
    assert source.location.line == 1
    ((_, source),) = located(built({"a": "\n\nTo [b](../b/)."}, memory))
    assert source.location.line == 3


def snippet(name: str) -> Source:
    return Source("", name)


@pytest.mark.parametrize(
    ("inclusions", "text", "may_have_changed"),
    [
        (NO_INCLUSIONS, '--8<-- "x"', False),
        (Inclusions(snippet=snippet), "[b](../b/)", False),
        (Inclusions(snippet=snippet), '[b](../b/)\n--8<-- "x"', True),
        (Inclusions(snippet=snippet, appended=("x",)), "[b](../b/)", True),
        (Inclusions(include=lambda name, _: snippet(name)), "[b](../b/)", False),
        (Inclusions(include=lambda name, _: snippet(name)), "[b](../b/) {% include 'x' %}", True),
    ],
)
def test_only_a_page_that_takes_in_files_may_change_while_its_own_source_stays(
    inclusions: Inclusions, text: str, *, may_have_changed: bool
) -> None:
    source = replace(page_of("a", text), inclusions=inclusions)
    assert source.is_written_the_same(source) is not may_have_changed


def test_a_file_that_comes_changes_where_links_of_other_pages_lead() -> None:
    memory = Memory()
    (link,) = built({"a": "[b](../b)"}, memory).graph.links
    assert link.kind == "page"
    (link,) = built({"a": "[b](../b)"}, memory, assets=frozenset({"b"})).graph.links
    assert link.kind == "asset"

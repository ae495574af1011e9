"""A link is found as and where it was written; a source is read once, and only if asked for."""

from __future__ import annotations

import markdown
import pytest

from mkdocs_backlinks.index import Index, PageSource, SiteSource, SourceLinks, build
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink, SourceLocation

P = PageUri("guide/p.md")


def index_of(source: str, html: str, read: list[str] | None = None) -> Index:
    """The index of a page with this content, in a site that has a page `a.md` as well."""

    def markdown_of() -> str:
        if read is not None:
            read.append(source)
        return source

    site = SiteSource(bases=["https://h/"], assets=frozenset(), sources={})
    pages = [
        PageSource(page=Page(uri=PageUri("a.md"), url="a/", title="A"), html=""),
        PageSource(
            page=Page(uri=P, url="guide/p/", title="P"),
            html=html,
            markdown=markdown_of,
            file="docs/guide/p.md",
        ),
    ]
    return build(site, pages)


def sources_of(source: str, html: str | None = None) -> list[SourceLink]:
    graph, sources = index_of(source, markdown.markdown(source) if html is None else html)
    return [sources.of(link) for link in graph.links]


@pytest.mark.parametrize(
    ("source", "html", "bare", "raw"),
    [
        ("[x](../a.md)", '<a href="../../a/">x</a>', False, False),
        ("[x](/a.md)", '<a href="../../a/">x</a>', False, False),
        ('<a href="../../a/">x</a>', '<a href="../../a/">x</a>', False, True),
        ('<A HREF="../../a/">x</A>', '<A HREF="../../a/">x</A>', False, True),
        ("<https://e.org/x>", '<a href="https://e.org/x">https://e.org/x</a>', True, False),
        ("https://e.org/x", '<a href="https://e.org/x">https://e.org/x</a>', True, False),
        ('<img src="/i.png">', '<img src="/i.png">', True, True),
    ],
)
def test_a_link_as_it_was_written(source: str, html: str, *, bare: bool, raw: bool) -> None:
    (link,) = sources_of(source, html)
    assert link.location == SourceLocation("docs/guide/p.md", 1, 1)
    assert link.href in source
    assert (link.bare, link.raw, link.base) == (bare, raw, P)


def test_a_path_from_the_root_is_one_between_sources_also_on_a_site_below_a_folder() -> None:
    site = SiteSource(bases=["https://h/docs/"], assets=frozenset(), sources={})
    page = Page(uri=PageUri("a.md"), url="a/", title="A")
    source = PageSource(page=page, html='<a href="../a/">x</a>', markdown=lambda: "[x](/a.md)")
    graph, sources = build(site, [source])
    assert [sources.of(link).href for link in graph.links] == ["/a.md"]


def test_what_is_not_in_the_source_has_its_file_alone() -> None:
    (link,) = sources_of("nothing", '<a href="../../a/">x</a>')
    assert link == SourceLink(location=SourceLocation("docs/guide/p.md"), href="../../a/", base=P)


def test_alike_links_pair_in_order_where_their_number_agrees_whatever_their_texts() -> None:
    html = '<h1>New</h1><p><a href="../../a/">1</a> <a href="../../a/">2</a></p>'
    links = sources_of("[one](../a.md)\n\n[two](../a.md)", html)
    assert [link.location.line for link in links] == [1, 3]


def test_alike_links_of_another_number_pair_under_a_heading_of_the_page_and_the_source() -> None:
    html = '<h1>T</h1><a href="../../a/">1</a><h1>U</h1><a href="../../a/">2</a><a href="../../a/">3</a>'
    links = sources_of("# T\n\n[one](../a.md)\n\n# U\n\n[two](../a.md)", html)
    assert [link.location.line for link in links] == [3, None, None]


def test_a_source_is_read_once_and_only_if_asked() -> None:
    read: list[str] = []
    graph, sources = index_of("[x](../a.md) [x](../a.md)", '<a href="../../a/">x</a>' * 2, read)
    assert read == []
    assert [sources.of(link).location.column for link in graph.links * 2] == [1, 14, 1, 14]
    assert len(read) == 1


def test_a_page_without_a_known_source_has_unlocated_links() -> None:
    link = Link(source=P, kind="page", href="../x/", target="x.md")
    assert SourceLinks().of(link) == SourceLink(href="../x/", base=P)
    assert SourceLinks().of_page(P) == ()

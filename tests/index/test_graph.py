"""The graph answers in the order of the site, whatever the order of the links."""

from __future__ import annotations

from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Link, LinkKind, Page, PageUri


def link(source: str, target: str, kind: LinkKind = "page", text: str = "") -> Link:
    return Link(source=PageUri(source), kind=kind, href=target, target=target, text=text)


GRAPH = LinkGraph.of(
    [Page(uri=PageUri(name), url=name, title=name) for name in ("b", "a", "c")],
    [
        link("b", "c", text="1"),
        link("b", "b"),
        link("b", "https://x/", "external"),
        link("b", "c", text="2"),
        link("a", "c"),
        link("a", "gone"),
        link("a", "https://x/", "external"),
        link("c", "https://w/", "external"),
    ],
)


def test_backlinks_are_one_entry_a_page_in_site_order() -> None:
    backlinks = GRAPH.backlinks(PageUri("c"))
    assert [(entry.page.uri, [link.text for link in entry.links]) for entry in backlinks] == [
        ("b", ["1", "2"]),
        ("a", [""]),
    ]


def test_a_page_is_no_backlink_of_itself() -> None:
    assert GRAPH.backlinks(PageUri("b")) == ()
    assert GRAPH.successors[PageUri("b")] == {"c"}


def test_linked_pages_exist() -> None:
    assert GRAPH.successors[PageUri("a")] == {"c"}


def test_targets_are_distinct_and_sorted() -> None:
    targets = [(target.url, [link.source for link in target.links]) for target in GRAPH.targets()]
    assert targets == [("https://w/", ["c"]), ("https://x/", ["b", "a"])]


def test_an_unknown_page_has_nothing() -> None:
    assert GRAPH.backlinks(PageUri("nope")) == ()

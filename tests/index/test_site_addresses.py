"""An address on a page means what a browser and a web server would make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.site_addresses import LinkTarget, SiteAddresses
from mkdocs_backlinks.model import LinkKind, PageUri

PAGES = {
    PageUri("index.md"): "",
    PageUri("guide/index.md"): "guide/",
    PageUri("guide/caf\u00e9.md"): "guide/caf%C3%A9/",
    PageUri("a b.md"): "a%20b/",
}
SITE = SiteAddresses.of(["https://example.org/docs/"], PAGES, ["img/a b.png", "files/x.zip"])
FLAT = SiteAddresses.of([], {PageUri("index.md"): "index.html", PageUri("a/b.md"): "a/b.html"}, [])

DESTINATIONS: list[tuple[str, tuple[LinkKind, str, str | None] | None]] = [
    # pages
    ("../", ("page", "guide/index.md", None)),
    ("..", ("page", "guide/index.md", None)),
    ("../..", ("page", "index.md", None)),
    ("../../", ("page", "index.md", None)),
    ("../../index.html", ("page", "index.md", None)),
    ("../../guide/index.html#x", ("page", "guide/index.md", "x")),
    ("../../guide", ("page", "guide/index.md", None)),
    ("", ("page", "guide/caf\u00e9.md", None)),
    ("#", ("page", "guide/caf\u00e9.md", None)),
    ("#x", ("page", "guide/caf\u00e9.md", "x")),
    ("?q=1#x", ("page", "guide/caf\u00e9.md", "x")),
    ("/docs/", ("page", "index.md", None)),
    ("/docs/guide/?q#%C3%A9", ("page", "guide/index.md", "%C3%A9")),
    ("https://example.org/docs/guide/", ("page", "guide/index.md", None)),
    ("https://example.org/docs", ("page", "index.md", None)),
    ("http://EXAMPLE.org/docs/guide/", ("page", "guide/index.md", None)),
    ("//example.org/docs/guide/", ("page", "guide/index.md", None)),
    ("../caf\u00e9/", ("page", "guide/caf\u00e9.md", None)),
    ("../cafe\u0301/", ("page", "guide/caf\u00e9.md", None)),
    ("../../a b/", ("page", "a b.md", None)),
    ("../../a%20b/#a%20b", ("page", "a b.md", "a%20b")),
    ("../../../../../../docs/", ("page", "index.md", None)),
    # what is not there
    ("../nope/", ("page", "guide/nope/", None)),
    ("../nope.md#x", ("page", "guide/nope.md", "x")),
    ("../v1.2/", ("page", "guide/v1.2/", None)),
    ("../index.md", ("page", "/guide/index.md", None)),
    ("/docs/a b.md#x", ("page", "/a b.md", "x")),
    ("../%2e%2e%2Findex.html", ("page", "guide/..%2Findex.html", None)),
    ("../nope.zip", ("asset", "guide/nope.zip", None)),
    # assets
    ("../../img/a b.png", ("asset", "img/a b.png", None)),
    ("/docs/files/x.zip?v=1", ("asset", "files/x.zip", None)),
    # elsewhere
    ("/other/", ("external", "https://example.org/other/", None)),
    ("https://example.org/docsearch/", ("external", "https://example.org/docsearch/", None)),
    ("https://Example.com", ("external", "https://example.com/", None)),
    ("https://example.com/a?b#c", ("external", "https://example.com/a?b", "c")),
    ("ftp://example.com/x", ("external", "ftp://example.com/x", None)),
    ("http://[", ("external", "http://[", None)),
    ("https://a b/", ("external", "https://a b/", None)),
    # no links
    ("mailto:me@example.org", None),
    ("JavaScript:alert(1)", None),
    ("tel:+1", None),
    ("data:text/plain,x", None),
]


@pytest.mark.parametrize(("href", "expected"), DESTINATIONS)
def test_resolve(href: str, expected: tuple[LinkKind, str, str | None] | None) -> None:
    page = SITE.absolute("guide/caf%C3%A9/")
    assert SITE.resolve(href, page) == (LinkTarget(*expected) if expected else None)


@pytest.mark.parametrize(
    ("href", "target"),
    [("b.html", "a/b.md"), ("../index.html", "index.md"), ("../", "index.md"), ("/a/b.html", "a/b.md")],
)
def test_without_directory_urls_and_site_url(href: str, target: str) -> None:
    page = FLAT.absolute("a/b.html")
    assert FLAT.resolve(href, page) == LinkTarget("page", target)


def test_media_are_assets_whatever_they_are_called() -> None:
    assert SITE.resolve("nope", SITE.absolute(""), "img") == LinkTarget("asset", "nope")


def test_every_name_of_the_site_counts() -> None:
    site = SiteAddresses.of(["http://127.0.0.1:8000/docs/", "https://example.org/docs"], PAGES, [])
    page = site.absolute("guide/")
    for href in ("https://example.org/docs/a%20b/", "http://127.0.0.1:8000/docs/a%20b/", "../a b/"):
        assert site.resolve(href, page) == LinkTarget("page", "a b.md")


@pytest.mark.parametrize(
    ("given", "base"),
    [
        (None, "https://example.org/docs/guide/"),
        ("../img/", "https://example.org/docs/img/"),
        ("/x/y", "https://example.org/x/y"),
        ("https://other.example/", "https://other.example/"),
        ("", "https://example.org/docs/guide/"),
        ("http://[", "https://example.org/docs/guide/"),
        ("data:text/plain,x", "https://example.org/docs/guide/"),
        ("javascript:x", "https://example.org/docs/guide/"),
    ],
)
def test_addresses_count_from_the_page_or_its_base(given: str | None, base: str) -> None:
    assert SITE.base("guide/", given) == base


@given(st.text(max_size=40))
def test_any_text_is_resolved_and_its_target_again_means_the_same(href: str) -> None:
    page = SITE.absolute("guide/")
    target = SITE.resolve(href, page)
    if target is None or target.target not in SITE.paths.values():
        return
    url = PAGES[PageUri(target.target)]
    assert SITE.resolve(urls.relative("guide/", url), page) == LinkTarget("page", target.target)

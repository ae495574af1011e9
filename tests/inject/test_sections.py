"""The sections as a browser reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject import ASSETS, STYLESHEET, TEMPLATES, PageSection
from mkdocs_backlinks.inject.heading_notes import render_heading_notes
from mkdocs_backlinks.inject.items import backlink_items, heading_items, related_items
from mkdocs_backlinks.inject.sections import load_templates, place_sections, render_backlinks, render_related
from mkdocs_backlinks.inject.site_context import SiteContext
from mkdocs_backlinks.model import Excerpt, Heading, Link, Page, PageUri, Reason, Related, Url
from mkdocs_backlinks.settings import BacklinksSettings, RelatedSettings
from mkdocs_backlinks.urls import parse

HERE = Page(uri=PageUri("here.md"), url="here/", title="Here")
ALLOWED = {
    "section": {"class", "aria-labelledby", "data-search-exclude", "data-pagefind-ignore"},
    "h2": {"id"},
    "ul": {"class"},
    "li": set(),
    "a": {"class", "href"},
    "bdi": set(),
    "span": {"class"},
    "div": {"class"},
    "mark": set(),
    "code": set(),
    "em": set(),
    "strong": set(),
    "details": set(),
    "summary": set(),
    "p": {"class"},
}


def environment(**overrides: str) -> Environment:
    """Return an environment as MkDocs makes it: nothing is escaped, and the author's folder goes first."""
    own = {f"backlinks/{name}.html": text for name, text in overrides.items()}
    loader = ChoiceLoader([DictLoader(own), FileSystemLoader([TEMPLATES, ASSETS])])
    return Environment(loader=loader, auto_reload=False)  # noqa: S701 - what escapes is under test


PLAIN = load_templates(environment())


def render(
    pages: list[Page],
    links: list[Link],
    related: list[Related] | None = None,
    settings: BacklinksSettings | None = None,
    templates: Environment | None = None,
) -> tuple[PageSection, ...]:
    chosen = settings or BacklinksSettings()
    site = SiteContext.of(LinkGraph.of([HERE, *pages], links), chosen)
    backlinks = backlink_items(HERE, site, chosen)
    related_pages = related_items(HERE, related or [], site, RelatedSettings())
    rendered = (
        render_related(related_pages, templates or PLAIN),
        render_backlinks(backlinks, chosen, templates or PLAIN),
    )
    return tuple(section for section in rendered if section.html)


def neighbours(count: int, title: str = "Page") -> tuple[list[Page], list[Link]]:
    pages = [
        Page(uri=PageUri(f"{number}.md"), url=f"{number}/", title=f"{title} {number}")
        for number in range(count)
    ]
    return pages, [
        Link(
            source=page.uri,
            kind="page",
            href="here.md",
            target=HERE.uri,
            heading=Heading("top", "Top"),
            excerpt=Excerpt("See ", "this", " there."),
        )
        for page in pages
    ]


def soup_of(section: PageSection) -> BeautifulSoup:
    return BeautifulSoup(section.html, "html.parser")


def texts(parent: Tag | None, selector: str) -> list[str]:
    return [element.get_text() for element in parent.select(selector)] if parent else []


def test_a_page_without_neighbours_has_no_section() -> None:
    assert render([], []) == ()


def test_related_pages_stand_before_backlinks() -> None:
    pages, links = neighbours(1)
    sections = render(pages, links, [Related(PageUri("0.md"), 0.5, (Reason("links_here"),))])
    assert [(section.id, section.label) for section in sections] == [
        ("__related", "Related pages"),
        ("__backlinks", "Backlinks"),
    ]


def test_a_section_is_named_by_its_heading_and_kept_out_of_search() -> None:
    for section in render(*neighbours(1), [Related(PageUri("0.md"), 0.5, ())]):
        element = soup_of(section).section
        assert element is not None
        assert element["aria-labelledby"] == section.id
        assert element.h2 is not None
        assert element.h2["id"] == section.id
        assert element.h2.get_text().startswith(section.label)
        assert {"data-search-exclude", "data-pagefind-ignore"} <= element.attrs.keys()


def test_a_related_page_shows_title_and_reason() -> None:
    pages, _ = neighbours(1, "A & B <i>c</i>")
    (section,) = render(pages, [], [Related(PageUri("0.md"), 0.5, (Reason("linked_from_here"),))])
    (item,) = soup_of(section).select("li")
    assert item.get_text(" | ") == "A & B <i>c</i> 0 | linked from this page"
    assert item.select("a[href='../0/']")


@pytest.mark.parametrize(
    ("count", "settings", "visible", "folded", "rest"),
    [
        (1, BacklinksSettings(open=5, limit=50), 1, {}, []),
        (5, BacklinksSettings(open=5, limit=50), 5, {}, []),
        (8, BacklinksSettings(open=5, limit=50), 5, {"3 more": 3}, []),
        (8, BacklinksSettings(open=0, limit=50), 0, {"Show all (8)": 8}, []),
        (60, BacklinksSettings(open=5, limit=50), 5, {"45 more": 45}, ["and 10 more"]),
        (8, BacklinksSettings(open=5, limit=5), 5, {}, ["and 3 more"]),
        (8, BacklinksSettings(open=5, limit=3), 3, {}, ["and 5 more"]),
        (8, BacklinksSettings(open=0, limit=3), 0, {"Show all (3)": 3}, ["and 5 more"]),
    ],
)
def test_long_lists_are_folded_and_limited(
    count: int, settings: BacklinksSettings, visible: int, folded: dict[str, int], rest: list[str]
) -> None:
    (section,) = render(*neighbours(count), settings=settings)
    element = soup_of(section).section
    assert texts(element, "h2") == [f"Backlinks {count}"]
    assert len(texts(element, "section > ul > li")) == visible
    assert texts(element, "details > summary") == list(folded)
    assert len(texts(element, "details > ul > li")) == sum(folded.values())
    assert texts(element, "section > .bl-more") == rest


def test_an_entry_shows_heading_and_excerpt_with_the_link_marked() -> None:
    (section,) = render(*neighbours(1))
    (mention,) = soup_of(section).select("li > .bl-mention")
    assert str(mention) == (
        '<div class="bl-mention"><a class="bl-heading" href="../0/#top">Top</a>'
        "<div><bdi>See <mark>this</mark> there.</bdi></div></div>"
    )


@pytest.mark.parametrize(("limit", "rest"), [(5, ["and 3 more"]), (7, ["and 1 more"]), (8, []), (9, [])])
def test_a_heading_says_how_many_link_to_it_and_lists_them(limit: int, rest: list[str]) -> None:
    pages, links = neighbours(8)
    here = replace(HERE, headings=(Heading("x", "X"),))
    settings = BacklinksSettings(limit=limit)
    linked = [replace(link, fragment="x") for link in links]
    site = SiteContext.of(LinkGraph.of([here, *pages], linked), settings)
    items = heading_items(here, site, settings)
    (note,) = render_heading_notes(items, settings, PLAIN).values()
    details = BeautifulSoup(note, "html.parser").details
    assert texts(details, "summary") == ["linked from 8 pages"]
    assert len(texts(details, "details > ul > li")) == min(limit, 8)
    assert texts(details, "details > .bl-more") == rest


def test_thousands_of_backlinks_stay_small() -> None:
    (section,) = render(*neighbours(5000, "A page with quite a long title, all in all"))
    assert len(section.html.encode()) < 100_000


@pytest.mark.parametrize(
    ("content", "placed"),
    [
        ("<p>x</p>", "<p>x</p>\nR\nB"),
        ("a<!-- backlinks -->b", "aBb\nR"),
        ("a<!-- backlinks -->b<!-- related -->c", "aBbRc"),
        ("a<!-- related -->b<!-- related -->", "aRb<!-- related -->\nB"),
        ("<code>&lt;!-- related --&gt;</code>", "<code>&lt;!-- related --&gt;</code>\nR\nB"),
        ("", "\nR\nB"),
    ],
)
def test_sections_stand_at_their_markers_or_at_the_end(content: str, placed: str) -> None:
    assert (
        place_sections(content, [PageSection("__related", "", "R"), PageSection("__backlinks", "", "B")])
        == placed
    )


def test_a_page_without_sections_stays_as_it_is() -> None:
    assert place_sections("a<!-- related -->b", []) == "a<!-- related -->b"


def test_an_override_goes_first_and_is_escaped_too() -> None:
    templates = load_templates(
        environment(backlinks="{{ raw }}{% for item in backlinks %}{{ item.title }};{{ '<' }}{% endfor %}")
    )
    (section,) = render(*neighbours(1, "A & B"), templates=templates)
    assert section.html == "A &amp; B 0;&lt;"


def test_an_override_without_output_removes_the_section() -> None:
    assert render(*neighbours(1), templates=load_templates(environment(backlinks=" \n"))) == ()


@pytest.mark.parametrize(
    "source", ["{{ b.title }}", "{{ b.title | e }}", "{% autoescape true %}{{ b.title }}{% endautoescape %}"]
)
def test_items_are_escaped_once_in_a_theme_s_own_templates(source: str) -> None:
    pages, links = neighbours(1, "<b>")
    settings = BacklinksSettings()
    site = SiteContext.of(LinkGraph.of([HERE, *pages], links), settings)
    (item,) = backlink_items(HERE, site, settings)
    assert environment().from_string(source).render(b=item) == "&lt;b&gt; 0"


def test_templates_and_stylesheet_lie_where_mkdocs_looks() -> None:
    assert (TEMPLATES / "backlinks" / "backlinks.html").is_file()
    assert (TEMPLATES / "backlinks" / "related.html").is_file()
    assert len((ASSETS / STYLESHEET).read_bytes()) <= 3_000


hostile = st.one_of(
    st.text(max_size=30),
    st.text("\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7<b>&", max_size=12),
    st.text("<>&\"'`=/\\ #;:%!-()[]{}a", max_size=30),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '" onmouseover="x',
            "</section></details><h1>",
            "<!-- related -->",
            "{{ 7 * 7 }}{% raw %}",
            "&lt;b&gt;&amp;",
            "javascript:alert(1)",
            "\\\\example.org/",
            "\ufdd0\ufdd7\ufdd2\ufdd4x\ufdd1",
            "//example.org/",
            "\u202e\u2066\x00\x1b]8;;\ud800",
        ]
    ),
)
source_page = st.builds(
    Page,
    uri=st.uuids().map(lambda uuid: PageUri(f"{uuid}.md")),
    url=hostile.filter(lambda url: url not in {"", "here/"}),
    title=hostile,
    lead=hostile,
    section=st.lists(hostile, max_size=2).map(tuple),
)


@st.composite
def neighbourhoods(draw: st.DrawFn) -> tuple[list[Page], list[Link], list[Related]]:
    pages = draw(st.lists(source_page, min_size=1, max_size=8, unique_by=lambda page: page.uri))
    mention = st.tuples(
        st.none() | st.builds(Heading, hostile, hostile), st.builds(Excerpt, hostile, hostile, hostile)
    )
    links = [
        Link(source=page.uri, kind="page", href="", target=HERE.uri, heading=heading, excerpt=excerpt)
        for page in pages
        for heading, excerpt in draw(st.lists(mention, min_size=1, max_size=5))
    ]
    reason = st.builds(
        Reason,
        st.sampled_from(["links_here", "shared_terms", "shared_neighbours"]),
        st.lists(hostile, max_size=3).map(tuple),
    )
    related = [Related(page.uri, 0.5, tuple(draw(st.lists(reason, max_size=3)))) for page in pages]
    return pages, links, related


@given(neighbourhoods())
def test_hostile_text_adds_no_element_no_attribute_and_no_address(
    hood: tuple[list[Page], list[Link], list[Related]],
) -> None:
    site = Url("https://site.example/here/")
    for section in render(*hood):
        for element in soup_of(section).find_all(name=True):
            assert element.attrs.keys() <= ALLOWED[element.name]
            if element.name == "a":
                address = parse(str(element["href"]), site)
                assert address is None or (address.scheme, address.host) == ("https", "site.example")


printed = st.text("<>&\"'`=/;#!{}%-ab排א", min_size=1, max_size=20)


@given(title=printed, section=printed, heading=printed, excerpt=st.builds(Excerpt, printed, printed, printed))
def test_what_is_seen_is_what_was_given(title: str, section: str, heading: str, excerpt: Excerpt) -> None:
    page = Page(uri=PageUri("there.md"), url="there/", title=title, section=("Guide", section))
    excerpt_shown = Excerpt(f"word {excerpt.before}", excerpt.text, excerpt.after)
    link = Link(
        source=page.uri,
        kind="page",
        href="here.md",
        target=HERE.uri,
        heading=Heading("top", f"Heading {heading}"),
        excerpt=excerpt_shown,
    )
    (rendered,) = render([page], [link])
    (entry,) = soup_of(rendered).select("li")
    assert texts(entry, "li > a") == [title]
    assert texts(entry, ".bl-place") == ["Guide" if section == title else f"Guide › {section}"]
    assert texts(entry, ".bl-heading") == [f"Heading {heading}"]
    assert texts(entry, ".bl-mention > div") == [str(excerpt_shown)]
    assert texts(entry, "mark") == [excerpt.text]

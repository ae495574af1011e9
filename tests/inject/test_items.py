"""Entries of sections: the pages, mentions and reasons that are shown, before they are HTML."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.items import (
    BacklinkItem,
    RelatedItem,
    backlink_items,
    heading_items,
    related_items,
)
from mkdocs_backlinks.inject.labels import load_labels
from mkdocs_backlinks.inject.link_mentions import LinkMention
from mkdocs_backlinks.inject.site_context import SiteContext, excluded_sources
from mkdocs_backlinks.model import Excerpt, Heading, Link, Page, PageUri, Reason, Related
from mkdocs_backlinks.settings import BacklinksSettings, RelatedSettings

HERE = Page(uri=PageUri("ref/scheduler.md"), url="ref/scheduler/", title="Scheduler")
THERE = Page(
    uri=PageUri("guide/jobs.md"),
    url="guide/jobs/",
    title="Jobs",
    section=("Guide", "Batch"),
    lead="Jobs are <i> & more.",
)
LIMITS = Heading("limits", "Limits")
QUEUES = Heading("queues", "Queues")


def link(heading: Heading | None = None, before: str = "", text: str = "scheduler", after: str = "") -> Link:
    return Link(
        source=THERE.uri,
        kind="page",
        href="../ref/scheduler.md",
        target=HERE.uri,
        text=text,
        heading=heading,
        excerpt=Excerpt(before, text, after),
    )


def items(
    *links: Link, here: Page = HERE, there: Page = THERE, settings: BacklinksSettings | None = None
) -> tuple[BacklinkItem, ...]:
    chosen = settings or BacklinksSettings()
    site = SiteContext.of(LinkGraph.of([here, there], links), chosen)
    return backlink_items(here, site, chosen)


def test_an_item_says_who_links_here_from_where_and_how() -> None:
    (item,) = items(link(LIMITS, "See the ", "scheduler", "."))
    assert item == BacklinkItem(
        url="guide/jobs/",
        href=Markup("../../guide/jobs/"),
        title=Markup("Jobs"),
        place=Markup("Guide › Batch"),
        mentions=(
            LinkMention(
                heading=Markup("Limits"),
                href=Markup("../../guide/jobs/#limits"),
                before=Markup("See the "),
                text=Markup("scheduler"),
                after=Markup("."),
            ),
        ),
        more=0,
    )


@pytest.mark.parametrize(
    ("links", "mentions"),
    [
        pytest.param([link()], [], id="a bare link says nothing new"),
        pytest.param([link(None, "", "", "")], [], id="an empty link without a sentence"),
        pytest.param(
            [link(None, "See ", "", " there.")], ["See [] there."], id="an empty link in a sentence"
        ),
        pytest.param([link(None, "See", " ", "there.")], ["See []there."], id="a blank link in a sentence"),
        pytest.param([link(LIMITS, "", " ", "")], ["Limits: []"], id="a blank link below a heading"),
        pytest.param([link(LIMITS, "→ ", "scheduler", ".")], ["Limits: []"], id="punctuation is no context"),
        pytest.param(
            [link(Heading("x", "The scheduler"), "The ", "scheduler")],
            ["The scheduler: []"],
            id="a link in a heading",
        ),
        pytest.param(
            [link(Heading("jobs", " Jobs"), "a ")], ["a [scheduler]"], id="the page's title is no heading"
        ),
        pytest.param([link(Heading("x", " "), "a ")], ["a [scheduler]"], id="a heading without text"),
        pytest.param(
            [link(LIMITS, "a "), link(LIMITS, "b "), link(QUEUES, "c ")],
            ["Limits: a [scheduler]", "b [scheduler]", "Queues: c [scheduler]"],
            id="a heading is said once",
        ),
        pytest.param(
            [link(LIMITS, "a "), link(Heading("jobs", "Jobs"), "b ")],
            ["Limits: a [scheduler]", "Jobs: b [scheduler]"],
            id="a later heading that is worded like the title",
        ),
        pytest.param(
            [link(LIMITS, "this ", "one", " or that"), link(LIMITS, "this one or ", "that", "")],
            ["Limits: this [one] or that"],
            id="a sentence is said once",
        ),
        pytest.param(
            [link(LIMITS, "a "), link(QUEUES, "a ")],
            ["Limits: a [scheduler]", "Queues: []"],
            id="the same sentence elsewhere",
        ),
        pytest.param(
            [link(None, " \n a\n", "sche\x00duler", "\u202e  b ")],
            ["a [scheduler] b"],
            id="white space and controls",
        ),
    ],
)
def test_mentions_tell_only_what_is_new(links: list[Link], mentions: list[str]) -> None:
    (item,) = items(*links)
    assert [_plain(mention) for mention in item.mentions] == mentions


def _plain(mention: LinkMention) -> str:
    heading = f"{mention.heading}: " if mention.heading else ""
    return f"{heading}{mention.before}[{mention.text}]{mention.after}"


def test_mentions_beyond_the_third_are_counted() -> None:
    (item,) = items(*(link(None, f"{number} ") for number in range(5)), link(None, "4 "))
    assert len(item.mentions) == 3
    assert item.more == 2


@pytest.mark.parametrize(
    ("id_", "href"),
    [
        ("", ""),
        ("a b", "../../guide/jobs/#a%20b"),
        ("100%25", "../../guide/jobs/#100%2525"),
        ('"><script>', "../../guide/jobs/#%22%3E%3Cscript%3E"),
        ("überblick", "../../guide/jobs/#%C3%BCberblick"),
        ("half\ud800", "../../guide/jobs/#half"),
        ("a&b", "../../guide/jobs/#a&amp;b"),
    ],
)
def test_a_heading_is_linked_by_its_encoded_id(id_: str, href: str) -> None:
    (item,) = items(link(Heading(id_, "Limits"), "See "))
    assert str(item.mentions[0].href) == href


def test_a_heading_without_text_is_not_linked() -> None:
    (item,) = items(link(Heading("x", " "), "See "))
    assert (item.mentions[0].heading, item.mentions[0].href) == ("", "")


def test_context_none_keeps_the_headings_alone() -> None:
    (item,) = items(link(LIMITS, "a "), link(LIMITS, "b "), settings=BacklinksSettings(context="none"))
    assert [_plain(mention) for mention in item.mentions] == ["Limits: []"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A & B <i>c</i>", "A &amp; B &lt;i&gt;c&lt;/i&gt;"),
        ("A &amp; B", "A &amp;amp; B"),
        ("\"quoted\" 'twice'", "&#34;quoted&#34; &#39;twice&#39;"),
        ("gpj\u202e.exe", "gpj.exe"),
        (" ", "guide/jobs.md"),
    ],
)
def test_a_title_is_escaped_once(title: str, shown: str) -> None:
    (item,) = items(link(), there=replace(THERE, title=title))
    assert str(item.title) == shown


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("javascript:alert(1)", "./javascript:alert(1)"),
        ("a:b/", "./a:b/"),
        ("\\\\example.org/", "./\\\\example.org/"),
        ("//example.org/", ".///example.org/"),
        ("ok/a:b/", "ok/a:b/"),
    ],
)
def test_no_page_address_leaves_the_site(url: str, href: str) -> None:
    (item,) = items(link(), here=replace(HERE, url=""), there=replace(THERE, url=url))
    assert str(item.href) == href


@pytest.mark.parametrize(
    ("hidden", "settings"),
    [
        (frozenset({"backlinks"}), BacklinksSettings()),
        (frozenset(), BacklinksSettings(enabled=False)),
    ],
)
def test_backlinks_can_be_hidden(hidden: frozenset[str], settings: BacklinksSettings) -> None:
    assert items(link(), here=replace(HERE, hidden=hidden), settings=settings) == ()
    assert items(link(), here=replace(HERE, hidden=frozenset({"related"}))) != ()


def test_reciprocal_links_are_left_out_on_request() -> None:
    back = Link(source=HERE.uri, kind="page", href="jobs.md", target=THERE.uri)
    assert len(items(link(), back)) == 1
    assert items(link(), back, settings=BacklinksSettings(hide_reciprocal=True)) == ()
    assert len(items(link(), settings=BacklinksSettings(hide_reciprocal=True))) == 1


def test_a_mention_keeps_code_and_emphasis_and_no_other_markup() -> None:
    marked = "\ufdd6N<b>:\ufdd7 \ufdd0a<b\ufdd1 ", "\ufdd0x\ufdd1", " \ufdd2é\ufdd3 \ufdd4b\ufdd5"
    (item,) = items(link(None, *marked))
    (mention,) = item.mentions
    assert mention.before == '<span class="bl-label">N&lt;b&gt;:</span> <code>a&lt;b</code> '
    assert (mention.text, mention.after) == ("<code>x</code>", " <em>é</em> <strong>b</strong>")


def test_a_title_has_no_marks() -> None:
    (item,) = items(link(LIMITS, "a "), there=replace(THERE, title="\ufdd0Jobs\ufdd1"))
    assert item.title == "Jobs"


def pages_like_here(count: int) -> list[Page]:
    return [replace(HERE, uri=PageUri(f"{number}.md"), url=f"{number}/") for number in range(count)]


def listing_all(pages: list[Page]) -> list[Link]:
    return [Link(source=THERE.uri, kind="page", href="", target=page.uri) for page in pages]


@pytest.mark.parametrize(
    ("listed", "pages", "share", "is_hub"),
    [
        (20, 25, 0.1, False),
        (21, 25, 0.1, True),
        (21, 300, 0.1, False),
        (31, 300, 0.1, True),
        (31, 300, 0.2, False),
        (300, 300, 1.0, False),
        (21, 300, 0.0, True),
    ],
)
def test_a_hub_links_to_more_than_its_share(listed: int, pages: int, share: float, is_hub: bool) -> None:
    site = pages_like_here(pages - 1)
    graph = LinkGraph.of([THERE, *site], listing_all(site[: listed - 1]) + listing_all([HERE]))
    graph = LinkGraph.of([THERE, HERE, *site[:-1]], graph.links)
    assert (THERE.uri in excluded_sources(graph, share)) == is_hub


def test_many_links_to_few_pages_make_no_hub() -> None:
    graph = LinkGraph.of([THERE, HERE], [link()] * 100)
    assert excluded_sources(graph, 0.1) == frozenset()


def test_hubs_and_listings_are_no_backlinks() -> None:
    assert items(link(), there=replace(THERE, listing=True)) == ()
    settings = BacklinksSettings(hub_share=1)
    assert len(items(link(), there=replace(THERE, listing=True), settings=settings)) == 1


def test_a_heading_has_the_backlinks_that_lead_to_it() -> None:
    here = replace(HERE, headings=(Heading("a b", "A"), Heading("ü", "Ü"), Heading("", "no id")))
    links = [
        replace(link(None, "one "), fragment="a%20b"),
        replace(link(None, "two "), fragment="a%20b"),
        replace(link(None, "three "), fragment="%C3%BC"),
        replace(link(None, "four "), fragment="gone"),
        link(None, "five "),
    ]
    settings = BacklinksSettings()
    site = SiteContext.of(LinkGraph.of([here, THERE], links), settings)
    items_by_id = heading_items(here, site, settings)
    assert {
        id_: [[_plain(mention) for mention in item.mentions] for item in items]
        for id_, items in items_by_id.items()
    } == {
        "a b": [["one [scheduler]", "two [scheduler]"]],
        "ü": [["three [scheduler]"]],
    }


def related(
    *reasons: Reason, here: Page = HERE, settings: RelatedSettings | None = None
) -> tuple[RelatedItem, ...]:
    site = SiteContext.of(LinkGraph.of([here, THERE], ()), BacklinksSettings())
    return related_items(here, [Related(THERE.uri, 0.5, reasons)], site, settings or RelatedSettings())


def test_a_related_page_has_title_place_and_reason() -> None:
    assert related(Reason("links_here")) == (
        RelatedItem(
            url="guide/jobs/",
            href=Markup("../../guide/jobs/"),
            title=Markup("Jobs"),
            place=Markup("Guide › Batch"),
            lead=Markup("Jobs are &lt;i&gt; &amp; more."),
            reason=Markup("links here"),
        ),
    )


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        ([], ""),
        ([Reason("pinned")], ""),
        ([Reason("linked_from_here")], "linked from this page"),
        ([Reason("shared_terms", ("queue", "batch"))], "shares: queue, batch"),
        ([Reason("shared_terms", ("a", "b", "c", "d"))], "shares: a, b, c"),
        ([Reason("shared_terms")], ""),
        ([Reason("shared_neighbours", ("A",))], "connected through A"),
        ([Reason("shared_neighbours", ("A", "B"))], "connected through A and B"),
        ([Reason("shared_neighbours", ("A", "B", "C"))], "connected through A and B"),
        ([Reason("shared_neighbours", ("<b>", "\u202ex"))], "connected through &lt;b&gt; and x"),
        ([Reason("pinned"), Reason("links_here")], "links here"),
        (
            [Reason("links_here"), Reason("linked_from_here"), Reason("shared_terms", ("a",))],
            "links here · linked from this page",
        ),
    ],
)
def test_reasons_are_said_in_words(reasons: list[Reason], words: str) -> None:
    (item,) = related(*reasons)
    assert str(item.reason) == words


def test_a_name_in_a_reason_keeps_its_direction() -> None:
    site = SiteContext.of(LinkGraph.of([HERE, THERE], ()), BacklinksSettings())
    reasons = (Reason("shared_neighbours", ("A <b>", "\u202eב")), Reason("links_here"))
    (item,) = related_items(
        HERE, [Related(THERE.uri, 0.5, reasons)], site, RelatedSettings(), load_labels("he")
    )
    assert item.reason == "קשר דרך: <bdi>A &lt;b&gt;</bdi> ו<bdi>ב</bdi> · מקשר לכאן"


def test_related_pages_can_be_hidden() -> None:
    assert related(here=replace(HERE, hidden=frozenset({"related"}))) == ()
    assert related(settings=RelatedSettings(enabled=False)) == ()
    assert related(here=replace(HERE, hidden=frozenset({"backlinks"}))) != ()

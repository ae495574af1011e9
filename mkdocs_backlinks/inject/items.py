"""The neighbours of a page as templates see them: every text is escaped, every `href` starts at the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.inject.text import clean, shorten
from mkdocs_backlinks.model import Backlink, Excerpt, Heading, Link, Page, Related
from mkdocs_backlinks.settings import BacklinksSettings, RelatedSettings
from mkdocs_backlinks.urls import encode_path, relative

MENTIONS = 3
"""How many links of one page are shown."""

REASONS = 2
"""How many reasons are given for one related page."""

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where and how one page links to another: the heading above the link and the text around it.

    `heading` is empty where it would repeat the page's title or the mention above, `href` is empty where
    the heading has no address. `before`, `text` and `after` are the excerpt; all three may be empty.
    """

    heading: Markup
    href: Markup
    before: Markup
    text: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class BacklinkItem:
    """A page that links here. `url` is relative to the site, for `| url`; `href` is relative to this page.

    `place` is where the page stands in the navigation. `more` counts the mentions that are left out.
    """

    url: str
    href: Markup
    title: Markup
    place: Markup
    mentions: tuple[Mention, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """A page worth reading next, with the reasons in words; that the author chose it is not said."""

    url: str
    href: Markup
    title: Markup
    place: Markup
    reason: Markup


def backlink_items(page: Page, graph: LinkGraph, settings: BacklinksSettings) -> tuple[BacklinkItem, ...]:
    """All pages that link to `page`, in the order of the site; none where the page hides them.

    The number of items is not limited: a theme may show as many as it likes.
    """
    if not settings.enabled or "backlinks" in page.hidden:
        return ()
    reciprocal = graph.linked_pages(page.uri) if settings.hide_reciprocal else frozenset()
    shows_text = settings.context != "none"
    return tuple(
        _backlink_item(page, backlink, shows_text=shows_text)
        for backlink in graph.backlinks(page.uri)
        if backlink.page.uri not in reciprocal
    )


def related_items(
    page: Page,
    graph: LinkGraph,
    related: Iterable[Related],
    settings: RelatedSettings,
    labels: Labels = ENGLISH,
) -> tuple[RelatedItem, ...]:
    """The related pages as given, all of them in `graph`; none where the page hides them."""
    if not settings.enabled or "related" in page.hidden:
        return ()
    return tuple(_related_item(page, graph.pages[one.page], one, labels) for one in related)


def _backlink_item(page: Page, backlink: Backlink, *, shows_text: bool) -> BacklinkItem:
    source = backlink.page
    href = _href(page, source)
    mentions = tuple(_mentions(href, backlink, shows_text=shows_text))
    return BacklinkItem(
        url=source.url,
        href=href,
        title=_title(source),
        place=_place(source),
        mentions=mentions[:MENTIONS],
        more=len(mentions[MENTIONS:]),
    )


def _related_item(page: Page, other: Page, related: Related, labels: Labels) -> RelatedItem:
    words = (clean(labels.reason(reason)) for reason in related.reasons)
    reasons = [reason for reason in words if reason][:REASONS]
    return RelatedItem(
        other.url, _href(page, other), _title(other), _place(other), escape(" · ".join(reasons))
    )


def _mentions(href: Markup, backlink: Backlink, *, shows_text: bool) -> Iterator[Mention]:
    """What each link of the page has to say that the title and the links before it have not."""
    title = clean(backlink.page.title).strip()
    above: Heading | None = None
    told = {""}
    for link in backlink.links:
        heading = _heading(link)
        excerpt = _excerpt(link) if shows_text else Excerpt()
        is_new = heading and heading != above and not (above is None and heading.text == title)
        if str(excerpt) in told:
            if not is_new:
                continue
            excerpt = Excerpt()
        told.add(str(excerpt))
        above = heading if is_new else above
        yield _mention(href, heading if is_new else None, shorten(excerpt))


def _heading(link: Link) -> Heading | None:
    text = clean(link.heading.text).strip() if link.heading else ""
    return Heading(clean(link.heading.id), text) if link.heading and text else None


def _excerpt(link: Link) -> Excerpt:
    """The excerpt, or an empty one where it holds no word beyond the link's own text or the heading's."""
    before, text, after = map(clean, (link.excerpt.before, link.excerpt.text, link.excerpt.after))
    if not text.strip():
        before, text = before + text, ""
    excerpt = Excerpt(before.lstrip(), text, after.rstrip())
    says_more = any(map(str.isalnum, excerpt.before + excerpt.after))
    repeats = link.heading is not None and str(excerpt).strip() == clean(link.heading.text).strip()
    return excerpt if says_more and not repeats else Excerpt()


def _mention(href: Markup, heading: Heading | None, excerpt: Excerpt) -> Mention:
    return Mention(
        heading=escape(heading.text) if heading else _NOTHING,
        href=href + "#" + encode_path(heading.id) if heading and heading.id else _NOTHING,
        before=escape(excerpt.before) if excerpt.before else _NOTHING,
        text=escape(excerpt.text) if excerpt.text else _NOTHING,
        after=escape(excerpt.after) if excerpt.after else _NOTHING,
    )


def _title(page: Page) -> Markup:
    return escape(clean(page.title).strip() or clean(page.uri))


def _place(page: Page) -> Markup:
    """Where the page stands in the navigation; a section's own front page need not say its name twice."""
    above = page.section[:-1] if page.section and page.section[-1] == page.title else page.section
    return escape(" › ".join(map(clean, above)))


def _href(page: Page, other: Page) -> Markup:
    return escape(relative(page.url, other.url))

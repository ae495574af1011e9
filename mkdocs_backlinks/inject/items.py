"""The entries of a page's sections as templates see them: texts are escaped, an `href` starts at the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from mkdocs_backlinks.index.html.styled_text import NAME
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.inject.link_mentions import LinkMention, link_mentions
from mkdocs_backlinks.inject.safe_text import clean, to_markup
from mkdocs_backlinks.inject.site_context import SiteContext
from mkdocs_backlinks.model import Backlink, Link, Page, Reason, Related
from mkdocs_backlinks.settings import BacklinksSettings, RelatedSettings
from mkdocs_backlinks.urls import decode_fragment, relative

MAX_MENTIONS = 3
"""The number of links of one page that are quoted."""

MAX_REASONS = 2
"""The number of reasons that are given for one related page."""

_SEPARATOR = Markup(" · ")


@dataclass(frozen=True, slots=True)
class BacklinkItem:
    """A page that links here. `url` is relative to the site, for `| url`; `href` is relative to this page.

    `place` is its section path in the navigation. `more` counts the mentions that are left out.
    """

    url: str
    href: Markup
    title: Markup
    place: Markup
    mentions: tuple[LinkMention, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """A page worth reading next: its first sentence is the `lead`, which may be empty.

    `reason` has the reasons in words, and is empty where the author chose the page.
    """

    url: str
    href: Markup
    title: Markup
    place: Markup
    lead: Markup
    reason: Markup


def backlink_items(page: Page, site: SiteContext, settings: BacklinksSettings) -> tuple[BacklinkItem, ...]:
    """Return the pages that link to the page, in the order of the site; none where the page hides them.

    Their number is not limited: a theme may show as many as it likes.
    """
    backlinks = _backlinks(page, site, settings)
    return tuple(_backlink_item(page.url, backlink, site, settings) for backlink in backlinks)


def heading_items(
    page: Page, site: SiteContext, settings: BacklinksSettings
) -> dict[str, tuple[BacklinkItem, ...]]:
    """Return the backlinks of each heading that is linked to, by its id: each with the links to it alone."""
    items: dict[str, list[BacklinkItem]] = {heading.id: [] for heading in page.headings if heading.id}
    for backlink in _backlinks(page, site, settings) if items else ():
        links_by_id: dict[str, list[Link]] = {}
        for link in backlink.links:
            links_by_id.setdefault(decode_fragment(link.fragment or ""), []).append(link)
        for id_ in links_by_id.keys() & items.keys():
            to_heading = Backlink(backlink.page, tuple(links_by_id[id_]))
            items[id_].append(_backlink_item(page.url, to_heading, site, settings))
    return {id_: tuple(entries) for id_, entries in items.items() if entries}


def related_items(
    page: Page,
    related: Iterable[Related],
    site: SiteContext,
    settings: RelatedSettings,
    labels: Labels = ENGLISH,
) -> tuple[RelatedItem, ...]:
    """Return the related pages in the order given; none where the page hides them."""
    if not settings.enabled or "related" in page.hidden:
        return ()
    return tuple(_related_item(page.url, entry, site, labels) for entry in related)


def _backlinks(page: Page, site: SiteContext, settings: BacklinksSettings) -> tuple[Backlink, ...]:
    if not settings.enabled or "backlinks" in page.hidden:
        return ()
    reciprocal = site.graph.successors[page.uri] if settings.hide_reciprocal else frozenset()
    excluded = site.excluded_sources | reciprocal
    backlinks = site.graph.backlinks(page.uri)
    return tuple(backlink for backlink in backlinks if backlink.page.uri not in excluded)


def _backlink_item(
    url: str, backlink: Backlink, site: SiteContext, settings: BacklinksSettings
) -> BacklinkItem:
    summary = site.summaries[backlink.page.uri]
    href = relative(url, summary.url)
    mentions = tuple(link_mentions(backlink, href, shows_text=settings.context != "none"))
    return BacklinkItem(
        url=summary.url,
        href=escape(href),
        title=summary.title,
        place=summary.place,
        mentions=mentions[:MAX_MENTIONS],
        more=len(mentions[MAX_MENTIONS:]),
    )


def _related_item(url: str, related: Related, site: SiteContext, labels: Labels) -> RelatedItem:
    summary = site.summaries[related.page]
    reasons = [text for reason in related.reasons if (text := _reason_text(reason, labels))]
    return RelatedItem(
        url=summary.url,
        href=escape(relative(url, summary.url)),
        title=summary.title,
        place=summary.place,
        lead=summary.lead,
        reason=_SEPARATOR.join(reasons[:MAX_REASONS]),
    )


def _reason_text(reason: Reason, labels: Labels) -> Markup:
    """Return a reason in words, in which each name keeps its own direction of writing."""
    text = clean(labels.reason(reason))
    if text.isascii():
        return escape(text)
    names = tuple(f"{NAME[0]}{clean(name)}{NAME[1]}" for name in reason.names)
    return to_markup(labels.reason(replace(reason, names=names)))

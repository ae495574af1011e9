"""The neighbours of a page as templates see them: every text is escaped, every `href` starts at the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup, escape

from mkdocs_backlinks.index.html.styled_text import NAME
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.inject.mentions import Mention, mentions
from mkdocs_backlinks.inject.text import clean, marked_up
from mkdocs_backlinks.inject.view import View
from mkdocs_backlinks.model import Backlink, Link, Page, Reason, Related
from mkdocs_backlinks.settings import BacklinksSettings, RelatedSettings
from mkdocs_backlinks.urls import decode_fragment, relative

MENTIONS = 3
"""How many links of one page are shown."""

REASONS = 2
"""How many reasons are given for one related page."""

_BETWEEN = Markup(" · ")


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
    """A page worth reading next: its first sentence is the `lead`, which may be empty.

    `reason` has the reasons in words; that the author chose the page is not said.
    """

    url: str
    href: Markup
    title: Markup
    place: Markup
    lead: Markup
    reason: Markup


def backlink_items(page: Page, view: View, settings: BacklinksSettings) -> tuple[BacklinkItem, ...]:
    """Return the pages that link to the page, in the order of the site; none where the page hides them.

    Their number is not limited: a theme may show as many as it likes.
    """
    return tuple(
        _backlink_item(page.url, backlink, view, settings) for backlink in _backlinks(page, view, settings)
    )


def heading_items(page: Page, view: View, settings: BacklinksSettings) -> dict[str, tuple[BacklinkItem, ...]]:
    """Return the backlinks of each heading that is linked to, by its id: each with the links to it alone."""
    items: dict[str, list[BacklinkItem]] = {heading.id: [] for heading in page.headings if heading.id}
    for backlink in _backlinks(page, view, settings) if items else ():
        links_by_id: dict[str, list[Link]] = {}
        for link in backlink.links:
            links_by_id.setdefault(decode_fragment(link.fragment or ""), []).append(link)
        for id_, links in links_by_id.items():
            if id_ in items:
                backlink_of_heading = Backlink(backlink.page, tuple(links))
                items[id_].append(_backlink_item(page.url, backlink_of_heading, view, settings))
    return {id_: tuple(entries) for id_, entries in items.items() if entries}


def related_items(
    page: Page,
    related: Iterable[Related],
    view: View,
    settings: RelatedSettings,
    labels: Labels = ENGLISH,
) -> tuple[RelatedItem, ...]:
    """Return the related pages in the order given; none where the page hides them."""
    if not settings.enabled or "related" in page.hidden:
        return ()
    return tuple(_related_item(page.url, entry, view, labels) for entry in related)


def _backlinks(page: Page, view: View, settings: BacklinksSettings) -> tuple[Backlink, ...]:
    if not settings.enabled or "backlinks" in page.hidden:
        return ()
    left_out = view.uncounted
    if settings.hide_reciprocal:
        left_out |= view.graph.successors[page.uri]
    return tuple(backlink for backlink in view.graph.backlinks(page.uri) if backlink.page.uri not in left_out)


def _backlink_item(url: str, backlink: Backlink, view: View, settings: BacklinksSettings) -> BacklinkItem:
    face = view.faces[backlink.page.uri]
    address = relative(url, face.url)
    found = mentions(backlink, address, shows_text=settings.context != "none")
    shown = tuple(islice(found, MENTIONS))
    return BacklinkItem(face.url, escape(address), face.title, face.place, shown, sum(1 for _ in found))


def _related_item(url: str, related: Related, view: View, labels: Labels) -> RelatedItem:
    face = view.faces[related.page]
    words = (_said(reason, labels) for reason in related.reasons)
    reason = _BETWEEN.join([said for said in words if said][:REASONS])
    return RelatedItem(face.url, escape(relative(url, face.url)), face.title, face.place, face.lead, reason)


def _said(reason: Reason, labels: Labels) -> Markup:
    """A reason in words, in which each name keeps its own direction of writing."""
    plain = clean(labels.reason(reason))
    if plain.isascii():
        return escape(plain)
    names = tuple(f"{NAME[0]}{clean(name)}{NAME[1]}" for name in reason.names)
    return marked_up(labels.reason(replace(reason, names=names)))

"""The neighbours of a page as templates see them: every text is escaped, every `href` starts at the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup, escape

from mkdocs_backlinks.index.html.marked import NAME
from mkdocs_backlinks.inject.labels import ENGLISH, Labels
from mkdocs_backlinks.inject.mentions import Mention, mentions
from mkdocs_backlinks.inject.neighbours import Neighbours
from mkdocs_backlinks.inject.text import clean, marked_up
from mkdocs_backlinks.inject.view import View
from mkdocs_backlinks.model import Backlink, Heading, Page, Reason
from mkdocs_backlinks.settings import BacklinksSettings
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


def backlink_items(
    neighbours: Neighbours, view: View, settings: BacklinksSettings
) -> tuple[BacklinkItem, ...]:
    """All pages that link to the page, in the order of the site.

    The number of items is not limited: a theme may show as many as it likes.
    """
    return tuple(_backlink_item(neighbours.url, one, view, settings) for one in neighbours.backlinks)


def heading_items(
    headings: Iterable[Heading], neighbours: Neighbours, view: View, settings: BacklinksSettings
) -> dict[str, tuple[BacklinkItem, ...]]:
    """The same for each of the page's headings that is linked to, by its id: only what its own links say."""
    found: dict[str, list[BacklinkItem]] = {heading.id: [] for heading in headings if heading.id}
    for backlink in neighbours.backlinks if found else ():
        fragments = [decode_fragment(link.fragment or "") for link in backlink.links]
        for id_ in dict.fromkeys(fragments):
            if id_ in found:
                links = (link for link, to in zip(backlink.links, fragments, strict=True) if to == id_)
                own = Backlink(backlink.page, tuple(links))
                found[id_].append(_backlink_item(neighbours.url, own, view, settings))
    return {id_: tuple(items) for id_, items in found.items() if items}


def related_items(neighbours: Neighbours, view: View, labels: Labels = ENGLISH) -> tuple[RelatedItem, ...]:
    """The related pages, the best first."""
    return tuple(
        _related_item(neighbours.url, page, reasons, view, labels) for page, reasons in neighbours.related
    )


def _backlink_item(url: str, backlink: Backlink, view: View, settings: BacklinksSettings) -> BacklinkItem:
    face = view.faces[backlink.page.uri]
    address = relative(url, face.url)
    found = mentions(backlink, address, shows_text=settings.context != "none")
    shown = tuple(islice(found, MENTIONS))
    return BacklinkItem(face.url, escape(address), face.title, face.place, shown, sum(1 for _ in found))


def _related_item(url: str, page: Page, reasons: Iterable[Reason], view: View, labels: Labels) -> RelatedItem:
    face = view.faces[page.uri]
    words = (_said(reason, labels) for reason in reasons)
    reason = _BETWEEN.join([said for said in words if said][:REASONS])
    return RelatedItem(face.url, escape(relative(url, face.url)), face.title, face.place, face.lead, reason)


def _said(reason: Reason, labels: Labels) -> Markup:
    """A reason in words, in which each name keeps its own direction of writing."""
    plain = clean(labels.reason(reason))
    if plain.isascii():
        return escape(plain)
    names = tuple(f"{NAME[0]}{clean(name)}{NAME[1]}" for name in reason.names)
    return marked_up(labels.reason(replace(reason, names=names)))

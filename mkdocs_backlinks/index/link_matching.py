"""Pairs each link of a page with the place in the Markdown where it was written: the right one, or none.

A link and a place belong together when they lead to the same target and show the same text. Where a
page holds several alike, they pair in order if their number agrees, in the page or at least under
their heading; otherwise nothing is claimed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Protocol, TypeVar
from urllib.parse import unquote

from mkdocs_backlinks.index.html.elements import ADDRESS, HYPERLINKS
from mkdocs_backlinks.index.markdown.markdown_links import MarkdownLink, scan
from mkdocs_backlinks.index.markdown.syntax import titles
from mkdocs_backlinks.index.site_addresses import LinkTarget
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT
from mkdocs_backlinks.model import Link

_NOT_SHOWN = re.compile(r"\]\([^()]*\)|<[^<>]*>|\{[^{}]*\}|&#?\w+;|[\W_]+")
_IMAGE_TAGS = frozenset(ADDRESS) - HYPERLINKS - {WIKILINK_ELEMENT}

_Key = tuple[str, str, bool]
_Item = TypeVar("_Item")
_Group = TypeVar("_Group")
_SectionOf = Callable[[MarkdownLink], int | None]


class MarkdownReader(Protocol):
    """Knows how a site reads the links in the Markdown of a page."""

    def target(self, link: MarkdownLink) -> LinkTarget | None:
        """Return where a link leads; None where that is not known."""

    def shown_text(self, link: MarkdownLink) -> str:
        """Return the text that a link shows, which markup may surround."""


def match_links(
    source: str, links: Sequence[Link], reader: MarkdownReader, headings: Sequence[str] = ()
) -> Mapping[int, MarkdownLink]:
    """Return where each link of a page is written in `source`, by `Link.number`.

    `headings` are the texts of the page's headings.
    """
    if not links:
        return {}
    places: dict[_Key | None, list[MarkdownLink]] = {}
    for place in sorted(scan(source), key=lambda place: place.footnote):
        places.setdefault(_place_key(place, reader), []).append(place)
    section_of = _section_finder(source, headings)
    by_key = _grouped(links, _link_key)
    pairs: dict[int, MarkdownLink] = {}
    for key, alike in by_key.items():
        pairs.update(_pair(alike, places.get(key, []), reader, section_of))
    # An address that stands in the source, if not here, is none that only another plugin knows.
    unknown = chain.from_iterable(alike for key, alike in by_key.items() if key not in places)
    pairs.update(_by_text(unknown, places.get(None, []), reader))
    return pairs


def _section_finder(source: str, headings: Sequence[str]) -> _SectionOf:
    """Return what counts the headings above a place, if source and page have the same headings."""
    written = list(titles(source))
    if [_text_key(title.text) for title in written] != [_text_key(text) for text in headings]:
        return lambda _: None
    starts = [title.offset for title in written]
    return lambda place: bisect_right(starts, place.offset)


def _pair(
    links: Sequence[Link], places: Sequence[MarkdownLink], reader: MarkdownReader, section_of: _SectionOf
) -> Mapping[int, MarkdownLink]:
    """Pair links with places that lead to the same target: by text, by order, by section."""
    pairs = _by_text(links, places, reader)
    taken = set(pairs.values())
    links = [link for link in links if link.number not in pairs]
    places = [place for place in places if place not in taken]
    if len(links) == len(places):
        return {**pairs, **_zipped(links, places)}
    return {**pairs, **_by_key(links, places, lambda link: link.section, section_of)}


def _by_text(
    links: Iterable[Link], places: Iterable[MarkdownLink], reader: MarkdownReader
) -> dict[int, MarkdownLink]:
    return _by_key(
        links, places, lambda link: _text_key(link.text), lambda place: _text_key(reader.shown_text(place))
    )


def _by_key(
    links: Iterable[Link],
    places: Iterable[MarkdownLink],
    link_key: Callable[[Link], Hashable],
    place_key: Callable[[MarkdownLink], Hashable],
) -> dict[int, MarkdownLink]:
    """Pair links and places of one key in order, where there are as many of both."""
    places_of = _grouped(places, place_key)
    pairs: dict[int, MarkdownLink] = {}
    for key, alike in _grouped(links, link_key).items():
        if len(places_of.get(key, ())) == len(alike):
            pairs.update(_zipped(alike, places_of[key]))
    return pairs


def _zipped(links: Iterable[Link], places: Iterable[MarkdownLink]) -> dict[int, MarkdownLink]:
    return {link.number: place for link, place in zip(links, places, strict=True)}


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Group]) -> dict[_Group, list[_Item]]:
    groups: dict[_Group, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _link_key(link: Link) -> _Key:
    return _key(link.target, link.fragment, link.element in _IMAGE_TAGS)


def _place_key(place: MarkdownLink, reader: MarkdownReader) -> _Key | None:
    target = reader.target(place)
    if target is None:
        return None
    return _key(target.target, target.fragment, place.image and target.kind != "wikilink")


def _key(target: str, fragment: str | None, image: bool) -> _Key:
    # Whether a path between sources was made an address is not known here.
    return target.removeprefix("/"), unquote(fragment or ""), image


def _text_key(text: str) -> str:
    """Return what is left of a text without markup, entities and punctuation."""
    return _NOT_SHOWN.sub("", text).casefold()

"""Finds where in the Markdown each link of a page was written: the right place, or none.

A link and a place belong together when they lead to the same target and show the same text. Where a
page holds several alike, they pair in order if their number agrees, in the page or at least under
their heading; otherwise nothing is claimed.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TypeVar
from urllib.parse import unquote

from mkdocs_backlinks.index.html.elements import ADDRESS, HYPERLINKS
from mkdocs_backlinks.index.markdown.markdown_links import MarkdownLink, scan
from mkdocs_backlinks.index.markdown.syntax import titles
from mkdocs_backlinks.index.site_addresses import LinkTarget
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT, parse
from mkdocs_backlinks.model import PageUri

_NOT_SHOWN = re.compile(r"\]\([^()]*\)|<[^<>]*>|\{[^{}]*\}|&#?\w+;|[\W_]+")
_IMAGE_TAGS = frozenset(ADDRESS) - HYPERLINKS - {WIKILINK_ELEMENT}

Resolve = Callable[[MarkdownLink], LinkTarget | None]
_Key = tuple[str, str, bool]
_Item = TypeVar("_Item")
_Group = TypeVar("_Group")


@dataclass(frozen=True, slots=True)
class Shown:
    """A link of the built page, with what is needed to find it again.

    `section` counts the headings above the link.
    """

    element: str
    text: str
    destination: LinkTarget
    section: int = 0


_Numbered = tuple[int, Shown]


@dataclass(frozen=True, slots=True)
class Found:
    """Where in the source a link stands, and the address as its author wrote it (None where it is implied).

    `opening` are the first two characters there, `raw` marks the address of an HTML tag.
    """

    offset: int
    href: str | None
    opening: str
    raw: bool


def locate(
    source: str,
    shown: Sequence[Shown],
    resolve: Resolve,
    headings: Sequence[str] = (),
    as_shown: Callable[[MarkdownLink], MarkdownLink] | None = None,
) -> Mapping[int, Found]:
    """The place of each link in `source`, by its index in `shown`.

    `resolve` tells where a place leads, `headings` are the texts of the page's headings, `as_shown`
    gives a place the text that it shows, where that is not the one that is written.
    """
    if not shown:
        return {}
    places: dict[_Key | None, list[MarkdownLink]] = {}
    written = map(as_shown, scan(source)) if as_shown else scan(source)
    for one in sorted(written, key=lambda one: one.footnote):
        places.setdefault(_written_key(one, resolve), []).append(one)
    links = _grouped(enumerate(shown), lambda numbered: _shown_key(numbered[1]))
    sections = _Sections(source, headings)
    pairs: dict[int, MarkdownLink] = {}
    for key, same in links.items():
        pairs.update(_pair(same, places.get(key, []), sections))
    # An address that stands in the source, if not here, is none that only another plugin knows.
    nowhere = chain.from_iterable(same for key, same in links.items() if key not in places)
    pairs.update(_by_text(nowhere, places.get(None, [])).pairs)
    return {
        index: Found(one.offset, one.wikilink or one.href, source[one.offset : one.offset + 2], one.raw)
        for index, one in pairs.items()
    }


def source_resolver(
    uri: PageUri,
    known: Mapping[str, LinkTarget],
    as_html: Callable[[str], LinkTarget | None],
) -> Resolve:
    """How MkDocs reads an address in the Markdown of `uri`: as a path between sources, else as it stands.

    `known` has every source path of the site with where it is served.
    """
    folder = posixpath.dirname(uri)

    def resolve(written: MarkdownLink) -> LinkTarget | None:
        href = written.href
        if href is None:
            return None
        path, _, fragment = href.partition("#")
        path = unquote(path.partition("?")[0])
        if path and not written.raw and ":" not in path:
            joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
            found = known.get(posixpath.normpath(joined))
            if found:
                return LinkTarget(found.kind, found.target, fragment or None)
        return as_html(href)

    return resolve


@dataclass(frozen=True, slots=True)
class WikilinkReader:
    """How a site with wikilinks reads the Markdown of `uri`: where a place leads, and what it shows.

    `known` is as for `source_resolver`; what is no wikilink is left to `others`.
    """

    uri: PageUri
    known: Mapping[str, LinkTarget]
    names: WikiNames
    others: Resolve

    def resolve(self, written: MarkdownLink) -> LinkTarget | None:
        """Where a place leads; a wikilink that leads nowhere is its own destination, as in the page."""
        link = parse(written.wikilink)
        if link is None:
            return self.others(written)
        meaning = self.names.meaning(link, self.uri)
        if meaning.uri is None:
            return LinkTarget("wikilink", str(link))
        found = self.known.get(meaning.uri)
        fragment = self.names.fragment(meaning.uri, meaning.heading)
        return LinkTarget(found.kind, found.target, fragment) if found else None

    def shown(self, written: MarkdownLink) -> MarkdownLink:
        """A place with the text that it has in the page."""
        link = parse(written.wikilink)
        if link is None:
            return written
        return replace(written, text=self.names.text(link, self.names.meaning(link, self.uri)))


class _Sections:
    """Tells under which heading of the source a place stands, if source and page have the same headings."""

    def __init__(self, source: str, headings: Sequence[str]) -> None:
        self._source = source
        self._headings = headings

    @cached_property
    def _starts(self) -> list[int] | None:
        written = list(titles(self._source))
        same = [_text_key(one.text) for one in written] == [_text_key(text) for text in self._headings]
        return [one.offset for one in written] if same else None

    def of(self, place: MarkdownLink) -> int | None:
        return bisect_right(self._starts, place.offset) if self._starts is not None else None


@dataclass(frozen=True, slots=True)
class _Match:
    """Pairs of a link's index with a place, and what found no partner."""

    pairs: Mapping[int, MarkdownLink]
    links: Sequence[_Numbered]
    places: Sequence[MarkdownLink]


def _pair(
    links: Sequence[_Numbered], places: Sequence[MarkdownLink], sections: _Sections
) -> Mapping[int, MarkdownLink]:
    """Pair links with places that lead to the same target: by text, by order, by section."""
    if len(links) == len(places) == 1:
        return {links[0][0]: places[0]}
    found = _by_text(links, places)
    if not found.links or not found.places:
        return found.pairs
    if len(found.links) == len(found.places):
        return {**found.pairs, **_zipped(found.links, found.places)}
    return {**found.pairs, **_by_section(found, sections)}


def _by_text(links: Iterable[_Numbered], places: Iterable[MarkdownLink]) -> _Match:
    """Pair links and places of the same text where there are as many of the one as of the other."""
    places_of = _grouped(places, lambda one: _text_key(one.text))
    pairs: dict[int, MarkdownLink] = {}
    left: list[_Numbered] = []
    for text, same in _grouped(links, lambda one: _text_key(one[1].text)).items():
        if len(places_of.get(text, ())) == len(same):
            pairs.update(_zipped(same, places_of.pop(text)))
        else:
            left.extend(same)
    return _Match(pairs, left, [one for same_places in places_of.values() for one in same_places])


def _by_section(left: _Match, sections: _Sections) -> Mapping[int, MarkdownLink]:
    places_of = _grouped(left.places, sections.of)
    pairs: dict[int, MarkdownLink] = {}
    for section, same in _grouped(left.links, lambda one: one[1].section).items():
        if len(places_of.get(section, ())) == len(same):
            pairs.update(_zipped(same, places_of[section]))
    return pairs


def _zipped(links: Iterable[_Numbered], places: Iterable[MarkdownLink]) -> dict[int, MarkdownLink]:
    return {index: place for (index, _), place in zip(links, places, strict=True)}


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Group]) -> dict[_Group, list[_Item]]:
    groups: dict[_Group, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _shown_key(link: Shown) -> _Key:
    return _key(link.destination, link.element in _IMAGE_TAGS)


def _written_key(one: MarkdownLink, resolve: Resolve) -> _Key | None:
    destination = resolve(one) if one.href is not None or one.wikilink else None
    if destination is None:
        return None
    image = one.image and destination.kind != "wikilink"
    return _key(destination, image)


def _key(destination: LinkTarget, image: bool) -> _Key:
    # Whether a path between sources was made an address is not known here.
    return destination.target.removeprefix("/"), unquote(destination.fragment or ""), image


def _text_key(text: str) -> str:
    """What is left of a text when markup, entities and punctuation are taken out."""
    return _NOT_SHOWN.sub("", text).casefold()

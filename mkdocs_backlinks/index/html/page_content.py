"""Reads a page's links, anchors, headings and text from the HTML of its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_backlinks.index.html.elements import ADDRESS, Attributes
from mkdocs_backlinks.index.html.excerpt import excerpt, lead
from mkdocs_backlinks.index.html.ignore_comments import NO_MARKS, SIGN, PageMarks, ignore_marks
from mkdocs_backlinks.index.html.page_parts import HEADINGS, Element, PageParts
from mkdocs_backlinks.index.html.styled_text import collapse_whitespace
from mkdocs_backlinks.index.site_addresses import LinkTarget
from mkdocs_backlinks.model import Excerpt, Heading, IgnoreMark, Link, PageUri

Context = Literal["sentence", "paragraph", "none"]
Resolve = Callable[[str, str], LinkTarget | None]
"""Returns where a link leads whose element and address are given; None for what leads to no document."""

_NAMED = "[alt],[aria-label],[title]"
_NO_EXCERPT = Excerpt()
_ANY_PAGE = PageUri("page.md")


@dataclass(frozen=True, slots=True)
class Scope:
    """The excerpts to read: how long, and whether those of links that lead to no page, which only the index
    file shows.
    """

    context: Context = "sentence"
    all_excerpts: bool = True


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class PageContent:
    """Links in the order of the document, ids, headings, and the text of a page.

    `repeated` are the ids that are there more than once, `marks` those that stand at no link, `lead` is the
    first sentence, `base` the address that relative ones count from where that is not the page.
    """

    links: tuple[Link, ...]
    anchors: frozenset[str]
    headings: tuple[Heading, ...]
    text: str
    repeated: frozenset[str] = frozenset()
    marks: tuple[IgnoreMark, ...] = ()
    lead: str = ""
    base: str | None = None


def as_written(base: str | None) -> Resolve:  # noqa: ARG001 (any base will do)
    """Return what takes each address for its target."""
    return lambda _, href: LinkTarget("external", href)


def read(
    html: str,
    scope: Scope = EVERYTHING,
    resolver: Callable[[str | None], Resolve] = as_written,
    uri: PageUri = _ANY_PAGE,
) -> PageContent:
    """Return what the index needs of the content of the page `uri`.

    `resolver` is given the address of the page's `<base>`. Code, comments, `<template>` and links that a
    Markdown extension made for itself (permalinks, footnote marks) do not count. A lone surrogate, which no
    file can hold, reads as `?`.
    """
    tree = LexborHTMLParser(_encodable(html))
    parts = PageParts(tree, html)
    marks = ignore_marks(tree, _link_ids(parts.elements)) if SIGN in html else NO_MARKS
    reader = _LinkReader(uri, scope, resolver(parts.base), marks)
    for element in parts.elements:
        if element.tag in HEADINGS:
            reader.headings.append(Heading(element.id, _text(element.node)))
        else:
            reader.add(element)
    return PageContent(
        links=tuple(reader.links),
        anchors=frozenset(chain(parts.ids, parts.names)),
        headings=tuple(reader.headings),
        text=tree.body.text() if tree.body else "",
        repeated=_repeated(parts.ids),
        marks=(*marks.loose, *reader.loose()),
        lead=lead(tree.body),
        base=parts.base,
    )


@dataclass(slots=True)
class _LinkReader:
    """Collects the links of a page, and the headings above them."""

    uri: PageUri
    scope: Scope
    resolve: Resolve
    marks: PageMarks
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    unplaced: list[IgnoreMark] = field(default_factory=list)

    def add(self, element: Element) -> None:
        node, attributes, tag = element.node, element.attributes, element.tag
        href = (attributes.get(ADDRESS[tag]) or "").strip() if element.href is None else element.href
        target, marks = self.resolve(tag, href), self.marks.at.get(node.mem_id, ())
        if target is None:
            self.unplaced.extend(marks)
            return
        text = _text(node) or collapse_whitespace(_name(node, attributes)).strip()
        self.links.append(
            Link(
                source=self.uri,
                kind=target.kind,
                href=href,
                target=target.target,
                fragment=target.fragment,
                text=text,
                element=tag,
                rel=tuple((attributes.get("rel") or "").lower().split()),
                heading=self.headings[-1] if self.headings else None,
                excerpt=self._excerpt(node, text, target),
                candidates=target.candidates,
                marks=marks,
                section=len(self.headings),
                number=len(self.links),
            )
        )

    def loose(self) -> Iterable[IgnoreMark]:
        """Return the marks at what leads to no document, each once, unless a link shares them."""
        placed = {mark.number for link in self.links for mark in link.marks}
        return dict.fromkeys(mark for mark in self.unplaced if mark.number not in placed)

    def _excerpt(self, node: LexborNode, text: str, target: LinkTarget) -> Excerpt:
        if target.kind != "page" and not self.scope.all_excerpts:
            return _NO_EXCERPT
        return excerpt(node, text, whole_block=self.scope.context == "paragraph")


def anchors_in(html: str) -> frozenset[str]:
    """Return every name that a fragment can point at in a whole page.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    """
    tree = LexborHTMLParser(_encodable(html))
    ids = (node.id or "" for node in tree.css("[id]"))
    names = (node.attributes.get("name") or "" for node in tree.css("a[name]"))
    return frozenset(chain(ids, names)) - {""}


def plain_text(html: str) -> str:
    """The text that a reader sees of a short piece of HTML, such as a title."""
    if "<" not in html and "&" not in html:
        return collapse_whitespace(_encodable(html)).strip()
    body = LexborHTMLParser(_encodable(html)).body
    return _text(body) if body else ""


def _repeated(ids: Sequence[str]) -> frozenset[str]:
    return frozenset(name for name, count in Counter(ids).items() if count > 1)


def _link_ids(elements: Iterable[Element]) -> frozenset[int]:
    return frozenset(element.node.mem_id for element in elements if element.tag not in HEADINGS)


def _encodable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _name(node: LexborNode, attributes: Attributes) -> str:
    """The accessible name of an element without text, as far as the page tells.

    Source: https://www.w3.org/TR/accname-1.2/#computation-steps
    """
    own = attributes.get("alt") or attributes.get("title") or attributes.get("aria-label")
    if own or attributes.get("aria-labelledby"):
        return own or _text_of(node, attributes.get("aria-labelledby") or "")
    for inner in node.css(_NAMED):
        named = inner.attributes
        if name := named.get("alt") or named.get("aria-label") or named.get("title"):
            return name
    return ""


def _text_of(node: LexborNode, ids: str) -> str:
    """The text of the elements with these ids, anywhere in the page."""
    top = node
    while top.parent is not None:
        top = top.parent
    wanted = ids.split()
    return " ".join(_text(element) for element in top.css("[id]") if element.id in wanted)


def _text(node: LexborNode) -> str:
    return collapse_whitespace(node.text()).strip()

"""Collects in one walk over a page its headings, links, and all that a fragment can name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_backlinks.index.html.elements import (
    ADDRESS,
    WIKILINK_ADDRESS,
    WITH_MORE,
    Attributes,
    addresses,
    has_more,
)
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_UNREAD = frozenset({"script", "style"})
_LIST = "div"
_BASE = "base"
_WITH_WIKILINKS = frozenset({*ADDRESS, *HEADINGS, *_UNREAD, _LIST, _BASE})
_WITHOUT_WIKILINKS = _WITH_WIKILINKS - {WIKILINK_ELEMENT}
_GENERATED = frozenset({"footnote-backref", "footnote-ref", "headerlink", "toclink", "emojione", "twemoji"})
_GENERATED_LISTS = frozenset({"toc", "doc-backlinks"})
_TAG_PAGE = "tag:"


class Element(NamedTuple):
    """A heading or a link of the page; `href` is the address of a link that is one of several of a node."""

    node: LexborNode
    tag: str
    id: str
    attributes: Attributes
    href: str | None = None


class PageParts:
    """Headings and links in the order of the document, and the names of the parts of a page.

    `ids` may repeat; `names` are those of `<a name>`; `base` is the address of the first `<base>`. What no
    reader reads is removed from the tree: scripts, styles, permalinks of headings. Links in lists that no
    author wrote do not count: `[TOC]`, uses that mkdocstrings collects, pages of a tag.
    """

    def __init__(self, tree: LexborHTMLParser, html: str) -> None:
        self.elements: list[Element] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self.base: str | None = None
        self._unread: list[LexborNode] = []
        self._out: set[int] = set()
        # Code is full of spans, and few pages have a wikilink.
        seen = _WITH_WIKILINKS if WIKILINK_ADDRESS in html else _WITHOUT_WIKILINKS
        # A query walks the whole page as well, and there would be one for each kind of element.
        for node in tree.root.traverse() if tree.root else ():
            if name := node.id:
                self._see_id(name, node)
            if (tag := node.tag) in seen:
                self._see(Element(node, tag or "", name or "", node.attributes))
        # What is inside would be gone as well, while the walk still comes by.
        for node in self._unread:
            node.decompose()

    def _see_id(self, name: str, node: LexborNode) -> None:
        self.ids.append(name)
        if name.startswith(_TAG_PAGE):
            self._leave_out(_list_after(node))

    def _see(self, element: Element) -> None:
        node, tag, _, attributes, _ = element
        if tag in HEADINGS:
            self.elements.append(element)
        elif tag == _LIST:
            if not _GENERATED_LISTS.isdisjoint(_classes(attributes)):
                self._leave_out(node)
        elif tag in _UNREAD:
            self._unread.append(node)
        elif tag == _BASE:
            self.base = attributes.get("href") if self.base is None else self.base
        else:
            self._see_link(element)

    def _see_link(self, link: Element) -> None:
        node, tag, _, attributes, _ = link
        if tag == "a" and (name := attributes.get("name")):
            self.names.append(name)
        is_several = tag in WITH_MORE and has_more(tag, attributes)
        if not (is_several or ADDRESS[tag] in attributes) or node.mem_id in self._out:
            return
        if is_several:
            self.elements.extend(link._replace(href=href) for href in addresses(tag, attributes))
        elif not _is_generated(link):
            self.elements.append(link)
        elif "toclink" not in _classes(attributes) and _in_heading(node):
            self._unread.append(node)
            self._leave_out(node)

    def _leave_out(self, node: LexborNode | None) -> None:
        if node is not None:
            self._out.update(inner.mem_id for inner in node.traverse())


def _classes(attributes: Attributes) -> list[str]:
    return (attributes.get("class") or "").split()


def _is_generated(link: Element) -> bool:
    """True if a Markdown extension made the link for itself, such as a permalink or a footnote's mark."""
    if not _GENERATED.isdisjoint(_classes(link.attributes)):
        return True
    href = link.attributes.get("href") or ""
    return len(href) > 1 and href[0] == "#" and href[1:] in _ids_around(link)


def _ids_around(link: Element) -> Iterator[str | None]:
    yield link.id
    yield link.attributes.get("name")
    parent = link.node.parent
    if parent is not None and parent.tag in HEADINGS:
        yield parent.id


def _in_heading(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and parent.tag not in HEADINGS:
        parent = parent.parent
    return parent is not None


def _list_after(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following if following is not None and following.tag == "ul" else None

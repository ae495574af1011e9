"""The HTML of a page's content becomes its links, anchors, headings and text; nothing is written back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_backlinks.index.html.elements import ADDRESS, Attributes
from mkdocs_backlinks.index.html.excerpt import excerpt, lead
from mkdocs_backlinks.index.html.ignore_comments import NO_MARKS, SIGN, marks
from mkdocs_backlinks.index.html.page_parts import HEADINGS, Element, PageParts
from mkdocs_backlinks.index.html.styled_text import collapse_whitespace
from mkdocs_backlinks.model import Excerpt, Heading, IgnoreMark

Context = Literal["sentence", "paragraph", "none"]

_NAMED = "[alt],[aria-label],[title]"


class RawLink(NamedTuple):
    """A link as the page holds it, before anything is known of where it leads.

    `text` is what a screen reader would say, and empty where that is nothing. `section` counts the
    headings above it; `heading` is the last of them. `words` are the link in the page's tree, or what was
    found around it there.
    """

    element: str
    href: str
    text: str
    rel: tuple[str, ...]
    section: int
    heading: Heading | None
    words: LexborNode | Excerpt
    context: Context
    marks: tuple[IgnoreMark, ...] = ()

    @property
    def excerpt(self) -> Excerpt:
        """The words around the link, which take time to find."""
        if isinstance(self.words, Excerpt):
            return self.words
        return excerpt(self.words, self.text, whole_block=self.context == "paragraph")

    def without_tree(self, *, with_words: bool) -> RawLink:
        """The same for as long as it is needed: a tree takes many times as much memory as its page."""
        return self._replace(words=self.excerpt if with_words else Excerpt())


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page holds: links in the order of the document, ids, headings, and the text of it all.

    `repeated` are the ids that are there more than once, `marks` those that stand at no link, `lead` is the
    first sentence, `base` what relative addresses count from where that is not the page.
    """

    links: tuple[RawLink, ...]
    anchors: frozenset[str]
    headings: tuple[Heading, ...]
    text: str
    repeated: frozenset[str] = frozenset()
    marks: tuple[IgnoreMark, ...] = ()
    lead: str = ""
    base: str | None = None


def read(html: str, context: Context = "sentence") -> PageContent:
    """All that the index needs of a page's content.

    Code, comments, `<template>` and links that a Markdown extension made for itself (permalinks,
    footnote marks) do not count. A lone surrogate, which no file can hold, reads as `?`.
    """
    tree = LexborHTMLParser(_encodable(html))
    found = PageParts(tree, html)
    marked = marks(tree, _link_ids(found.elements)) if SIGN in html else NO_MARKS
    headings: list[Heading] = []
    links: list[RawLink] = []
    for element in found.elements:
        if element.tag in HEADINGS:
            headings.append(Heading(element.id, _text(element.node)))
        else:
            links.append(_raw_link(element, headings, context, marked.at.get(element.node.mem_id, ())))
    return PageContent(
        links=tuple(links),
        anchors=frozenset(chain(found.ids, found.names)),
        headings=tuple(headings),
        text=tree.body.text() if tree.body else "",
        repeated=_repeated(found.ids),
        marks=marked.loose,
        lead=lead(tree.body),
        base=found.base,
    )


def anchors_in(html: str) -> frozenset[str]:
    """Every name that a fragment can point at in a whole page.

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
    if len(set(ids)) == len(ids):
        return frozenset()
    return frozenset(one for one, count in Counter(ids).items() if count > 1)


def _link_ids(elements: Iterable[Element]) -> frozenset[int]:
    return frozenset(element.node.mem_id for element in elements if element.tag not in HEADINGS)


def _encodable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _raw_link(
    link: Element, headings: Sequence[Heading], context: Context, found: tuple[IgnoreMark, ...]
) -> RawLink:
    node, attributes = link.node, link.attributes
    text = _text(node) or collapse_whitespace(_name(node, attributes)).strip()
    return RawLink(
        element=link.tag,
        href=(attributes.get(ADDRESS[link.tag]) or "").strip() if link.href is None else link.href,
        text=text,
        rel=tuple((attributes.get("rel") or "").lower().split()),
        section=len(headings),
        heading=headings[-1] if headings else None,
        words=node,
        context=context,
        marks=found,
    )


def _name(node: LexborNode, attributes: Attributes) -> str:
    """What a screen reader says of an element without text, as far as the page tells.

    Source: https://www.w3.org/TR/accname-1.2/#computation-steps
    """
    own = attributes.get("alt") or attributes.get("title") or attributes.get("aria-label")
    if own or attributes.get("aria-labelledby"):
        return own or _text_of(node, attributes.get("aria-labelledby") or "")
    for inner in node.css(_NAMED):
        named = inner.attributes
        if found := named.get("alt") or named.get("aria-label") or named.get("title"):
            return found
    return ""


def _text_of(node: LexborNode, ids: str) -> str:
    """The text of the elements with these ids, anywhere in the page."""
    top = node
    while top.parent is not None:
        top = top.parent
    wanted = ids.split()
    return " ".join(_text(one) for one in top.css("[id]") if one.id in wanted)


def _text(node: LexborNode) -> str:
    return collapse_whitespace(node.text()).strip()

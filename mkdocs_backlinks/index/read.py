"""The HTML of a page's content becomes its links, anchors, headings and text; nothing is written back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_backlinks.index.excerpt import excerpt, squeezed
from mkdocs_backlinks.index.marks import NO_MARKS, SIGN, marks
from mkdocs_backlinks.model import Excerpt, Heading, Mark

Context = Literal["sentence", "paragraph", "none"]

_ADDRESS = {
    "a": "href",
    "area": "href",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "object": "data",
    "source": "src",
    "span": "data-wikilink",
    "track": "src",
    "video": "src",
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SELECTOR = ",".join([*_HEADINGS, *(f"{tag}[{name}]" for tag, name in _ADDRESS.items())])
_PERMALINKS = ",".join(f"{tag} a[href]" for tag in _HEADINGS)
_GENERATED = frozenset({"footnote-backref", "footnote-ref", "headerlink", "toclink", "emojione", "twemoji"})
_NAMED = "[alt],[aria-label],[title]"
_GENERATED_LISTS = ".toc [href], .doc-backlinks [href], [id^='tag:'] + ul [href]"
_NOT_TEXT = ["script", "style"]


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link as the page holds it, before anything is known of where it leads.

    `text` is what a screen reader would say, and empty where that is nothing. `section` counts the
    headings above it; `heading` is the last of them.
    """

    element: str
    href: str
    text: str
    rel: tuple[str, ...]
    section: int
    heading: Heading | None
    excerpt: Excerpt
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds: links in the order of the document, ids, headings, and the text of it all.

    `repeated` are the ids that are there more than once, `marks` those that stand at no link.
    """

    links: tuple[RawLink, ...]
    anchors: frozenset[str]
    headings: tuple[Heading, ...]
    text: str
    repeated: frozenset[str] = frozenset()
    marks: tuple[Mark, ...] = ()


def read(html: str, context: Context = "sentence") -> Content:
    """All that the index needs of a page's content.

    Code, comments, `<template>` and links that a Markdown extension made for itself (permalinks,
    footnote marks) do not count. A lone surrogate, which no file can hold, reads as `?`.
    """
    tree = LexborHTMLParser(_encodable(html))
    tree.strip_tags(_NOT_TEXT)
    ids = _ids(tree)
    anchors = frozenset(ids).union(_names(tree))
    _drop_permalinks(tree)
    generated = _generated_lists(tree, html)
    nodes = [
        node
        for node in tree.css(_SELECTOR)
        if node.tag in _HEADINGS or (node.mem_id not in generated and not _is_generated(node))
    ]
    found = marks(tree, _link_ids(nodes)) if SIGN in html else NO_MARKS
    headings: list[Heading] = []
    links: list[RawLink] = []
    for node in nodes:
        if node.tag in _HEADINGS:
            headings.append(Heading(node.attributes.get("id") or "", _text(node)))
        else:
            links.append(_raw_link(node, headings, context, found.at.get(node.mem_id, ())))
    text = tree.body.text() if tree.body else ""
    return Content(tuple(links), anchors, tuple(headings), text, _repeated(ids), found.loose)


def anchors_in(html: str) -> frozenset[str]:
    """Every name that a fragment can point at in a whole page.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    """
    tree = LexborHTMLParser(_encodable(html))
    return frozenset(_ids(tree)).union(_names(tree))


def plain_text(html: str) -> str:
    """The text that a reader sees of a short piece of HTML, such as a title."""
    if "<" not in html and "&" not in html:
        return squeezed(_encodable(html)).strip()
    body = LexborHTMLParser(_encodable(html)).body
    return _text(body) if body else ""


def _ids(tree: LexborHTMLParser) -> list[str]:
    return [found for node in tree.css("[id]") if (found := node.id)]


def _names(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("a[name]"):
        yield node.attributes.get("name") or ""


def _repeated(ids: Sequence[str]) -> frozenset[str]:
    if len(set(ids)) == len(ids):
        return frozenset()
    return frozenset(one for one, count in Counter(ids).items() if count > 1)


def _link_ids(nodes: Sequence[LexborNode]) -> frozenset[int]:
    return frozenset(node.mem_id for node in nodes if node.tag not in _HEADINGS)


def _encodable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _drop_permalinks(tree: LexborHTMLParser) -> None:
    """Take the marks at headings that point at the heading itself out of the tree, and so out of texts."""
    for node in tree.css(_PERMALINKS):
        if _is_generated(node) and "toclink" not in _classes(node.attributes):
            node.decompose()


def _generated_lists(tree: LexborHTMLParser, html: str) -> frozenset[int]:
    """The links in lists that no author wrote: `[TOC]`, uses that mkdocstrings collects, pages of a tag."""
    if 'class="toc"' not in html and "doc-backlinks" not in html and 'id="tag:' not in html:
        return frozenset()
    return frozenset(node.mem_id for node in tree.css(_GENERATED_LISTS))


def _is_generated(node: LexborNode) -> bool:
    attributes = node.attributes
    if not _GENERATED.isdisjoint(_classes(attributes)):
        return True
    href = attributes.get("href") or ""
    return len(href) > 1 and href[0] == "#" and href[1:] in _ids_around(node)


def _ids_around(node: LexborNode) -> tuple[str | None, ...]:
    parent = node.parent
    heading_id = parent.id if parent is not None and parent.tag in _HEADINGS else None
    return node.id, node.attributes.get("name"), heading_id


def _classes(attributes: Mapping[str, str | None]) -> list[str]:
    return (attributes.get("class") or "").split()


def _raw_link(
    node: LexborNode, headings: Sequence[Heading], context: Context, found: tuple[Mark, ...]
) -> RawLink:
    tag = node.tag or "a"
    attributes = node.attributes
    text = _text(node) or squeezed(_name(node, attributes)).strip()
    return RawLink(
        element=tag,
        href=(attributes.get(_ADDRESS[tag]) or "").strip(),
        text=text,
        rel=tuple((attributes.get("rel") or "").lower().split()),
        section=len(headings),
        heading=headings[-1] if headings else None,
        excerpt=excerpt(node, text, whole_block=context == "paragraph"),
        marks=found,
    )


def _name(node: LexborNode, attributes: Mapping[str, str | None]) -> str:
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
    return squeezed(node.text()).strip()

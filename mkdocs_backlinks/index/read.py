"""The HTML of a page's content becomes its links, anchors, headings and text; nothing is written back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_backlinks.index.excerpt import excerpt, squeezed
from mkdocs_backlinks.model import Excerpt, Heading

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
    "track": "src",
    "video": "src",
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SELECTOR = ",".join([*_HEADINGS, *(f"{tag}[{name}]" for tag, name in _ADDRESS.items())])
_PERMALINKS = ",".join(f"{tag} a[href]" for tag in _HEADINGS)
_GENERATED = frozenset({"footnote-backref", "footnote-ref", "headerlink", "toclink", "emojione", "twemoji"})
_NOT_TEXT = ["script", "style"]


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link as the page holds it, before anything is known of where it leads.

    `section` counts the headings above it; `heading` is the last of them.
    """

    element: str
    href: str
    text: str
    rel: tuple[str, ...]
    section: int
    heading: Heading | None
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds: links in the order of the document, ids, headings, and the text of it all."""

    links: tuple[RawLink, ...]
    anchors: frozenset[str]
    headings: tuple[Heading, ...]
    text: str


def read(html: str, context: Context = "sentence") -> Content:
    """All that the index needs of a page's content.

    Code, comments, `<template>` and links that a Markdown extension made for itself (permalinks,
    footnote marks) do not count. A lone surrogate, which no file can hold, reads as `?`.
    """
    tree = LexborHTMLParser(_encodable(html))
    tree.strip_tags(_NOT_TEXT)
    anchors = frozenset(anchors_of(tree))
    _drop_permalinks(tree)
    generated = _generated_lists(tree, html)
    headings: list[Heading] = []
    links: list[RawLink] = []
    for node in tree.css(_SELECTOR):
        if node.tag in _HEADINGS:
            headings.append(Heading(node.attributes.get("id") or "", _text(node)))
        elif node.mem_id not in generated and not _is_generated(node):
            links.append(_raw_link(node, headings, context))
    text = tree.body.text() if tree.body else ""
    return Content(tuple(links), anchors, tuple(headings), text)


def anchors_in(html: str) -> frozenset[str]:
    """Every name that a fragment can point at in a whole page.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    """
    return frozenset(anchors_of(LexborHTMLParser(_encodable(html))))


def anchors_of(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("[id]"):
        if node.id:
            yield node.id
    for node in tree.css("a[name]"):
        yield node.attributes.get("name") or ""


def plain_text(html: str) -> str:
    """The text that a reader sees of a short piece of HTML, such as a title."""
    if "<" not in html and "&" not in html:
        return squeezed(_encodable(html)).strip()
    body = LexborHTMLParser(_encodable(html)).body
    return _text(body) if body else ""


def _encodable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _drop_permalinks(tree: LexborHTMLParser) -> None:
    """Take the marks at headings that point at the heading itself out of the tree, and so out of texts."""
    for node in tree.css(_PERMALINKS):
        if _is_generated(node) and "toclink" not in _classes(node):
            node.decompose()


def _generated_lists(tree: LexborHTMLParser, html: str) -> frozenset[int]:
    """The links in lists that no author wrote: `[TOC]`, and the uses that mkdocstrings collects."""
    if 'class="toc"' not in html and "doc-backlinks" not in html:
        return frozenset()
    return frozenset(node.mem_id for node in tree.css(".toc [href], .doc-backlinks [href]"))


def _is_generated(node: LexborNode) -> bool:
    if not _GENERATED.isdisjoint(_classes(node)):
        return True
    href = node.attributes.get("href") or ""
    return len(href) > 1 and href[0] == "#" and href[1:] in _ids_around(node)


def _ids_around(node: LexborNode) -> tuple[str | None, ...]:
    parent = node.parent
    heading_id = parent.id if parent is not None and parent.tag in _HEADINGS else None
    return node.id, node.attributes.get("name"), heading_id


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _raw_link(node: LexborNode, headings: Sequence[Heading], context: Context) -> RawLink:
    tag = node.tag or "a"
    attributes = node.attributes
    text = (
        _text(node) or squeezed(attributes.get("alt") or attributes.get("title") or _alt_inside(node)).strip()
    )
    return RawLink(
        element=tag,
        href=(attributes.get(_ADDRESS[tag]) or "").strip(),
        text=text,
        rel=tuple((attributes.get("rel") or "").lower().split()),
        section=len(headings),
        heading=headings[-1] if headings else None,
        excerpt=excerpt(node, text, whole_block=context == "paragraph"),
    )


def _alt_inside(node: LexborNode) -> str:
    image = node.css_first("img[alt]")
    return (image.attributes.get("alt") or "") if image is not None else ""


def _text(node: LexborNode) -> str:
    return squeezed(node.text()).strip()

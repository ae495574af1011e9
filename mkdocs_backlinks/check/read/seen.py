"""An answer as those see it who look for signs of a wall: first its bytes, and only then the page in them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_backlinks.check.response import Response

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

WINDOW = 16 * 1024
"""Bytes of a page in which its mark must stand; what is in the way of a page is short, or says so early."""


class Seen:
    """An answer with what is looked at first: `head` and `url` are the beginning of its page and its address,
    in lower case, and `titles` is `head` from its first title to the end of its last one.
    """

    def __init__(self, response: Response) -> None:
        self.response = response
        self.head = response.body[:WINDOW].lower()
        self.url = response.url.lower()
        self.titles = _titles(self.head)

    @cached_property
    def page(self) -> Page:
        """The page itself, which is parsed only when somebody asks for it."""
        return Page(self.response.body[:WINDOW])


class Page:
    """A foreign page, all in lower case."""

    def __init__(self, body: bytes) -> None:
        self._html = body.decode("utf-8", "replace")
        self._tree = _parsed(self._html)
        self.title = _plain(self._tree.css_first("title"))
        self.scripts = "\n".join(map(_script, self._tree.css("script, iframe"))).lower()

    @cached_property
    def text(self) -> str:
        # What no reader sees is cut out of a tree of its own: other entries may look for it.
        tree = _parsed(self._html)
        tree.strip_tags(["script", "style", "template"])
        return _plain(tree.body)

    def has(self, selector: str) -> bool:
        return self._tree.css_first(selector) is not None


def _titles(head: bytes) -> bytes:
    begin, end = head.find(b"<title"), head.rfind(b"</title")
    if begin < 0:
        return b""
    return head[begin:end] if head.rfind(b"<title") < end else head[begin:]


def _parsed(html: str) -> LexborHTMLParser:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    return LexborHTMLParser(html)


def _plain(node: Any) -> str:  # noqa: ANN401 (the parser's type is known only where it is loaded)
    return " ".join(node.text().lower().split()) if node is not None else ""


def _script(node: Any) -> str:  # noqa: ANN401
    return f"{node.attributes.get('src') or ''}\n{node.text()}"

"""The beginning of a foreign page, in lower case, as signatures look at it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

HEAD_BYTES = 16 * 1024
"""Bytes of a page in which its signature must stand: a wall is short, or says early what it is."""


class FetchedPage:
    """Title, scripts, elements and text of the first `HEAD_BYTES` of a body, parsed when first asked for.

    `head` has these bytes in lower case.
    """

    def __init__(self, body: bytes) -> None:
        self._html = body[:HEAD_BYTES].decode("utf-8", "replace")
        self.head = body[:HEAD_BYTES].lower()

    @cached_property
    def title(self) -> str:
        return _plain(self._tree.css_first("title"))

    @cached_property
    def scripts(self) -> str:
        """Addresses and code of all scripts and frames."""
        return "\n".join(map(_script, self._tree.css("script, iframe"))).lower()

    @cached_property
    def text(self) -> str:
        # Scripts are cut out of a tree of its own: other signatures look for them.
        tree = _parsed(self._html)
        tree.strip_tags(["script", "style", "template"])
        return _plain(tree.body)

    def has(self, selector: str) -> bool:
        return self._tree.css_first(selector) is not None

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return _parsed(self._html)


def _parsed(html: str) -> LexborHTMLParser:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    return LexborHTMLParser(html)


def _plain(node: Any) -> str:  # noqa: ANN401 (the parser's type is known only where it is loaded)
    return " ".join(node.text().lower().split()) if node is not None else ""


def _script(node: Any) -> str:  # noqa: ANN401
    return f"{node.attributes.get('src') or ''}\n{node.text()}"

"""The text of a finished page as a reader can search it, in runs that no block interrupts."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_OWN_SECTIONS = ".bl-section"
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol p plaintext pre "
    "search section summary table ul xmp".split()
)
# Those that the specification calls search invisible, and those that no browser shows as text.
_NOT_SEARCHED = frozenset(
    "audio datalist head iframe img meter noscript object progress script select style template textarea "
    "title video".split()
)


def runs(html: str) -> Iterator[str]:
    """The texts between the borders of blocks, white space squeezed, without this plugin's own sections.

    What a stylesheet hides cannot be known here, and counts as shown.
    Source: https://wicg.github.io/scroll-to-text-fragment/#finding-ranges-in-a-document
    """
    tree = LexborHTMLParser(html)
    for section in tree.css(_OWN_SECTIONS):
        section.decompose()
    pieces: list[str] = []
    for piece in _pieces(tree.body) if tree.body else ():
        if piece is not None:
            pieces.append(piece)
            continue
        run = " ".join("".join(pieces).split())
        pieces = []
        if run:
            yield run


def _pieces(body: LexborNode) -> Iterator[str | None]:
    """The texts in the order of the document; None stands where a block begins or ends."""
    waiting: list[LexborNode | None] = [body]
    while waiting:
        node = waiting.pop()
        if node is None:
            yield None
        elif node.is_text_node:
            yield node.text_content or ""
        elif node.tag == "br":
            yield " "
        elif not _is_unsearched(node):
            if node.tag in _BLOCKS:
                yield None
                waiting.append(None)
            waiting.extend(reversed(list(node.iter(include_text=True))))


def _is_unsearched(node: LexborNode) -> bool:
    if node.tag in _NOT_SEARCHED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "")

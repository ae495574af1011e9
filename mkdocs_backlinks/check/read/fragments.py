"""Whether a foreign page has the place that a link names: yes, no, or nobody can know from outside a browser.

Only a page of plain HTML that was read to its end can deny a fragment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Presence, Target

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Judge = Callable[[str], Presence]
"""Says of one fragment, percent-encoded as in the link, whether it is there."""

LEAST_TEXT = 400
"""Characters of text below which a page with scripts counts as one that they build."""

DEEPEST = 512
"""How deep browsers nest elements."""

_TAG_NAME = re.compile(r"/?[a-z][a-z0-9]*")
_NOT_NESTED = frozenset(
    """area base br col embed hr img input link meta param source track wbr
    p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp""".split()
)
"""Elements that have no end, or that end where the next one begins."""

_DIRECTIVE = ":~:"
_PREFIX = "user-content-"
"""What GitHub, GitLab and their like put before the ids of a text that a user wrote."""

_BUILT = (
    "script#__NEXT_DATA__, script#__NUXT_DATA__, [ng-version], [data-reactroot], app-root, #___gatsby,"
    " react-app, [data-ember-extension], redoc, #swagger-ui, rapi-doc, elements-api"
)
"""What frameworks leave in a page whose content they may still change in the browser."""

_PARAMETERS = re.compile(r"^[!/?]|[=&]")
"""A fragment that speaks to the scripts of a page, or to a player, rather than naming a place."""

_SCRIPTED_HOSTS = ("github.com", "gitlab.com", "www.npmjs.com", "www.youtube.com", "docs.google.com")
"""Hosts whose pages come without most of their anchors, though they have plenty of text."""


_NONE: frozenset[str] = frozenset()


def wanted(target: Target) -> frozenset[str]:
    """The fragments that links to a target use, percent-encoded as in the links."""
    return frozenset([link.fragment for link in target.links if link.fragment]) if target.links else _NONE


def look_for(fragments: Collection[str], response: Response) -> tuple[tuple[str, Presence], ...]:
    """Each fragment and whether the page has it, sorted; nothing is said of a page that did not answer well.

    Where a redirect brought a fragment of its own, that is looked for in place of all (RFC 9110 §10.2.2).
    """
    if response.status is None or not 200 <= response.status < 300 or not fragments:
        return ()
    judge = _judge(response)
    return tuple((one, _judged(one, response.fragment, judge)) for one in sorted(fragments))


def _judged(fragment: str, instead: str | None, judge: Judge) -> Presence:
    if instead is None:
        return _of_place(fragment, judge)
    # The author of the link cannot mend where a redirect leads.
    return "present" if _of_place(instead, judge) == "present" else "unknown"


def _of_place(fragment: str, judge: Judge) -> Presence:
    """Text fragments are not searched for on foreign pages; the id before one is."""
    place, directive, _ = fragment.partition(_DIRECTIVE)
    found: Presence = judge(place) if place else "present"
    return "unknown" if directive and found == "present" else found


def _judge(response: Response) -> Judge:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return _of_html(response)
    if kind == "application/pdf" and not response.truncated:
        from mkdocs_backlinks.check.read.pdf_fragments import judge_pdf  # noqa: PLC0415

        return judge_pdf(response.body)
    return _nobody_knows


def _nobody_knows(_: str) -> Presence:
    return "unknown"


def _of_html(response: Response) -> Judge:
    html = decoded(response)
    if _is_too_deep(html):
        return _nobody_knows
    # The parser is loaded for a page with a fragment, and for no other.
    from mkdocs_backlinks.index.html.page_content import anchors_in  # noqa: PLC0415

    anchors = anchors_in(html)
    folded = frozenset(name.lower() for name in anchors if name.startswith(_PREFIX))
    absent: Presence = "unknown" if _is_open(response, anchors, html) else "absent"

    def judge(fragment: str) -> Presence:
        name = urls.decode_fragment(fragment)
        if {fragment, name} & anchors or name.lower() == "top" or (_PREFIX + name).lower() in folded:
            return "present"
        return "unknown" if _PARAMETERS.search(name) else absent

    return judge


def decoded(response: Response) -> str:
    """The text of a page in the encoding that it is sent in or declares, else UTF-8; never an error."""
    # Pages with fragments only are decoded, and few in a site are.
    from bs4.dammit import EncodingDetector  # noqa: PLC0415

    body, marked = EncodingDetector.strip_byte_order_mark(response.body)
    sent = re.search(r"charset=[\"']?([\w-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    for encoding in (marked, sent[1] if sent else None, declared, "utf-8"):
        with suppress(LookupError, UnicodeError):
            return body.decode(encoding or "ascii")
    return body.decode("windows-1252", "replace")


def _is_too_deep(html: str) -> bool:
    """Whether elements may be nested deeper than browsers go: a parser's time grows with the square of it."""
    depth = 0
    for piece in html.split("<"):
        tag = piece[:16].lower()
        name = _TAG_NAME.match(tag)
        if not name or name[0].lstrip("/") in _NOT_NESTED or "/>" in piece:
            continue
        depth = max(0, depth - 1) if name[0][0] == "/" else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _is_open(response: Response, anchors: Collection[str], html: str) -> bool:
    """Whether the page may have more anchors than its HTML."""
    if response.truncated or not anchors:
        return True
    address = urls.parse(response.url)
    return (address is not None and address.host in _SCRIPTED_HOSTS) or _is_built(html)


def _is_built(html: str) -> bool:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    tree = LexborHTMLParser(html)
    if tree.css_first(_BUILT) is not None:
        return True
    return tree.css_first("script") is not None and len(_text(tree)) < LEAST_TEXT


def _text(tree: LexborHTMLParser) -> str:
    tree.strip_tags(["script", "style", "template", "noscript"])
    return " ".join((tree.body.text() if tree.body else "").split())

"""Judges whether a foreign page has the fragments of links: present, absent, or unknown outside a browser.

A fragment is absent only from static HTML that was read to its end, and from PDFs and source files.
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

FragmentJudge = Callable[[str], Presence]
"""Returns the presence of one fragment, percent-encoded as in the link."""

MIN_TEXT = 400
"""Characters of text below which a page with scripts counts as built by them."""

MAX_DEPTH = 512
"""Levels to which browsers nest elements."""

_TAG_NAME = re.compile(r"/?[a-z][a-z0-9]*")
_NOT_NESTED = frozenset(
    """area base br col embed hr img input link meta param source track wbr
    p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp""".split()
)
"""Elements without an end tag, or that end where the next one begins."""

_DIRECTIVE = ":~:"
_PREFIX = "user-content-"
"""Prefix of GitHub, GitLab and others for the ids in a text that a user wrote."""

_APP_MARKS = (
    "script#__NEXT_DATA__, script#__NUXT_DATA__, [ng-version], [data-reactroot], app-root, #___gatsby,"
    " react-app, [data-ember-extension], redoc, #swagger-ui, rapi-doc, elements-api"
)
"""Marks of frameworks that may change a page in the browser."""

_PARAMETERS = re.compile(r"^[!/?]|[=&]")
"""Fragments for the scripts of a page, or for a player, which name no anchor."""

_SCRIPTED_HOSTS = ("github.com", "gitlab.com", "www.npmjs.com", "www.youtube.com", "docs.google.com")
"""Hosts whose pages come without most of their anchors, though with plenty of text."""


def linked_fragments(target: Target) -> frozenset[str]:
    """Return the fragments of the links to a target, percent-encoded as in the links."""
    return frozenset(link.fragment for link in target.links if link.fragment)


def judge_fragments(fragments: Collection[str], response: Response) -> tuple[tuple[str, Presence], ...]:
    """Return each fragment with its presence, sorted; none for a response without success.

    The fragment of a redirect takes the place of all (RFC 9110 §10.2.2).
    """
    if response.status is None or not 200 <= response.status < 300 or not fragments:
        return ()
    judge = _judge_for(response)
    return tuple((name, _presence(name, response.fragment, judge)) for name in sorted(fragments))


def _presence(fragment: str, redirected: str | None, judge: FragmentJudge) -> Presence:
    if redirected is None:
        return _anchor_presence(fragment, judge)
    # The author of the link cannot repair the fragment of a redirect.
    return "present" if _anchor_presence(redirected, judge) == "present" else "unknown"


def _anchor_presence(fragment: str, judge: FragmentJudge) -> Presence:
    """Judge the id before a text directive, which is not searched for on foreign pages."""
    anchor, directive, _ = fragment.partition(_DIRECTIVE)
    presence: Presence = judge(anchor) if anchor else "present"
    return "unknown" if directive and presence == "present" else presence


def _judge_for(response: Response) -> FragmentJudge:
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type in ("text/html", "application/xhtml+xml"):
        return _html_judge(response)
    if content_type == "application/pdf" and not response.truncated:
        from mkdocs_backlinks.check.read.pdf_fragments import judge_pdf  # noqa: PLC0415

        return judge_pdf(response.body)
    return _unknown


def _unknown(_: str) -> Presence:
    return "unknown"


def _html_judge(response: Response) -> FragmentJudge:
    html = decoded(response)
    if _is_too_deep(html):
        return _unknown
    # Only a run with a fragment on a foreign page pays for the parser.
    from mkdocs_backlinks.index.html.page_content import anchors_in  # noqa: PLC0415

    anchors = anchors_in(html)
    folded = frozenset(name.lower() for name in anchors if name.startswith(_PREFIX))
    absent: Presence = "unknown" if _may_have_more(response, anchors, html) else "absent"

    def judge(fragment: str) -> Presence:
        name = urls.decode_fragment(fragment)
        if {fragment, name} & anchors or name.lower() == "top" or (_PREFIX + name).lower() in folded:
            return "present"
        return "unknown" if _PARAMETERS.search(name) else absent

    return judge


def decoded(response: Response) -> str:
    """Return the text of a page in the encoding that was sent or is declared, else UTF-8; never an error."""
    # Only a run with a fragment on a foreign page pays for this import.
    from bs4.dammit import EncodingDetector  # noqa: PLC0415

    body, bom = EncodingDetector.strip_byte_order_mark(response.body)
    sent = re.search(r"charset=[\"']?([\w-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    for encoding in (bom, sent[1] if sent else None, declared, "utf-8"):
        with suppress(LookupError, UnicodeError):
            return body.decode(encoding or "ascii")
    return body.decode("windows-1252", "replace")


def _is_too_deep(html: str) -> bool:
    """Return True if elements nest deeper than in browsers: a parser takes the square of the depth."""
    depth = 0
    for tag in html.split("<"):
        name = _TAG_NAME.match(tag[:16].lower())
        if not name or name[0].lstrip("/") in _NOT_NESTED or "/>" in tag:
            continue
        depth = max(0, depth - 1) if name[0][0] == "/" else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def _may_have_more(response: Response, anchors: Collection[str], html: str) -> bool:
    """Return True if the page may have more anchors in a browser than in its HTML."""
    if response.truncated or not anchors:
        return True
    address = urls.parse(response.url)
    return (address is not None and address.host in _SCRIPTED_HOSTS) or _is_built_by_scripts(html)


def _is_built_by_scripts(html: str) -> bool:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    tree = LexborHTMLParser(html)
    if tree.css_first(_APP_MARKS) is not None:
        return True
    return tree.css_first("script") is not None and len(_text(tree)) < MIN_TEXT


def _text(tree: LexborHTMLParser) -> str:
    tree.strip_tags(["script", "style", "template", "noscript"])
    return " ".join((tree.body.text() if tree.body else "").split())

"""Whether a link of the site leads to a page, a file or an anchor that is known to be there."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.text_fragments import DIRECTIVES, directives
from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.rewriting import readings

THEME = "__"
"""How ids begin that a theme or an extension makes for itself."""


def is_known(link: Link, graph: LinkGraph) -> bool:
    """Whether the index knows the page or file; always so for an address on the web, and for a mere name."""
    if link.kind in ("external", "wikilink"):
        return True
    return link.target in (graph.pages if link.kind == "page" else graph.assets)


def has_target(link: Link, facts: Facts) -> bool:
    """Whether the page or file is there; always so for an address on the web, and for a mere name."""
    return is_known(link, facts.graph) or link.target in facts.present


def is_explained(link: Link, facts: Facts) -> bool:
    """Whether more is known of a link to nothing than that nothing is there, which another rule says."""
    is_excluded = link.target in facts.graph.excluded
    return is_excluded or moved_to(link.target, facts) is not None or bool(other_case(link, facts))


def moved_to(path: str, facts: Facts) -> tuple[str, str | None] | None:
    """The page or web address to which mkdocs-redirects leads from a path, and the fragment there."""
    target, mark, fragment = facts.graph.moved.get(path, "").partition("#")
    address = urls.parse(target)
    is_there = target in facts.graph.pages or (address is not None and address.is_web)
    return (target, fragment if mark else None) if is_there else None


def other_case(link: Link, facts: Facts) -> tuple[str, ...]:
    """The pages or files that a link to nothing would lead to if letter case did not count."""
    first, second = facts.page_names, facts.asset_names
    if link.kind == "asset":
        first, second = second, first
        # Its own name is the same however the path is read, and to read it takes time.
        if not (first.has_file(link.target) or second.has_file(link.target)):
            return ()
    asked = readings(link, facts)
    return first.in_other_case(asked) or second.in_other_case(asked)


def missing_anchor(link: Link, facts: Facts) -> str | None:
    """The decoded fragment of a link to a page, where the page is there and the fragment is not.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#the-indicated-part-of-the-document.
    Text directives (`:~:text=…`) are no part of it, and ids of the theme may come and go.
    """
    page = facts.graph.page(link.target) if link.fragment and link.kind == "page" else None
    if page is None or link.fragment is None or link.fragment in page.anchors:
        return None
    fragment = link.fragment.partition(DIRECTIVES)[0]
    decoded = urls.decode_fragment(fragment)
    if not fragment or fragment.startswith(THEME) or decoded.lower() == "top":
        return None
    known = page.anchors, facts.anchors.get(page.uri, frozenset())
    return None if any(fragment in ids or decoded in ids for ids in known) else decoded


def missing_text(link: Link, facts: Facts) -> str | None:
    """The first text directive of a link, as written, by which a browser would find nothing on the page."""
    if not link.fragment or DIRECTIVES not in link.fragment or link.target not in facts.texts:
        return None
    text = facts.texts[PageUri(link.target)]
    asked = directives(link.fragment)
    return next((written for written, one in asked.items() if one is None or not text.has(one)), None)


def anchors(target: str, facts: Facts) -> Iterator[str]:
    """The anchors that an author may link to: not those that a theme or an extension made for itself."""
    page = facts.graph.page(target)
    known = (page.anchors if page else frozenset()) | facts.anchors.get(PageUri(target), frozenset())
    return (anchor for anchor in known if not anchor.startswith(THEME))


def anchors_in_other_case(link: Link, fragment: str, facts: Facts) -> list[str]:
    """The anchors of a linked page that differ from a fragment by letter case alone."""
    folded = fragment.casefold()
    return sorted(one for one in anchors(link.target, facts) if one.casefold() == folded)

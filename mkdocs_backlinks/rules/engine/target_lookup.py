"""Look up the page, file, anchor or text that a link of the site leads to."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.text_fragments import DIRECTIVES, directives
from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.rewriting import possible_targets

THEME_PREFIX = "__"
"""Prefix of the ids that a theme or an extension makes for itself."""


def is_indexed(link: Link, graph: LinkGraph) -> bool:
    """True if the index knows the page or file; always so for an address on the web, and for a mere name."""
    if link.kind in ("external", "wikilink"):
        return True
    return link.target in (graph.pages if link.kind == "page" else graph.assets)


def has_target(link: Link, facts: Facts) -> bool:
    """True if the page or file is there; always so for an address on the web, and for a mere name."""
    return is_indexed(link, facts.graph) or link.target in facts.present


def is_explained_otherwise(link: Link, facts: Facts) -> bool:
    """True if another rule says more of a link to nothing than that nothing is there."""
    is_excluded = link.target in facts.graph.excluded
    return (
        is_excluded
        or redirect_target(link.target, facts) is not None
        or bool(names_in_other_case(link, facts))
    )


def redirect_target(path: str, facts: Facts) -> tuple[str, str | None] | None:
    """Return the page or web address to which mkdocs-redirects leads from a path, and the fragment there."""
    target, mark, fragment = facts.graph.moved.get(path, "").partition("#")
    address = urls.parse(target)
    is_there = target in facts.graph.pages or (address is not None and address.is_web)
    return (target, fragment if mark else None) if is_there else None


def names_in_other_case(link: Link, facts: Facts) -> tuple[str, ...]:
    """Return the pages or files that a link to nothing would lead to if letter case did not count."""
    first, second = facts.page_names, facts.asset_names
    if link.kind == "asset":
        first, second = second, first
        # Its own name is the same however the path is read, and to read it takes time.
        if not (first.has_file(link.target) or second.has_file(link.target)):
            return ()
    paths = possible_targets(link, facts)
    return first.in_other_case(paths) or second.in_other_case(paths)


def missing_anchor(link: Link, facts: Facts) -> str | None:
    """Return the decoded fragment of a link to a page, where the page is there and the fragment is not.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#the-indicated-part-of-the-document.
    Text directives (`:~:text=…`) are no part of it, and ids of the theme may come and go.
    """
    page = facts.graph.page(link.target) if link.fragment and link.kind == "page" else None
    if page is None or link.fragment is None or link.fragment in page.anchors:
        return None
    fragment = link.fragment.partition(DIRECTIVES)[0]
    decoded = urls.decode_fragment(fragment)
    if not fragment or fragment.startswith(THEME_PREFIX) or decoded.lower() == "top":
        return None
    known = page.anchors, facts.anchors.get(page.uri, frozenset())
    return None if any(fragment in ids or decoded in ids for ids in known) else decoded


def missing_text(link: Link, facts: Facts) -> str | None:
    """Return the first text directive of a link, as written, that a browser would not find on the page."""
    if not link.fragment or DIRECTIVES not in link.fragment or link.target not in facts.texts:
        return None
    text = facts.texts[PageUri(link.target)]
    unmatched = (
        written
        for written, directive in directives(link.fragment).items()
        if directive is None or not text.has(directive)
    )
    return next(unmatched, None)


def linkable_anchors(target: str, facts: Facts) -> Iterator[str]:
    """Return the anchors that an author may link to, without those of a theme or an extension."""
    page = facts.graph.page(target)
    known = (page.anchors if page else frozenset()) | facts.anchors.get(PageUri(target), frozenset())
    return (anchor for anchor in known if not anchor.startswith(THEME_PREFIX))


def anchors_in_other_case(link: Link, fragment: str, facts: Facts) -> list[str]:
    """Return the anchors of a linked page that differ from a fragment by letter case alone."""
    folded = fragment.casefold()
    return sorted(anchor for anchor in linkable_anchors(link.target, facts) if anchor.casefold() == folded)

"""Whether a link of the site leads to a page, a file or an anchor that is known to be there."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Link, Page, PageUri
from mkdocs_backlinks.rules.base import Facts

THEME = "__"
"""How ids begin that a theme or an extension makes for itself."""

_DIRECTIVE = ":~:"


def has_target(link: Link, facts: Facts) -> bool:
    """Whether the page or file is there; always so for an address on the web."""
    if link.kind == "external" or link.target in facts.present:
        return True
    return link.target in (facts.graph.pages if link.kind == "page" else facts.graph.assets)


def missing_anchor(link: Link, facts: Facts) -> str | None:
    """The decoded fragment of a link to a page, where the page is there and the fragment is not.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#the-indicated-part-of-the-document.
    Text directives (`:~:text=…`) are for the browser alone, and ids of the theme may come and go.
    """
    if not link.fragment or link.kind != "page" or link.target not in facts.graph.pages:
        return None
    page = PageUri(link.target)
    if link.fragment in facts.graph.pages[page].anchors:
        return None
    fragment = link.fragment.partition(_DIRECTIVE)[0]
    decoded = urls.decode_fragment(fragment)
    if not fragment or fragment.startswith(THEME) or decoded.lower() == "top":
        return None
    anchors = facts.graph.pages[page].anchors, facts.anchors.get(page, frozenset())
    return None if any(fragment in known or decoded in known for known in anchors) else decoded


def missing_paths(facts: Facts) -> frozenset[str]:
    """The targets below the site that no known page or file has."""
    return frozenset(link.target for link in facts.graph.links if not has_target(link, facts))


def pages_in_doubt(facts: Facts) -> tuple[Page, ...]:
    """The pages that a link asks for an anchor which the index has not seen there, in the site's order."""
    asked = {link.target for link in facts.graph.links if missing_anchor(link, facts) is not None}
    return tuple(page for uri, page in facts.graph.pages.items() if uri in asked)

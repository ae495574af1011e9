"""The elements of HTML that link, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT

Attributes = Mapping[str, str | None]

WIKILINK_ADDRESS = "data-wikilink"

ADDRESS: Mapping[str, str] = {
    "a": "href",
    "area": "href",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "source": "src",
    "track": "src",
    "video": "src",
    WIKILINK_ELEMENT: WIKILINK_ADDRESS,
}
"""The elements that link, each with the attribute that has its first address."""

WITH_MORE = frozenset({"img", "link", "source", "video"})
"""Those of them that may have several addresses, or none that counts, as `has_more` says."""

HYPERLINKS = frozenset({"a", "area"})
"""Those that a reader follows; the others show or load what they name."""

# Other relations of `<link>` tell of the page, and load nothing.
_LOADED = frozenset(
    {"icon", "apple-touch-icon", "manifest", "modulepreload", "prefetch", "preload", "stylesheet"}
)
_CANDIDATE = re.compile(r"[\s,]*(\S+)")
_DESCRIPTORS = re.compile(r"(?:[^(,]|\([^)]*\)?)*")


def has_more(tag: str, attributes: Attributes) -> bool:
    """True if an element may have other addresses than its first; `addresses` has them all."""
    return tag == "link" or "srcset" in attributes or "poster" in attributes


def addresses(tag: str, attributes: Attributes) -> Iterator[str]:
    """All addresses of an element, each once, in the order in which a browser reads them."""
    if tag == "link" and _LOADED.isdisjoint((attributes.get("rel") or "").lower().split()):
        return
    names = (ADDRESS[tag], "poster") if tag == "video" else (ADDRESS[tag],)
    plain = [(attributes[name] or "").strip() for name in names if name in attributes]
    listed = attributes.get("srcset") if tag in ("img", "source") else None
    yield from dict.fromkeys([*plain, *_candidates(listed or "")])


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses in a `srcset`.

    Source: https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
    """
    position = 0
    while candidate := _CANDIDATE.match(srcset, position):
        address = candidate[1].rstrip(",")
        if address:
            yield address
        position = candidate.end()
        descriptors = _DESCRIPTORS.match(srcset, position) if address == candidate[1] else None
        position = descriptors.end() if descriptors else position

"""Tells pages that answer in place of the page that was asked for: bot walls, and domains for sale.

Every page is asked for all of them, so of each entry of the table only clues of one kind are looked for at
first, the cheapest that it has. Most pages have none, and cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_backlinks.check.read.seen import Seen
from mkdocs_backlinks.check.read.signatures import KINDS, Kind, Signature, table
from mkdocs_backlinks.check.response import Response


def recognise(response: Response) -> tuple[str | None, str | None]:
    """The name of what turned the program away, whatever the status, and that of the marketplace that answers
    for a domain that is for sale; None where nothing is recognised.
    """
    seen = Seen(response)
    clues = _clues(response.status)
    names: dict[Kind, str] = {}
    for place in clues.found(seen):
        kind, signature = clues.entries[place]
        if kind not in names and signature.fits(seen):
            names[kind] = signature.name
    return names.get("walls"), names.get("parked")


@dataclass(frozen=True, slots=True)
class _Clues:
    """For some entries, by their places: a header field, a part of an address, a word of a title or a page.

    An entry has clues of one kind, and does not fit where none of them is there.
    """

    entries: Sequence[tuple[Kind, Signature]]
    fields: Sequence[tuple[str, int]]
    urls: Sequence[tuple[str, int]]
    title_words: Sequence[tuple[bytes, int]]
    words: Sequence[tuple[bytes, int]]

    def found(self, seen: Seen) -> list[int]:
        """The entries that may fit, in the order of the table."""
        headers, url, titles, head = seen.response.headers, seen.url, seen.titles, seen.head
        found = [place for name, place in self.fields if name in headers]
        found += [place for part, place in self.urls if part in url]
        found += [place for word, place in self.title_words if word in titles]
        found += [place for word, place in self.words if word in head]
        return sorted(set(found))


@lru_cache(maxsize=64)
def _clues(status: int | None) -> _Clues:
    """The clues to the entries that an answer of this status may fit; only a good one can be an offer."""
    fields, urls, title_words, words = [], [], [], []
    entries = [(kind, one) for kind in KINDS for one in table()[kind] if status == 200 or kind == "walls"]
    for place, (_, one) in enumerate(entries):
        if one.status and status not in one.status:
            continue
        if one.header:
            fields.append((next(iter(one.header)), place))
        elif one.url:
            urls += [(part, place) for part in one.url]
        elif one.title_words:
            title_words += [(word, place) for word in one.title_words]
        else:
            # What is told by its status alone has an empty word, which every page holds.
            words += [(word, place) for word in min(one.words, key=len, default=(b"",))]
    return _Clues(entries, fields, urls, title_words, words)

"""The table of all that answers in place of a page, `signatures.json` beside this file.

`walls` are what turns programs away, `parked` what domains show that are for sale. All keys of an entry must
hold; of a list, one value is enough. Upper and lower case are alike.

    status   the status of the last answer
    header   field: a text that it contains; an empty text asks for the field alone
    url      a text that the last address contains
    title    the whole title of the page
    script   a text in the address or the code of a script
    element  an element that a CSS selector finds
    text     a text that a reader sees
    size     the most bytes that the page may have
    source   where the entry was learned; says nothing about the page

An entry must not find pages that only write about a wall: a text or a script alone is not enough where
articles or innocent pages may hold it too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, AnyStr, Literal, get_args

from mkdocs_backlinks.check.read.seen import Page, Seen

Kind = Literal["walls", "parked"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Words = tuple[bytes, ...]
"""Of these a page must hold at least one."""

_WORD = re.compile(r"[\w/.+-]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """One entry of the table; `title_words` and `words` are what a page must hold for its title, and for each
    of the other keys.
    """

    name: str
    status: frozenset[int] = frozenset()
    header: Mapping[str, str] = field(default_factory=dict)
    url: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    element: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    size: int | None = None
    title_words: Words = ()
    words: tuple[Words, ...] = ()

    def fits(self, seen: Seen) -> bool:
        """Whether all keys hold but the status. The page is parsed only if its bytes hold all words."""
        response = seen.response
        if self.url and not _holds(seen.url, self.url):
            return False
        if self.header and not self._fits_fields(response.headers):
            return False
        if self.size is not None and len(response.body) > self.size:
            return False
        if self.title_words and not _holds(seen.titles, self.title_words):
            return False
        if not all(_holds(seen.head, group) for group in self.words):
            return False
        return not (self.title_words or self.words) or self._fits_page(seen.page)

    def _fits_fields(self, fields: Mapping[str, str]) -> bool:
        return all(name in fields and text in fields[name].lower() for name, text in self.header.items())

    def _fits_page(self, page: Page) -> bool:
        return (
            (not self.title or page.title in self.title)
            and (not self.element or any(map(page.has, self.element)))
            and (not self.script or _holds(page.scripts, self.script))
            and (not self.text or _holds(page.text, self.text))
        )


@lru_cache(maxsize=1)
def table() -> Mapping[Kind, tuple[Signature, ...]]:
    """The entries of each kind in the order of the file."""
    # Only a run that has a page to look at pays for the reader of resources.
    from importlib.resources import files  # noqa: PLC0415

    text = files("mkdocs_backlinks.check.read").joinpath("signatures.json").read_text(encoding="utf-8")
    return {kind: tuple(map(_signature, entries)) for kind, entries in json.loads(text).items()}


def _signature(entry: Mapping[str, Any]) -> Signature:
    fields = {name: _lower(entry.get(name, ())) for name in ("url", "title", "script", "text")}
    fields["element"] = tuple(entry.get("element", ()))
    return Signature(
        name=entry["name"],
        status=frozenset(entry.get("status", ())),
        header={name: text.lower() for name, text in entry.get("header", {}).items()},
        size=entry.get("size"),
        title_words=_words(fields["title"]),
        words=tuple(_words(fields[name]) for name in ("script", "element", "text") if fields[name]),
        **fields,
    )


def _lower(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.lower() for text in texts)


def _words(texts: Iterable[str]) -> Words:
    return tuple(dict.fromkeys(map(_longest_word, texts)))


def _longest_word(text: str) -> bytes:
    """What a page that fits holds: some write signs of the text as references, but none its letters."""
    words: list[str] = _WORD.findall(text.lower())
    return max(words, key=len).strip(".").encode()


def _holds(text: AnyStr, parts: Iterable[AnyStr]) -> bool:
    return any(part in text for part in parts)

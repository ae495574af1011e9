"""Recognises responses that stand in place of a page, by the table `signatures.json` beside this file.

`walls` turn programs away, `parked` are domains for sale. All keys of an entry must hold; one value of a
list is enough. Case makes no difference.

    status   the status of the last response
    header   field: a text that it contains; an empty text asks for the field alone
    url      a text that the last address contains
    title    the whole title of the page
    script   a text in the address or the code of a script
    element  an element that a CSS selector finds
    text     a text that a reader sees
    size     the most bytes that the page may have
    source   where the entry was learned; says nothing about the page

An entry must not match pages that only write about a wall: a text or a script alone is not enough where
articles or innocent pages may hold it too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from mkdocs_backlinks.check.read.fetched_page import FetchedPage
from mkdocs_backlinks.check.response import Response

SignatureKind = Literal["walls", "parked"]


@dataclass(frozen=True, slots=True)
class Signature:
    """One entry of the table, all texts in lower case.

    `words` has a group for each key about the page; one word of each group stands in any page that matches.
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
    words: tuple[tuple[bytes, ...], ...] = ()

    def matches(self, response: Response, page: FetchedPage) -> bool:
        """Return True if all keys hold; the cheapest are looked at first.

        Parsing each page took a third of a millisecond, so it needs the words first.
        """
        return (
            (not self.status or response.status in self.status)
            and (not self.url or _contains(response.url.lower(), self.url))
            and self._matches_header(response.headers)
            and (self.size is None or len(response.body) <= self.size)
            and all(any(word in page.head for word in group) for group in self.words)
            and (not self.title or page.title in self.title)
            and (not self.element or any(map(page.has, self.element)))
            and (not self.script or _contains(page.scripts, self.script))
            and (not self.text or _contains(page.text, self.text))
        )

    def _matches_header(self, fields: Mapping[str, str]) -> bool:
        return all(name in fields and text in fields[name].lower() for name, text in self.header.items())


def recognise(response: Response) -> tuple[str | None, str | None]:
    """Return the names of the bot wall and of the domain marketplace that a response comes from, or None.

    A wall may have any status, a domain for sale answers 200.
    """
    page = FetchedPage(response.body)
    wall = _first(table()["walls"], response, page)
    parked = _first(table()["parked"], response, page) if response.status == 200 else None
    return wall, parked


@lru_cache(maxsize=1)
def table() -> Mapping[SignatureKind, tuple[Signature, ...]]:
    """Return the entries of each kind in the order of the file."""
    # Only a run with a response to look at pays for the reader of resources.
    from importlib.resources import files  # noqa: PLC0415

    text = files("mkdocs_backlinks.check.read").joinpath("signatures.json").read_text(encoding="utf-8")
    return {kind: tuple(map(_signature, entries)) for kind, entries in json.loads(text).items()}


def _first(signatures: Iterable[Signature], response: Response, page: FetchedPage) -> str | None:
    return next((entry.name for entry in signatures if entry.matches(response, page)), None)


def _signature(entry: Mapping[str, Any]) -> Signature:
    texts = {key: tuple(map(str.lower, entry.get(key, ()))) for key in ("url", "title", "script", "text")}
    page_keys = (texts["title"], texts["script"], texts["text"], entry.get("element", ()))
    return Signature(
        name=entry["name"],
        status=frozenset(entry.get("status", ())),
        header={name: text.lower() for name, text in entry.get("header", {}).items()},
        element=tuple(entry.get("element", ())),
        size=entry.get("size"),
        words=tuple(tuple(map(_longest_word, group)) for group in page_keys if group),
        **texts,
    )


def _longest_word(text: str) -> bytes:
    """Return a word of a text or selector: pages may write its signs as references, but not its letters."""
    words: list[str] = re.findall(r"[\w/.+-]+", text.lower())
    return max(words, key=len).strip(".").encode()


def _contains(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)

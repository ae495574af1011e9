"""Tells pages that answer in place of the page that was asked for: bot walls, and domains for sale.

The table is `signatures.yml` beside this file. A page is parsed only if its bytes hold what an entry looks
for, so that an innocent page costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from mkdocs_backlinks.check.answer import Answer

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Kind = Literal["walls", "parked"]

WINDOW = 16 * 1024
"""Bytes of a page in which its mark must stand; what is in the way of a page is short, or says so early."""

_WORD = re.compile(r"[\w/.+-]+")


def recognise(answer: Answer) -> tuple[str | None, str | None]:
    """The name of what turned the program away, whatever the status, and that of the marketplace that answers
    for a domain that is for sale; None where nothing is recognised.
    """
    seen = _Seen(answer.body[:WINDOW].lower(), answer.url.lower(), answer)
    return _first("walls", seen), _first("parked", seen) if answer.status == 200 else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """An answer with what is looked at first: the beginning of its page and its address, in lower case."""

    head: bytes
    url: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Signature:
    """One entry of the table; `words` are bytes that a page must hold, one of each group at least."""

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

    def may_fit(self, seen: _Seen) -> bool:
        """Whether all is right that can be told without parsing the page; its status is known to be."""
        answer = seen.answer
        if self.url and not _holds(seen.url, self.url):
            return False
        if self.header and not self._fits_fields(answer.headers):
            return False
        if self.size is not None and len(answer.body) > self.size:
            return False
        return all(any(word in seen.head for word in group) for group in self.words)

    def fits_page(self, page: _Page) -> bool:
        return (
            (not self.title or page.title in self.title)
            and (not self.element or any(map(page.has, self.element)))
            and (not self.script or _holds(page.scripts, self.script))
            and (not self.text or _holds(page.text, self.text))
        )

    def _fits_fields(self, fields: Mapping[str, str]) -> bool:
        return all(name in fields and text in fields[name].lower() for name, text in self.header.items())


def signatures(kind: Kind) -> tuple[Signature, ...]:
    """The entries of one kind in the order of the file."""
    return _table()[kind]


@lru_cache(maxsize=64)
def _of_status(kind: Kind, status: int | None) -> tuple[tuple[str | None, tuple[bytes, ...], Signature], ...]:
    """The entries that may fit, each with a field that it asks for and the first group of its words."""
    return tuple(
        (next(iter(one.header), None), one.words[0] if one.words else (b"",), one)
        for one in signatures(kind)
        if not one.status or status in one.status
    )


def _first(kind: Kind, seen: _Seen) -> str | None:
    """The name of the first entry that fits."""
    page: _Page | None = None
    head, fields = seen.head, seen.answer.headers
    for name, words, one in _of_status(kind, seen.answer.status):
        # Every page is asked for all of these, so that plain loops are worth it.
        if name is not None and name not in fields:
            continue
        for word in words:
            if word in head:
                break
        else:
            continue
        if not one.may_fit(seen):
            continue
        if not one.words:
            return one.name
        page = page or _Page(seen.answer.body[:WINDOW])
        if one.fits_page(page):
            return one.name
    return None


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[Signature, ...]]:
    # Only a run that has a page to look at pays for the readers, and a tenth where YAML's is the one in C.
    from importlib.resources import files  # noqa: PLC0415

    import yaml  # noqa: PLC0415

    text = files("mkdocs_backlinks.check.read").joinpath("signatures.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(text, Loader=loader)  # noqa: S506 (both are safe)
    return {kind: tuple(map(_signature, given)) for kind, given in entries.items()}


def _signature(entry: Mapping[str, Any]) -> Signature:
    fields = {name: _lower(entry.get(name, ())) for name in ("url", "title", "script", "element", "text")}
    fields["element"] = tuple(entry.get("element", ()))
    sought = (fields["title"], fields["script"], fields["element"], fields["text"])
    return Signature(
        name=entry["name"],
        status=frozenset(entry.get("status", ())),
        header={name: text.lower() for name, text in entry.get("header", {}).items()},
        size=entry.get("size"),
        words=tuple(tuple(map(_longest_word, group)) for group in sought if group),
        **fields,
    )


def _lower(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.lower() for text in texts)


def _longest_word(text: str) -> bytes:
    """What a page that fits is sure to hold, even if it writes some characters of the text as references."""
    words: list[str] = _WORD.findall(text.lower())
    return max(words, key=len).strip(".").encode()


def _holds(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)


class _Page:
    """A foreign page, parsed once, all in lower case."""

    def __init__(self, body: bytes) -> None:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

        self._tree: LexborHTMLParser = LexborHTMLParser(body.decode("utf-8", "replace"))
        self.title = _plain(self._tree.css_first("title"))
        self.scripts = "\n".join(map(_script, self._tree.css("script, iframe"))).lower()
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._tree.strip_tags(["script", "style", "template"])
            self._text = " ".join((self._tree.body.text() if self._tree.body else "").lower().split())
        return self._text

    def has(self, selector: str) -> bool:
        return self._tree.css_first(selector) is not None


def _plain(node: Any) -> str:  # noqa: ANN401 (the parser's type is known only where it is loaded)
    return " ".join(node.text().lower().split()) if node is not None else ""


def _script(node: Any) -> str:  # noqa: ANN401
    return f"{node.attributes.get('src') or ''}\n{node.text()}"

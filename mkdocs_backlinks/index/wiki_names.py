"""Resolves wikilinks: to the nearest page of that name, or to all that are equally near, never by a guess."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from mkdocs_backlinks.index.html.page_content import anchors_in, plain_text
from mkdocs_backlinks.index.markdown.syntax import titles
from mkdocs_backlinks.index.wikilinks import Wikilink, parse
from mkdocs_backlinks.model import PageUri

_ATTRIBUTES = re.compile(r"\{:?[ ]?([^{}\n]*)\}")
_ID = re.compile(r"(?:^|\s)#([^\s#}]+)")
_MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|[*`]")
_LOOSE = re.compile(r"[\s_-]+")
_INDEXES = frozenset({"index", "readme"})
_PAGE_ENDINGS = frozenset({".markdown", ".md", ".mdown", ".mkd", ".mkdn"})
_IMAGE_ENDINGS = frozenset(".apng .avif .bmp .gif .ico .jpeg .jpg .png .svg .webp".split())

Slugify = Callable[[str], str]
"""Turns the text of a heading into its `id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A page or file that wikilinks may name.

    `uri` is its path in the sources, `paths` are others by which authors know it. A page has a `title` to
    be shown, further `names`, and `markdown` that reads its source (None where there is none).
    """

    uri: str
    paths: tuple[str, ...] = ()
    title: str = ""
    names: tuple[str, ...] = ()
    markdown: Callable[[], str | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Meaning:
    """The paths in the sources that a wikilink may mean, sorted; `name` and `heading` are how it was read.

    `uri` is where it leads: to the one candidate, or nowhere (None). Only images can be embedded.
    """

    candidates: tuple[str, ...] = ()
    uri: str | None = None
    name: str = ""
    heading: str = ""


class WikiNames:
    """The pages and files that a site's wikilinks may name; a page's headings are read when first needed."""

    def __init__(self, named: Iterable[Named], slugify: Slugify) -> None:
        self._named = {item.uri: item for item in named}
        self._slugify = slugify
        names = [(name, item.uri) for item in self._named.values() for name in _names(item)]
        self._exact = _ByEnd(names)
        self._loose = _ByEnd((_loosened(name), uri) for name, uri in names)
        self._nearest = cache(self._find)
        self._anchors_of = cache(self._anchors)

    def meaning(self, link: Wikilink, source: PageUri) -> Meaning:
        """Return the meaning of a wikilink on the page `source`: one candidate, several, or none.

        A path from the page or from the root is taken at its word. Any other name goes to the nearest
        page that has it: in the same folder, then by the number of folders between them.
        """
        folder = posixpath.dirname(source)
        for name, heading in link.readings():
            uris = self._nearest(name, folder) if name else (str(source),)
            if uris:
                leads = len(uris) == 1 and (not link.embedded or is_image(uris[0]))
                return Meaning(uris, uris[0] if leads else None, name, heading)
        return Meaning()

    def candidates(self, written: str, source: PageUri) -> tuple[str, ...]:
        """Return the paths in the sources that a written wikilink may mean."""
        link = parse(written)
        return self.meaning(link, source).candidates if link else ()

    def fragment(self, uri: str, heading: str) -> str | None:
        """Return the fragment for a heading, by its `id` or its text; None for no heading.

        Of a path from heading to heading, `One#Two`, the last one counts.
        """
        if not heading or not is_page(uri):
            return heading or None
        ids, headings = self._anchors_of(uri)
        last = heading.rpartition("#")[2].strip()
        for text in (heading, last):
            slug = self._slugify(text)
            if text in ids or slug in headings:
                return text if text in ids else headings[slug]
        # `^` begins the name of a block in other tools; it is no heading and must not lead to one.
        return last if last.startswith("^") else self._slugify(last) or last or None

    def text(self, link: Wikilink, meaning: Meaning) -> str:
        """Return the text that a wikilink shows: the author's words; the title, where these are a path."""
        if link.text or meaning.uri is None:
            return link.text or link.target
        is_path = "/" in meaning.name or is_page(meaning.name)
        return " > ".join(
            filter(None, (self._title(meaning.uri) if is_path else meaning.name, meaning.heading))
        )

    def _title(self, uri: str) -> str:
        return self._named[uri].title or _stem(posixpath.basename(uri))

    def _find(self, name: str, folder: str) -> tuple[str, ...]:
        if name.startswith(("./", "../")):
            name = "/" + posixpath.join(folder, name)
        if name.startswith("/"):
            name = "/" + posixpath.normpath(name.lstrip("/"))
        name = unicodedata.normalize("NFC", name)
        return _closest(self._exact.get(name) or self._loose.get(_loosened(name)), folder)

    def _anchors(self, uri: str) -> tuple[frozenset[str], Mapping[str, str]]:
        """The ids that are written in a page's source, and its headings' ids by the slug of their texts."""
        named = self._named.get(uri)
        source = (named.markdown() if named else None) or ""
        lists = [match[1] for match in _ATTRIBUTES.finditer(source)]
        ids = anchors_in(source) | {name for attributes in lists for name in _ID.findall(attributes)}
        headings: dict[str, str] = {}
        for title in titles(source):
            slug = self._slugify(_heading_text(title.text))
            headings.setdefault(slug, _own_id(title.text) or slug)
        return ids, headings


class _ByEnd:
    """Paths by each end of theirs that begins with a whole name: `/a/b` is `a/b` and `b` as well."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._named: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, uri in names:
            self._named[name.rpartition("/")[2]].append((name, uri))

    def get(self, name: str) -> frozenset[str]:
        """The `uri`s of all that may be asked for by the name."""
        end = "/" + name
        return frozenset(
            uri
            for whole, uri in self._named.get(name.rpartition("/")[2], ())
            if whole == name or (whole[0] == "/" and whole.endswith(end))
        )


def first_title(source: str) -> str:
    """The text of a page's first heading where that is one of the first level, else nothing."""
    first = next(titles(source), None)
    if first is None:
        return ""
    written = source[first.offset :].lstrip(" \t>")
    is_first_level = written.partition("\n")[2].startswith("=")
    if written.startswith("#"):
        is_first_level = not written.startswith("##")
    return _heading_text(first.text) if is_first_level else ""


def is_page(uri: str) -> bool:
    return posixpath.splitext(uri)[1].lower() in _PAGE_ENDINGS


def is_image(uri: str) -> bool:
    return posixpath.splitext(uri)[1].lower() in _IMAGE_ENDINGS


def _heading_text(written: str) -> str:
    """The text of a heading without its attributes and marks."""
    return plain_text(_MARKS.sub(r"\1", _ATTRIBUTES.sub("", written)))


def _own_id(heading: str) -> str | None:
    attributes = _ATTRIBUTES.search(heading)
    match = _ID.search(attributes[1]) if attributes else None
    return match[1] if match else None


def _names(item: Named) -> Iterator[str]:
    """The names of a page or file, in Unicode's composed form; a path begins with `/`."""
    yield from (unicodedata.normalize("NFC", name) for name in (item.title, *item.names) if name)
    for path in (item.uri, *item.paths):
        yield from _spellings("/" + unicodedata.normalize("NFC", path))


def _spellings(path: str) -> Iterator[str]:
    yield path
    if not is_page(path):
        return
    yield _stem(path)
    folder, base = posixpath.split(_stem(path))
    if base.lower() in _INDEXES and folder != "/":
        yield folder


def _stem(path: str) -> str:
    return posixpath.splitext(path)[0]


def _loosened(name: str) -> str:
    """A name for which capitals, and the difference between space, `-` and `_`, do not count."""
    return _LOOSE.sub(" ", unicodedata.normalize("NFC", name.casefold())).strip()


def _closest(uris: Iterable[str], folder: str) -> tuple[str, ...]:
    distances = {uri: _steps(folder, posixpath.dirname(uri)) for uri in uris}
    least = min(distances.values(), default=0)
    return tuple(sorted(uri for uri, distance in distances.items() if distance == least))


def _steps(source: str, target: str) -> int:
    """The number of folders between two: up to the one that both are in, and down again."""
    up, down = source.split("/") if source else [], target.split("/") if target else []
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(up, down, strict=False)))
    return len(up) + len(down) - 2 * shared

"""The link index as a JSON file, which can be read back; equal sites give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from mkdocs_backlinks import urls
from mkdocs_backlinks.errors import IndexFileError
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.source_links import Index, SourceLinks
from mkdocs_backlinks.model import (
    Excerpt,
    Heading,
    IgnoreMark,
    Link,
    LinkKind,
    Page,
    PageUri,
    Related,
    SourceLink,
    SourceLocation,
)

VERSION = 1

_Record = dict[str, Any]
_Made = TypeVar("_Made")


def dump(
    graph: LinkGraph,
    sources: SourceLinks,
    *,
    site_url: str | None,
    related: Mapping[PageUri, Sequence[Related]],
    equity: Mapping[PageUri, float],
) -> Iterator[str]:
    """Yield the index of a site as JSON, sorted, with nothing of the building machine in it.

    Each piece is a page or a link on a line of its own, so that a large site needs no more memory.
    """
    pages = sorted(graph.pages.values(), key=lambda page: page.uri)
    # Links of one page keep the order of the page, which equal input repeats.
    links = sorted(graph.links, key=lambda link: link.source)
    yield f'{{"version": {VERSION},\n"site_url": {_json(site_url)},\n"pages": ['
    yield from _lines(
        _page_record(page, related.get(page.uri, ()), equity.get(page.uri, 0.0)) for page in pages
    )
    yield '],\n"links": ['
    yield from _lines(_link_record(link, sources.of(link)) for link in links)
    moved = {path: urls.without_credentials(graph.moved[path]) for path in sorted(graph.moved)}
    yield f'],\n"moved": {_json(moved)}}}\n'


def load(path: Path) -> Index:
    """Return what an exported index holds: a page's text and the site's other files are not part of it.

    Raises `IndexFileError` when the file is missing, damaged, or of a version that is not known.
    """
    return _read(path, _index)


def load_related(path: Path) -> Mapping[PageUri, tuple[PageUri, ...]]:
    """Return the related pages of each page in an exported index, the best first; raises as `load` does."""
    return _read(path, _related)


def _read(path: Path, make: Callable[[_Record], _Made]) -> _Made:
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IndexFileError(f"Cannot read the link index {path}: {error.strerror or error}.") from error
    except (RecursionError, ValueError) as error:
        raise IndexFileError(f"{path} is not JSON: {error}. Build the site again to write it.") from error
    if not isinstance(index, dict) or index.get("version") != VERSION:
        version = index.get("version") if isinstance(index, dict) else None
        raise IndexFileError(
            f"{path} holds no link index of version {VERSION} (found: {version!r}). Build the site again."
        )
    try:
        return make(index)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise IndexFileError(
            f"{path} is a damaged link index: {error!r}. Build the site again to write it."
        ) from error


def _index(index: _Record) -> Index:
    moved = {_text(path): _text(target) for path, target in index.get("moved", {}).items()}
    links: dict[PageUri, list[Link]] = {}
    sources: dict[PageUri, list[SourceLink]] = {}
    for record in index["links"]:
        uri = PageUri(_text(record["source"]))
        of_page = links.setdefault(uri, [])
        of_page.append(_link(record, len(of_page)))
        sources.setdefault(uri, []).append(_source_link(record))
    graph = LinkGraph.of(map(_page, index["pages"]), chain.from_iterable(links.values()))
    readers = {uri: partial(tuple[SourceLink, ...], of_page) for uri, of_page in sources.items()}
    return Index(replace(graph, moved=moved), SourceLinks(readers))


def _related(index: _Record) -> Mapping[PageUri, tuple[PageUri, ...]]:
    return {
        PageUri(_text(page["uri"])): tuple(PageUri(_text(related["uri"])) for related in page["related"])
        for page in index["pages"]
    }


def _lines(records: Iterable[_Record]) -> Iterator[str]:
    separator = "\n"
    for record in records:
        yield separator + _json(record)
        separator = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _page_record(page: Page, related: Sequence[Related], equity: float) -> _Record:
    return {
        "uri": page.uri,
        "url": page.url,
        "title": page.title,
        "depth": page.depth,
        "file": page.file,
        "equity": equity,
        "anchors": sorted(page.anchors),
        "related": [
            {
                "uri": entry.page,
                "score": entry.score,
                "reasons": [{"kind": reason.kind, "names": list(reason.names)} for reason in entry.reasons],
            }
            for entry in related
        ],
    }


def _link_record(link: Link, source: SourceLink) -> _Record:
    return {
        "source": link.source,
        "kind": link.kind,
        "href": urls.without_credentials(source.href),
        "target": urls.without_credentials(link.target),
        "fragment": link.fragment,
        "text": link.text,
        "element": link.element,
        "rel": list(link.rel),
        "heading": {"id": link.heading.id, "text": link.heading.text} if link.heading else None,
        "excerpt": str(link.excerpt),
        "file": source.location.file,
        "line": source.location.line,
        "column": source.location.column,
        "ignore": [{"rule": mark.rule, "reason": mark.reason} for mark in link.marks],
    }


def _page(record: _Record) -> Page:
    return Page(
        uri=PageUri(_text(record["uri"])),
        url=_text(record["url"]),
        title=_text(record["title"]),
        depth=_number(record["depth"]),
        file=_text(record["file"]) if record.get("file") is not None else None,
        anchors=frozenset(map(_text, record["anchors"])),
    )


def _link(record: _Record, number: int) -> Link:
    kind = record["kind"]
    if kind not in get_args(LinkKind):
        raise ValueError(f"unknown kind of link {kind!r}")
    heading = record["heading"]
    return Link(
        source=PageUri(_text(record["source"])),
        kind=cast("Any", kind),
        href=_text(record["href"]),
        target=_text(record["target"]),
        fragment=record["fragment"],
        text=_text(record["text"]),
        element=_text(record["element"]),
        rel=tuple(map(_text, record["rel"])),
        heading=Heading(_text(heading["id"]), _text(heading["text"])) if heading else None,
        excerpt=Excerpt(before=_text(record["excerpt"])),
        marks=tuple(IgnoreMark(mark["rule"], _text(mark["reason"])) for mark in record.get("ignore", ())),
        number=number,
    )


def _source_link(record: _Record) -> SourceLink:
    file = None if record["file"] is None else _text(record["file"])
    location = SourceLocation(file, _number(record["line"]), _number(record["column"]))
    return SourceLink(location=location, href=_text(record["href"]), base=_text(record["source"]))


def _number(value: object) -> int | None:
    if value is not None and not isinstance(value, int):
        raise TypeError(f"expected a whole number, found {value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, found {value!r}")
    return value

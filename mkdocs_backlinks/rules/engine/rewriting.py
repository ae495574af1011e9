"""Read what a link asks for, and rewrite its address in the form that the author chose."""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.wikilinks import Wikilink, parse
from mkdocs_backlinks.model import Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts
from mkdocs_backlinks.rules.engine.name_index import name_key, similarity

_SOURCE_ENDINGS = (".md", ".markdown")
_MARKS = frozenset({"Mn", "Mc", "Me", "Cs"})


def possible_targets(link: Link, facts: Facts) -> tuple[str, ...]:
    """Return what a link that leads nowhere may ask for, the likeliest first.

    In Markdown a path counts from the source file, in HTML from the page's address; a path that ends in
    `.md` can only be the one, an absolute one only the other.
    """
    source = facts.source(link)
    path = _path(source.href)
    if not path or _is_absolute(path):
        return (link.target,)
    from_source = posixpath.normpath(posixpath.join(posixpath.dirname(source.base), path))
    if from_source.startswith("../"):
        return (link.target,)
    return (from_source,) if _names_source(path) and not source.raw else (link.target, from_source)


def likeliest_target(link: Link, facts: Facts) -> str:
    """Return the likeliest target; for a file the source is not read."""
    return link.target if link.kind == "asset" else possible_targets(link, facts)[0]


def rewritten_href(
    link: Link, facts: Facts, target: str, fragment: str | None = None, *, served: bool = False
) -> str | None:
    """Return what to write in the link instead so that it leads to the page or file `target`.

    `fragment` is encoded already. A path between sources stays one, an address as the browser sees it
    stays one, and so does a wikilink; `served` says that it is known to be an address. None where the
    author's form cannot be told.
    """
    source = facts.source(link)
    wikilink = parse(source.href)
    if wikilink:
        anchor = urls.decode_fragment(fragment or "")
        return rewritten_wikilink(wikilink, None if target == link.target else target, anchor)
    path = _path(source.href)
    tail = f"#{fragment}" if fragment else ""
    page = facts.graph.pages.get(PageUri(target))
    address = urls.decode_path(page.url) if page else target
    if _is_absolute(path):
        # A source that is asked for and there was no address all the same: the address is what works.
        is_source = _names_source(path) and not link.target.startswith("/")
        return _absolute(path, link.target.removeprefix("/"), target if is_source else address, tail)
    if target == link.source:
        return tail or None
    is_included = source.base != link.source
    if is_included and (source.raw or source.base.startswith("../")):
        return None
    if is_included or (not (served or source.raw) and _counts_from_source(path, link, target, facts)):
        return readable(posixpath.relpath(target, posixpath.dirname(source.base) or ".")) + tail
    return _from_address(link, facts.graph, address, tail)


def _from_address(link: Link, graph: LinkGraph, address: str, tail: str) -> str | None:
    source = graph.pages.get(link.source)
    return readable(urls.relative(urls.decode_path(source.url), address)) + tail if source else None


def rewritten_wikilink(link: Wikilink, target: str | None, heading: str | None = None) -> str:
    """Return the wikilink to another page or file, by its path from the root, or to another heading."""
    name, _, old = link.target.partition("#")
    stem, ending = posixpath.splitext(target or "")
    path = "/" + (stem if ending in _SOURCE_ENDINGS else stem + ending) if target else name
    last = old if heading is None else heading
    return str(replace(link, target=path + (f"#{last}" if last else "")))


def _path(href: str) -> str:
    return urls.decode_path(href.partition("#")[0].partition("?")[0])


def _is_absolute(path: str) -> bool:
    return path.startswith("/") or "://" in path


def _names_source(path: str) -> bool:
    return path.lower().endswith(_SOURCE_ENDINGS)


def _counts_from_source(path: str, link: Link, target: str, facts: Facts) -> bool:
    """True if the path is one between sources: by its ending, else by the more similar reading.

    A bare `#fragment` does not tell; where it was found in the Markdown it is taken for Markdown.
    """
    if not path:
        return facts.source(link).location.line is not None
    if _names_source(path):
        return True
    return (
        max(possible_targets(link, facts), key=lambda path: similarity(name_key(path), name_key(target)))
        != link.target
    )


def _absolute(path: str, target_path: str, target: str, tail: str) -> str | None:
    if not target_path or not path.endswith(target_path):
        return None
    return readable(path.removesuffix(target_path) + target) + tail


def readable(text: str) -> str:
    """Return a path or an `id` with letters of any script as they are, and the rest encoded."""
    return "".join(char if _is_readable(char) else urls.encode_path(char) for char in text)


def _is_readable(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in _MARKS

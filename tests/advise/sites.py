"""Small sites in Markdown: their files, and the graph that the real converter and the index make of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from mkdocs_backlinks.advise import PageMarkdown, read_all
from mkdocs_backlinks.index import Index, LinkGraph, PageSource, SiteSource, build
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.urls import relative

EXTENSIONS = ["admonition", "attr_list", "def_list", "fenced_code", "footnotes", "tables"]


def graph_of(pages: Mapping[str, str]) -> LinkGraph:
    """The graph of pages, given as for `index_of`."""
    return index_of(pages).graph


def index_of(pages: Mapping[str, str]) -> Index:
    """The index of pages given as Markdown by their URI; a heading in the first line is the title."""
    urls = {uri: uri.removesuffix(".md") + "/" if uri != "index.md" else "" for uri in pages}
    site = SiteSource(bases=["https://example.org/"], assets=frozenset(), sources={}, pages=urls)
    return build(site, [_source(uri, text, urls) for uri, text in pages.items()])


def texts_of(pages: Mapping[str, str]) -> Mapping[PageUri, PageMarkdown]:
    return {PageUri(uri): PageMarkdown(f"docs/{uri}", text) for uri, text in pages.items()}


def project(root: Path, pages: Mapping[str, str | bytes]) -> Path:
    """A folder with the sources of pages and a configuration."""
    (root / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
    for uri, text in pages.items():
        path = root / "docs" / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root


def index_in(root: Path, uris: Mapping[str, object]) -> Index:
    """The graph of the sources as they stand in a project now."""
    named = LinkGraph.of((Page(uri=PageUri(uri), url="", title="", file=f"docs/{uri}") for uri in uris), [])
    return index_of({uri: one.text for uri, one in read_all(named, root).by_page.items()})


class _Addresses(Treeprocessor):
    """Makes addresses of the paths between sources, as MkDocs does."""

    def __init__(self, uri: str, urls: Mapping[str, str]) -> None:
        self._uri, self._urls = uri, urls

    def run(self, root: Element) -> None:
        for anchor in root.iter("a"):
            path, mark, fragment = unquote(anchor.get("href", "")).partition("#")
            target = normpath(join(dirname(self._uri), path)) if path else self._uri
            if target in self._urls:
                anchor.set("href", relative(self._urls[self._uri], self._urls[target]) + mark + fragment)


def _source(uri: str, text: str, urls: Mapping[str, str]) -> PageSource:
    converter = Markdown(extensions=EXTENSIONS)
    converter.treeprocessors.register(_Addresses(uri, urls), "addresses", 0)
    html = converter.convert(text)
    title = text.partition("\n")[0].removeprefix("# ") if text.startswith("# ") else uri
    page = Page(uri=PageUri(uri), url=urls[uri], title=title)
    return PageSource(page=page, html=html, markdown=partial(str, text), file=f"docs/{uri}")

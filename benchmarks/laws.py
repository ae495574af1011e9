"""Laws of the index and of addresses that hold for any input: a law raises for a text that breaks it."""

from __future__ import annotations

import html
import json
import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from markdown import Markdown

from mkdocs_backlinks import urls
from mkdocs_backlinks.index import (
    Index,
    LinkGraph,
    PageSource,
    Scope,
    SearchableText,
    SiteSource,
    build,
    dump,
    external_targets,
)
from mkdocs_backlinks.index.build import IndexCache
from mkdocs_backlinks.index.html.text_fragments import directives
from mkdocs_backlinks.index.markdown.inclusion import Inclusions, SourceText, assemble
from mkdocs_backlinks.index.site_addresses import LinkTarget, SiteAddresses
from mkdocs_backlinks.index.wikilinks import parse
from mkdocs_backlinks.model import Link, Page, PageUri, SourceLink, Url

Law = Callable[[str], None]

BASE = "https://h.example/docs/"
PAGES: Mapping[str, str] = {"index.md": "", "p.md": "p/", "a/b.md": "a/b/", "café.md": "caf%C3%A9/"}
URIS = {PageUri(uri): url for uri, url in PAGES.items()}
ASSETS = {"i.png": "i.png", "a/x y.zip": "a/x%20y.zip"}
SITE = SiteSource(bases=[BASE], assets=frozenset(ASSETS.values()), sources=ASSETS, pages=PAGES)
HERE = PageUri("p.md")
EXTENSIONS = ("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc")
_TAG = re.compile("<[^<>]*>")
_OPENINGS = frozenset("[!<hwf")


def of_html(text: str) -> None:
    """Any text may be the content of a page, and its own Markdown as well."""
    _check(text, text)


def of_markdown(text: str) -> None:
    """Any text may be Markdown; a location shows the link that was made of it."""
    graph, sources = _check(_converted(text), text)
    for link in graph.outgoing[HERE]:
        _check_location(link, sources.of(link), text)


def of_address(text: str) -> None:
    """Any text may be an address: it means one thing, is read by one parser, and once read stays as it is."""
    _check_parsing(text)
    _check_credentials(text)
    _check_paths(text)
    site = SiteAddresses.of(SITE.bases, URIS, SITE.assets)
    page = site.absolute("p/")
    target = site.resolve(text, page)
    if target is not None:
        _check_target(target, text)
        assert site.resolve(address_of(target), page) == target, "resolving twice changes something"


def of_inclusion(text: str) -> None:
    """Any text may take in others, itself as well: each character comes from the place that is told."""
    page = SourceText(text, "/docs/p.md", "docs/p.md")

    def read(name: str, _: str = "") -> SourceText | None:
        return SourceText(text if name == "p.md" else name * 3, f"/docs/{name}") if name else None

    assembled = assemble(page, Inclusions(docs="/docs", snippet=read, include=read, appended=("x",)))
    for offset, character in enumerate(assembled.text):
        source, line, column = assembled.place(offset)
        assert not source.path or (source.text.split("\n")[line - 1] + "\n")[column - 1] == character


def of_fragment(text: str) -> None:
    """Any text may be a fragment: a directive that was read and is written again means the same."""
    text = text.encode("utf-8", "replace").decode()  # an address holds no lone surrogate
    page = SearchableText.of(text)
    for directive in directives(f"x:~:text={text}").values():
        if directive is not None:
            assert page.has(directive) in (True, False)
            assert directives(f":~:{directive}") == {str(directive): directive}, "another directive"


def address_of(target: LinkTarget) -> str:
    """An address that leads to the target."""
    fragment = f"#{target.fragment}" if target.fragment else ""
    if target.kind == "external":
        return target.target + fragment
    url = PAGES.get(target.target)
    return BASE + (urls.encode_path(target.target) if url is None else url) + fragment


def _check(content: str, markdown: str) -> Index:
    sources = _sources(content, markdown)
    cache = IndexCache()
    built = build(SITE, sources, cache=cache)
    graph = built.graph
    assert set(graph.pages) == set(URIS)
    for link in graph.links:
        assert link.source == HERE
        _check_target(LinkTarget(link.kind, link.target, link.fragment), link.href)
    index = _dumped(built)
    assert len(json.loads(index)["links"]) == len(graph.links)
    assert _dumped(build(SITE, sources, Scope("paragraph"))).count("\n") == index.count("\n")
    assert _dumped(build(SITE, sources, cache=cache)) == index, "a second build changes something"
    _check_early_targets(sources, graph)
    return built


def _check_early_targets(sources: Sequence[PageSource], graph: LinkGraph) -> None:
    early = [
        (target.url, link.href, link.fragment)
        for source in sources
        for target in external_targets(source.page.uri, source.page.url, source.html, SITE.bases)
        for link in target.links
    ]
    external = [(link.target, link.href, link.fragment) for link in graph.links if link.kind == "external"]
    assert sorted(early, key=str) == sorted(external, key=str)


def _sources(content: str, markdown: str) -> list[PageSource]:
    pages = [Page(uri=uri, url=url, title=uri) for uri, url in URIS.items()]
    return [
        PageSource(page=page, html=content, markdown=lambda: markdown, file="docs/p.md")
        if page.uri == HERE
        else PageSource(page=page, html="")
        for page in pages
    ]


def _dumped(index: Index) -> str:
    return "".join(dump(*index, site_url=BASE, related={}, equity={}))


def _converted(text: str) -> str:
    content = Markdown(extensions=EXTENSIONS).convert(text)
    for uri, url in PAGES.items():  # what MkDocs does to addresses of pages
        content = content.replace(f'href="{uri}', f'href="../{url}')
    return content


def _check_location(link: Link, written: SourceLink, source: str) -> None:
    line, column = written.location.line, written.location.column
    if line is None or column is None:
        return
    text = html.unescape("\n".join(source.split("\n")[line - 1 :])[column - 1 :])
    assert text[:1] in _OPENINGS, f"no link begins at {line}:{column}"
    assert written.href in text or _words(link.text) in _words(text), "another link's location"


def _words(text: str) -> str:
    """The letters and digits of a text without its tags."""
    return "".join(letter for letter in _TAG.sub("", text) if letter.isalnum()).casefold()


def _check_target(target: LinkTarget, href: str) -> None:
    """A link is resolvable, or has a name to show to its author."""
    if target.kind == "external":
        address = urls.parse(target.target)
        assert target.target == (address.url if address else href), "an address that is not normalised"
    elif target.kind == "wikilink":
        assert parse(target.target) is not None
    else:
        exists = target.target in (ASSETS if target.kind == "asset" else PAGES)
        assert exists or _is_path(target.target), "neither a page nor a path that has none"


def _is_path(target: str) -> bool:
    """True if a target is a path below the site, with no step that leads out of it."""
    return bool(target) and not {".", ".."}.intersection(target.split("/"))


def _check_parsing(text: str) -> None:
    address = urls.parse(text, Url(BASE))
    if address is None:
        return
    whole = address.url + ("" if address.fragment is None else f"#{address.fragment}")
    assert urls.parse(whole) == address, "serialising and parsing is not the same"
    assert urls.normalise(address.url) == address.url
    assert "#" not in address.url
    if address.is_web:
        assert address.host, "an address on the web without a host"
        assert address.path.startswith("/")
        assert urls.url_matches(address.url, address.url)
        assert urls.host_matches(address.host, address.host)
        assert urls.with_scheme(urls.with_scheme(address.url, "https"), "https").startswith("https://")


def _check_credentials(text: str) -> None:
    shown = urls.without_credentials(text)
    assert urls.without_credentials(shown) == shown, "something was left to be taken out"
    address = urls.parse(shown)
    assert address is None or not address.has_credentials, "a password is shown"


def _check_paths(text: str) -> None:
    path = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    assert urls.decode_path(urls.encode_path(path)) == path
    clean = posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").replace("\0", "")
    if clean and "%" not in clean:
        encoded = urls.encode_path(clean)
        address = urls.parse(urls.relative("p/", encoded), Url(f"{BASE}p/"))
        assert address, "a path that leads nowhere"
        assert address.url.startswith("https://h.example/"), "a path that leads elsewhere"

"""Resolves the addresses on the pages of a site: to a page, a file of the site, or the web."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import LinkKind, PageUri, Url

NOT_LINKS = frozenset({"about", "blob", "data", "javascript", "mailto", "sms", "tel"})
"""Schemes that lead to no document."""

_PAGE_ENDINGS = frozenset({"", ".htm", ".html", ".markdown", ".md"})


class LinkTarget(NamedTuple):
    """The target of a link; `kind`, `target` and `candidates` are as in `model.Link`."""

    kind: LinkKind
    target: str
    fragment: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """The addresses of a site, all paths percent-decoded and relative to each of `bases`.

    `bases` end in a slash; the first is where the site is being built for, others are its further
    names. `paths` holds every spelling under which a page is served, `uris` the source paths of the pages.
    """

    bases: tuple[Url, ...]
    paths: Mapping[str, PageUri]
    assets: frozenset[str]
    uris: frozenset[PageUri]

    @classmethod
    def of(cls, bases: Iterable[str], pages: Mapping[PageUri, str], assets: Iterable[str]) -> SiteAddresses:
        """The site whose pages have these addresses relative to it (empty for the home page)."""
        folders = tuple(base for base in map(_as_folder, bases) if base)
        paths: dict[str, PageUri] = {}
        for uri, url in pages.items():
            for path in spellings(url):
                paths.setdefault(path, uri)
        files = frozenset(map(urls.decode_path, assets))
        return cls(folders or (urls.UNKNOWN_SITE,), paths, files, frozenset(pages))

    def absolute(self, url: str) -> Url:
        """The absolute address of a page whose address relative to the site is given."""
        address = urls.parse(url, self.bases[0])
        return address.url if address else self.bases[0]

    def base(self, url: str, given: str | None = None) -> Url:
        """Return the base of the addresses on a page whose address, and `<base>` if any, are given.

        Source: https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url
        """
        page = self.absolute(url)
        address = urls.parse(given, page) if given is not None else None
        return page if address is None or address.scheme in ("data", "javascript") else address.url

    def resolve(self, href: str, page: Url, element: str = "a") -> LinkTarget | None:
        """Return where `href` leads on the page at the absolute address `page`; None where it is no link."""
        address = urls.parse(href, page)
        if address is None:
            return LinkTarget("external", href)
        fragment = address.fragment or None
        path = self.path(address.url)
        if path is None:
            if address.scheme in NOT_LINKS:
                return None
            return LinkTarget("external", address.url, fragment)
        if path in self.paths:
            return LinkTarget("page", self.paths[path], fragment)
        if path in self.assets or element not in ("a", "area"):
            return LinkTarget("asset", path, fragment)
        # Where nothing rewrites it, the source path of a page is an address at which nothing is served.
        name = "/" + path if path in self.uris else path
        ending = posixpath.splitext(path)[1].lower()
        return LinkTarget("page" if ending in _PAGE_ENDINGS else "asset", name, fragment)

    def path(self, url: Url) -> str | None:
        """The decoded path of an address below the site, or None when it lies elsewhere."""
        for base in self.bases:
            path = urls.below(url, base)
            if path is not None:
                return path
        return None


def spellings(url: str) -> Iterator[str]:
    """Every decoded path under which a page is served whose address relative to the site is given."""
    path = urls.decode_path(url)
    yield path
    if path.endswith("/") or not path:
        yield path + "index.html"
        yield path.rstrip("/")
    elif path == "index.html" or path.endswith("/index.html"):
        yield path[: -len("index.html")]


def _as_folder(base: str) -> Url | None:
    return urls.normalise(base if base.endswith("/") else base + "/")

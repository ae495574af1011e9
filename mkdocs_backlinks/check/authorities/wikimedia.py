"""Wikipedia, Wikidata and their sisters: a page, by MediaWiki (https://www.mediawiki.org/wiki/API:Query)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, json_object, known, split
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url

_PROJECTS = (
    ".wikipedia.org",
    ".wiktionary.org",
    ".wikibooks.org",
    ".wikinews.org",
    ".wikiquote.org",
    ".wikisource.org",
    ".wikiversity.org",
    ".wikivoyage.org",
)
_HOSTS = ("wikidata.org", "mediawiki.org", "commons.wikimedia.org", "meta.wikimedia.org")
_WITH_WWW = frozenset({"wikidata.org", "mediawiki.org"})


@dataclass(frozen=True, slots=True)
class Wikimedia(Authority):
    """`base` has a place for the host, as each project answers for itself."""

    hosts: ClassVar = (*(f"*{project}" for project in _PROJECTS), *_HOSTS, "*.wikimedia.org")
    base: str = "https://{host}/w"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        host, segments = split(url)
        host = host.replace(".m.", ".")
        if fragments or len(segments) < 2 or segments[0] not in ("wiki", "entity"):
            return None
        if host not in _HOSTS and not host.endswith(_PROJECTS):
            return None
        base = self.base.format(host=f"www.{host}" if host in _WITH_WWW else host)
        query = {"action": "query", "redirects": "1", "format": "json", "formatversion": "2"}
        return below(base, "api.php", **query, titles="/".join(segments[1:]))

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        match json_object(response):
            case {"query": {"pages": [{"invalid": True}]}}:
                return None
            case {"query": {"pages": [{"missing": True, "known": True}]}}:
                return known(url, 200)
            case {"query": {"pages": [{"missing": True}]}}:
                return known(url, 404)
            case {"query": {"pages": [{"title": str()}]}}:
                return known(url, 200)
        return None

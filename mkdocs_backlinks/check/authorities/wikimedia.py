"""Wikipedia, Wikidata and their sisters: a page, by MediaWiki (https://www.mediawiki.org/wiki/API:Query)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, parsed, place, told
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
_SHORT = frozenset({"wikidata.org", "mediawiki.org"})


@dataclass(frozen=True, slots=True)
class Wikimedia:
    """`base` has a place for the host, as each project answers for itself."""

    hosts: ClassVar = (*(f"*{project}" for project in _PROJECTS), *_HOSTS, "*.wikimedia.org")
    base: str = "https://{host}/w"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        host, steps = place(url)
        host = host.replace(".m.", ".")
        if fragments or len(steps) < 2 or steps[0] not in ("wiki", "entity"):
            return None
        if host not in _HOSTS and not host.endswith(_PROJECTS):
            return None
        site = f"www.{host}" if host in _SHORT else host
        asked = {"action": "query", "redirects": "1", "format": "json", "formatversion": "2"}
        return below(self.base.format(host=site), "api.php", **asked, titles="/".join(steps[1:]))

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        match parsed(answer):
            case {"query": {"pages": [{"invalid": True}]}}:
                return None
            case {"query": {"pages": [{"missing": True, "known": True}]}}:
                return told(url, 200)
            case {"query": {"pages": [{"missing": True}]}}:
                return told(url, 404)
            case {"query": {"pages": [{"title": str()}]}}:
                return told(url, 200)
        return None

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}

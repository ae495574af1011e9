"""arXiv: a paper, by the Atom API (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, known, split
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.urls import encode_path, normalise

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


@dataclass(frozen=True, slots=True)
class Arxiv(Authority):
    hosts: ClassVar = ("arxiv.org",)
    base: str = "https://export.arxiv.org/api/query"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        name = _name(url)
        if not name or fragments:
            return None
        return normalise(f"{self.base}?id_list={encode_path(name)}&max_results=1")

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        feed = _feed(response)
        if feed is None:
            return None
        entries = feed.findall(f"{_ATOM}entry")
        if not entries:
            return known(url, 404) if feed.findtext(_TOTAL) == "0" else None
        # A bad request is answered with an entry as well, with the title "Error".
        listed = entries[0].findtext(f"{_ATOM}id") or ""
        return known(url, 200) if f"/abs/{_name(url)}" in listed else None


def _name(url: Url) -> str:
    """Return `1706.03762`, `1706.03762v7` or `math/0309136`; empty for no paper."""
    host, segments = split(url)
    if host != "arxiv.org" or len(segments) < 2 or segments[0] not in ("abs", "pdf", "html"):
        return ""
    return "/".join(segments[1:]).removesuffix(".pdf")


def _feed(response: Response) -> Element | None:
    if response.status != 200 or response.truncated or b"<!DOCTYPE" in response.body:
        return None
    from xml.etree import ElementTree  # noqa: PLC0415 (most checks have no paper)

    try:
        return ElementTree.fromstring(response.body)  # noqa: S314 (without a DOCTYPE there are no entities)
    except ElementTree.ParseError:
        return None

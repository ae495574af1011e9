"""arXiv: a paper, by the Atom interface (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mkdocs_backlinks.check.authorities.authority import place, told
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.urls import encode_path, normalise

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


@dataclass(frozen=True, slots=True)
class Arxiv:
    hosts: ClassVar = ("arxiv.org",)
    base: str = "https://export.arxiv.org/api/query"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        name = _name(url)
        if not name or fragments:
            return None
        return normalise(f"{self.base}?id_list={encode_path(name)}&max_results=1")

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        feed = _feed(answer)
        if feed is None:
            return None
        entries = feed.findall(f"{_ATOM}entry")
        if not entries:
            return told(url, 404) if feed.findtext(_TOTAL) == "0" else None
        # Mistakes in a question are answered with an entry as well, which is called "Error".
        listed = entries[0].findtext(f"{_ATOM}id") or ""
        return told(url, 200) if f"/abs/{_name(url)}" in listed else None

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}


def _name(url: Url) -> str:
    """`1706.03762`, `1706.03762v7` or `math/0309136`; empty for what is no paper."""
    host, steps = place(url)
    if host != "arxiv.org" or len(steps) < 2 or steps[0] not in ("abs", "pdf", "html"):
        return ""
    return "/".join(steps[1:]).removesuffix(".pdf")


def _feed(answer: Response) -> Element | None:
    if answer.status != 200 or answer.truncated or b"<!DOCTYPE" in answer.body:
        return None
    from xml.etree import ElementTree  # noqa: PLC0415 (most checks meet no paper)

    try:
        return ElementTree.fromstring(answer.body)  # noqa: S314 (without a DOCTYPE there are no entities)
    except ElementTree.ParseError:
        return None

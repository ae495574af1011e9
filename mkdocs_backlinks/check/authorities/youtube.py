"""YouTube: a video or a playlist, by oEmbed (https://oembed.com), as the page answers 200 to anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, by_status, place, query
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


@dataclass(frozen=True, slots=True)
class YouTube:
    hosts: ClassVar = ("youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be")
    base: str = "https://www.youtube.com"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        meant = _meant(url)
        return below(self.base, "oembed", url=meant, format="json") if meant else None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        """401 and 403 are for videos that may not be embedded, or are private: they say nothing."""
        return by_status(url, answer, fragments)

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}


def _meant(url: Url) -> str:
    """The address of the video or the list in the form that oEmbed knows; empty for other pages."""
    host, steps = place(url)
    match host, steps:
        case ("youtube.com" | "m.youtube.com", ("watch",)) if query(url, "v"):
            return f"https://www.youtube.com/watch?v={query(url, 'v')}"
        case ("youtube.com" | "m.youtube.com" | "youtube-nocookie.com", ("embed" | "shorts" | "live", video)):
            return f"https://www.youtube.com/watch?v={video}"
        case ("youtu.be", (video,)):
            return f"https://www.youtube.com/watch?v={video}"
        case ("youtube.com" | "m.youtube.com", ("playlist",)) if query(url, "list"):
            return f"https://www.youtube.com/playlist?list={query(url, 'list')}"
    return ""

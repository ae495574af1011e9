"""YouTube: a video or a playlist, by oEmbed (https://oembed.com), as its pages answer 200 to any address.

401 and 403 are for private videos and for those that may not be embedded: they are no facts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, parameter, split
from mkdocs_backlinks.model import Url


@dataclass(frozen=True, slots=True)
class YouTube(Authority):
    hosts: ClassVar = ("youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be")
    base: str = "https://www.youtube.com"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:  # noqa: ARG002
        canonical = _canonical(url)
        return below(self.base, "oembed", url=canonical, format="json") if canonical else None


def _canonical(url: Url) -> str:
    """Return the address of a video or playlist in the form that oEmbed knows; empty for other pages."""
    match split(url):
        case ("youtube.com" | "m.youtube.com", ("watch",)) if parameter(url, "v"):
            return f"https://www.youtube.com/watch?v={parameter(url, 'v')}"
        case ("youtube.com" | "m.youtube.com" | "youtube-nocookie.com", ("embed" | "shorts" | "live", video)):
            return f"https://www.youtube.com/watch?v={video}"
        case ("youtu.be", (video,)):
            return f"https://www.youtube.com/watch?v={video}"
        case ("youtube.com" | "m.youtube.com", ("playlist",)) if parameter(url, "list"):
            return f"https://www.youtube.com/playlist?list={parameter(url, 'list')}"
    return ""

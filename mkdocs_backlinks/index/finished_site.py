"""The site as the build left it on disk: the last word on whether a page, a file or an id is there.

Other plugins write files when the pages are done, and themes bring ids of their own, so that what
the index does not know is looked up here before it is called broken.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.html.page_content import anchors_in
from mkdocs_backlinks.index.html.text_fragments import SearchableText
from mkdocs_backlinks.model import Page, PageUri


@dataclass(frozen=True, slots=True)
class FinishedSite:
    """A folder as a web server would serve it."""

    folder: Path

    def present(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of the percent-decoded paths below the site that lead to a file."""
        return frozenset(path for path in paths if self._file(path) is not None)

    def anchors(self, pages: Iterable[Page]) -> Mapping[PageUri, frozenset[str]]:
        """Every id in the finished HTML of each page that is there."""
        found = ((page.uri, self._content(page)) for page in pages)
        return {uri: anchors_in(_decoded(content)) for uri, content in found if content is not None}

    def texts(self, pages: Iterable[Page]) -> Mapping[PageUri, SearchableText]:
        """What a reader can search in each page that is there."""
        found = ((page.uri, self._content(page)) for page in pages)
        return {uri: SearchableText.of(_decoded(content)) for uri, content in found if content is not None}

    def _content(self, page: Page) -> bytes | None:
        file = self._file(urls.decode_path(page.url))
        return Path(file).read_bytes() if file else None

    def _file(self, path: str) -> str | None:
        parts = [part for part in path.split("/") if part]
        if "\0" in path or ".." in parts:
            return None
        place = os.sep.join((str(self.folder), *parts))  # noqa: PTH118 (there may be hundreds to look for)
        try:
            mode = os.stat(place).st_mode  # noqa: PTH116
        except (OSError, ValueError):
            return None
        if stat.S_ISREG(mode):
            return place
        index = os.path.join(place, "index.html")  # noqa: PTH118
        return index if stat.S_ISDIR(mode) and os.path.isfile(index) else None  # noqa: PTH113


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")

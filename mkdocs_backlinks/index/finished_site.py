"""The site as the build left it on disk: the last word on whether a page, a file or an id is there.

Other plugins write files when the pages are done, and themes bring ids of their own, so that what
the index does not know is looked up here before it is called broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
        """Return those of the percent-decoded paths below the site that lead to a file."""
        return frozenset(path for path in paths if self._file(path) is not None)

    def anchors(self, pages: Iterable[Page]) -> Mapping[PageUri, frozenset[str]]:
        """Return every id in the finished HTML of each page that exists."""
        return {uri: anchors_in(html) for uri, html in self._html(pages)}

    def texts(self, pages: Iterable[Page]) -> Mapping[PageUri, SearchableText]:
        """Return the searchable text of each page that exists."""
        return {uri: SearchableText.of(html) for uri, html in self._html(pages)}

    def _html(self, pages: Iterable[Page]) -> Iterator[tuple[PageUri, str]]:
        for page in pages:
            if file := self._file(urls.decode_path(page.url)):
                yield page.uri, file.read_bytes().decode("utf-8", errors="replace")

    def _file(self, path: str) -> Path | None:
        parts = [part for part in path.split("/") if part]
        if ".." in parts:  # a link may hold it encoded: `a%2F..%2F..%2Fsecret`
            return None
        file = self.folder.joinpath(*parts)
        try:
            file = file / "index.html" if file.is_dir() else file
            return file if file.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None

"""Keep MkDocs' own link validation from saying what this plugin's report says, with lines and suggestions.

MkDocs still validates pages that take no part, and links that rules with a lower severity judge.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from mkdocs_backlinks import gate
from mkdocs_backlinks.adapter.page_selection import PageSelection
from mkdocs_backlinks.model import PageUri, Severity

_NOT_FOUND = "a link '.*', but the target.* is not found among documentation files"
_EXCLUDED = "a link to '.*' which is excluded from the built site"
_UNRECOGNIZED = "an unrecognized relative link '.*', it was left as is"
"""Wordings of `mkdocs.structure.pages`, on the levels `not_found`, `not_found` and `unrecognized_links`."""


class ValidationFilter(logging.Filter):
    """Drops MkDocs' messages about the paths of links on the pages of a selection."""

    def __init__(self, config: MkDocsConfig, rules: Mapping[str, Severity], pages: PageSelection) -> None:
        super().__init__()
        # An author who raised this level asks for source paths, which is more than that a link works.
        takes_unrecognized = config.validation.links.unrecognized_links <= logging.INFO
        messages = [_NOT_FOUND, _EXCLUDED, *([_UNRECOGNIZED] if takes_unrecognized else [])]
        self._message = re.compile(rf"Doc file '(.*?)' contains (?:{'|'.join(messages)})")
        self._judges_paths = _judge(rules, "broken_page", "broken_asset", "case_mismatch")
        self._pages = pages

    def filter(self, record: logging.LogRecord) -> bool:
        message = self._message.match(record.getMessage()) if self._judges_paths else None
        return message is None or message[1] not in self._pages

    def install(self) -> None:
        _log().addFilter(self)

    def remove(self) -> None:
        _log().removeFilter(self)


def take_over_anchors(
    documents: Sequence[File], pages: Collection[PageUri], rules: Mapping[str, Severity]
) -> None:
    """Leave to MkDocs only the links to anchors of pages that take no part, if rules judge the rest."""
    if not _judge(rules, "broken_anchor", "case_mismatch"):
        return
    # The gate knows the anchors of all pages but these.
    outside = {file.src_uri for file in documents if file.src_uri not in pages}
    for file in documents:
        if file.page and file.page.links_to_anchors and file.src_uri not in outside:
            links = file.page.links_to_anchors.items()
            file.page.links_to_anchors = {to: anchors for to, anchors in links if to.src_uri in outside}


def _judge(rules: Mapping[str, Severity], *names: str) -> bool:
    """True if the rules speak at least as loudly as MkDocs would."""
    return all(gate.severity(name, rules) in ("error", "warn") for name in names)


def _log() -> logging.Logger:
    """Return the logger of MkDocs, or of a fork, for the links of pages."""
    return logging.getLogger(MkDocsPage.__module__)

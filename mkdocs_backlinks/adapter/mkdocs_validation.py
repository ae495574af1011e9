"""MkDocs' own link validation, as far as it is left to this plugin's report.

What both would find is said once, with its place in the source, and so not by MkDocs. Pages that take
no part, and rules that are toned down, stay with MkDocs.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from mkdocs_backlinks import gate
from mkdocs_backlinks.model import PageUri, Severity


class Validation:
    """MkDocs' levels for one build: changed from page to page, and given back when all are read."""

    def __init__(self, config: MkDocsConfig, rules: Mapping[str, Severity]) -> None:
        self._links = config.validation.links
        self._not_found = self._links.not_found
        self._unrecognized = self._links.unrecognized_links
        self._is_ours = False  # the page for which the levels are set
        self._judges_paths = _judges(rules, "broken_page", "broken_asset", "case_mismatch")
        self._judges_anchors = _judges(rules, "broken_anchor", "case_mismatch")

    def before_page(self, *, takes_part: bool) -> None:
        """Set what MkDocs says of the page that it is about to convert."""
        is_ours = takes_part and self._judges_paths
        if is_ours == self._is_ours:
            return
        self._is_ours = is_ours
        self._links.not_found = logging.DEBUG if is_ours else self._not_found
        # An author who raised this level asks for source paths, which is more than that a link works.
        is_ours = is_ours and self._unrecognized <= logging.INFO
        self._links.unrecognized_links = logging.DEBUG if is_ours else self._unrecognized

    def after_pages(self, documents: Sequence[File], taking_part: Collection[PageUri]) -> None:
        """Give the levels back, and keep from MkDocs the anchors that the gate knows."""
        self.before_page(takes_part=False)
        if not self._judges_anchors:
            return
        # MkDocs asks for no anchor but on these pages.
        others = {file.src_uri for file in documents if file.src_uri not in taking_part}
        for file in documents:
            if file.page and file.page.links_to_anchors and file.src_uri not in others:
                links = file.page.links_to_anchors.items() if others else ()
                file.page.links_to_anchors = {to: anchors for to, anchors in links if to.src_uri in others}


def _judges(rules: Mapping[str, Severity], *names: str) -> bool:
    """Whether the rules speak at least as loudly as MkDocs would."""
    return all(gate.severity(name, rules) in ("error", "warn") for name in names)

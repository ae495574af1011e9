"""Decide which pages take part."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import basename
from typing import Protocol

from mkdocs.config.defaults import MkDocsConfig


class Matcher(Protocol):
    """The patterns of the option `exclude`."""

    def match_file(self, file: str) -> object: ...


@dataclass(frozen=True, slots=True)
class PageSelection:
    """The source paths of the pages that take part: all but those that the author excludes, that are read as
    a navigation, or that the plugin itself has `generated`.
    """

    exclude: Matcher
    nav_file: str | None
    generated: str | None = None

    @classmethod
    def of(cls, exclude: Matcher, config: MkDocsConfig) -> PageSelection:
        # Its navigation files stay pages, full of addresses that are no addresses: `guide/`, `*.md`.
        literate_nav = config.plugins.get("literate-nav")
        return cls(exclude, literate_nav.config["nav_file"] if literate_nav else None)

    def __contains__(self, uri: str) -> bool:
        return uri != self.generated and basename(uri) != self.nav_file and not self.exclude.match_file(uri)

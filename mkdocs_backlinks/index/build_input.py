"""The input of the index: pages as a build has them, and the site around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_backlinks.index.markdown.inclusion import NO_INCLUSIONS, Inclusions
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.model import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """A page before its links are read.

    `page` has all but what its content holds; `html` is its content, `markdown` reads its source as the
    author wrote it (None where there is none), `file` is that source's path relative to `mkdocs.yml`.
    `inclusions` says how it may take in other files.
    """

    page: Page
    html: str
    markdown: Callable[[], str | None] = lambda: None
    file: str | None = None
    inclusions: Inclusions = NO_INCLUSIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSource:
    """The site around the pages: its addresses, and every other file of the build.

    `bases` are the addresses at which the site is served, the one that counts first. `assets` has the
    path below the site of each file that is no page, `sources` the same by source path. `pages` has the
    address of every page by source path, of those that take no part as well. One page or file may have
    several source paths, by which authors name it. `names` are what wikilinks may name, where the site
    has any. `excluded` are the source paths of pages that are not built, `moved` has the source path or
    absolute address to which each address below the site has moved.
    """

    bases: Sequence[str]
    assets: frozenset[str]
    sources: Mapping[str, str]
    pages: Mapping[str, str] = field(default_factory=dict)
    names: WikiNames | None = None
    excluded: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)

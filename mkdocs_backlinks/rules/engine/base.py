"""Types of rules: a link or a page goes in with all facts, problems come out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.text_fragments import SearchableText
from mkdocs_backlinks.index.page_roles import depths
from mkdocs_backlinks.model import (
    Evidence,
    Fix,
    IgnoreMark,
    Json,
    Link,
    LinkKind,
    Page,
    PageUri,
    Severity,
    SourceLink,
)
from mkdocs_backlinks.rules.engine.name_index import NameIndex

Scope = Literal["internal", "external"]
"""The subject of a rule: the site itself, or addresses on the web."""

KINDS: tuple[LinkKind, ...] = get_args(LinkKind)


@dataclass(frozen=True, slots=True)
class UnusedMark:
    """An ignore mark that silenced nothing, with the link that it stands at, if any.

    `names_rule` is false where no rule has the name in the mark; `likely` is the rule that may be meant.
    """

    mark: IgnoreMark
    link: Link | None
    names_rule: bool
    likely: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts by which a site is judged.

    `evidence` is keyed by `Link.target`. `present` holds targets below the site that the finished build
    has although the index did not know them, `anchors` the ids in the finished HTML of some pages, `texts`
    the searchable text of some pages: see `SiteQueries`. `allow_private` are the hosts that the author
    declared reachable. `source` finds a link as its author wrote it, which takes time: ask only for what
    will be shown. `unused_marks` of each page are known when all other rules have run.
    """

    graph: LinkGraph
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    anchors: Mapping[PageUri, frozenset[str]] = field(default_factory=dict)
    texts: Mapping[PageUri, SearchableText] = field(default_factory=dict)
    allow_private: tuple[str, ...] = ()
    source: Callable[[Link], SourceLink] = SourceLink.unlocated
    unused_marks: Mapping[PageUri, tuple[UnusedMark, ...]] = field(default_factory=dict)
    page_names: NameIndex = field(init=False, repr=False, compare=False)
    asset_names: NameIndex = field(init=False, repr=False, compare=False)
    depths: Mapping[PageUri, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "page_names", NameIndex.of_pages(self.graph.pages.values()))
        object.__setattr__(self, "asset_names", NameIndex((path, path) for path in self.graph.assets))
        object.__setattr__(self, "depths", depths(self.graph))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Addresses that may be written instead, the likeliest first, and an edit that is sure."""

    hrefs: tuple[str, ...] = ()
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one link or page, as a rule returns it.

    `suggest` is called only for what will be shown, because suggestions may take time. `link` tells where on
    the page the problem stands, if it is one link's.
    """

    message: str
    evidence: Mapping[str, Json] = field(default_factory=dict)
    fix: Fix | None = None
    suggest: Callable[[], Suggestions] | None = None
    link: Link | None = None


LinkCheck = Callable[[Link, Facts], Problem | None]
PageCheck = Callable[[Page, Facts], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named opinion with its default severity; `doc` is its handbook page, in Markdown."""

    name: str
    severity: Severity
    scope: Scope
    doc: str

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.doc.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class LinkRule(Rule):
    """A rule about one link; only links of one of `kinds` are shown to `check`."""

    check: LinkCheck
    kinds: tuple[LinkKind, ...]


@dataclass(frozen=True, slots=True)
class PageRule(Rule):
    """A rule about a page as a whole, which may have several problems."""

    check: PageCheck


def link_rule(
    *, severity: Severity, scope: Scope, kinds: tuple[LinkKind, ...]
) -> Callable[[LinkCheck], LinkRule]:
    """Wrap a function as the rule of its name, documented by its docstring; it registers nothing."""

    def wrap(check: LinkCheck) -> LinkRule:
        return LinkRule(check.__name__, severity, scope, inspect.getdoc(check) or "", check, kinds)

    return wrap


def page_rule(*, severity: Severity) -> Callable[[PageCheck], PageRule]:
    """Wrap a function as a rule about pages, which are always the site's own."""

    def wrap(check: PageCheck) -> PageRule:
        return PageRule(check.__name__, severity, "internal", inspect.getdoc(check) or "", check)

    return wrap

"""What a rule is: one link or one page and all facts go in, problems come out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.text_fragments import SearchableText
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
from mkdocs_backlinks.rules.engine.name_index import Names
from mkdocs_backlinks.rules.engine.reach import Reach

Scope = Literal["internal", "external"]
"""What a rule is about: the site itself, or addresses on the web."""

KINDS: tuple[LinkKind, ...] = get_args(LinkKind)


@dataclass(frozen=True, slots=True)
class IdleMark:
    """An ignore mark that silenced nothing: at which link, if any, and which rule may be meant instead.

    `known` says whether there is a rule of the name that the mark gives.
    """

    mark: IgnoreMark
    link: Link | None
    known: bool
    meant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known when a build is judged.

    `evidence` is keyed by `Link.target`. `present` holds targets below the site that the finished build
    turned out to have although the index did not know them, `anchors` the ids in the finished HTML of
    the pages that were looked at, `texts` what a reader can search in those whose text was asked for.
    `allow_private` are the hosts that the author declared reachable.
    `source` finds a link as its author wrote it, which takes time: ask only for what will be shown.
    `idle` are the marks of each page that silenced nothing, known when all other rules have run.
    """

    graph: LinkGraph
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    anchors: Mapping[PageUri, frozenset[str]] = field(default_factory=dict)
    texts: Mapping[PageUri, SearchableText] = field(default_factory=dict)
    allow_private: tuple[str, ...] = ()
    source: Callable[[Link], SourceLink] = SourceLink.unlocated
    idle: Mapping[PageUri, tuple[IdleMark, ...]] = field(default_factory=dict)
    page_names: Names = field(init=False, repr=False, compare=False)
    asset_names: Names = field(init=False, repr=False, compare=False)
    reach: Reach = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "page_names", Names.of_pages(self.graph))
        object.__setattr__(self, "asset_names", Names.of_assets(self.graph))
        object.__setattr__(self, "reach", Reach(self.graph))


@dataclass(frozen=True, slots=True)
class Advice:
    """A way out: what may be written instead, the likeliest first, and an edit that is sure."""

    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None


Advise = Callable[[], Advice]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has to say; the rule's name, severity and the place are added later.

    `advise` finds a way out that takes time to find, and is called for what will be shown and no more.
    `link` is where on a page the problem stands, if it is one link's.
    """

    message: str
    evidence: Mapping[str, Json] = field(default_factory=dict)
    fix: Fix | None = None
    advise: Advise | None = None
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
    """The same for a rule about pages, which are always the site's own."""

    def wrap(check: PageCheck) -> PageRule:
        doc = inspect.getdoc(check) or ""
        return PageRule(check.__name__, severity, "internal", doc, check)

    return wrap

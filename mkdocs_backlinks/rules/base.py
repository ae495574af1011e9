"""What a rule is: one link and all facts go in, at most one problem comes out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Evidence, Fix, Json, Link, LinkKind, PageUri, Severity
from mkdocs_backlinks.rules.names import Names

Scope = Literal["internal", "external"]
"""What a rule is about: the site itself, or addresses on the web."""

KINDS: tuple[LinkKind, ...] = get_args(LinkKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known when a build is judged.

    `evidence` is keyed by `Link.target`. `present` holds targets below the site that the finished build
    turned out to have although the index did not know them, `anchors` the ids in the finished HTML of
    the pages that were looked at. `allow_private` are the hosts that the author declared reachable.
    """

    graph: LinkGraph
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    anchors: Mapping[PageUri, frozenset[str]] = field(default_factory=dict)
    allow_private: tuple[str, ...] = ()
    page_names: Names = field(init=False, repr=False, compare=False)
    asset_names: Names = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "page_names", Names.of_pages(self.graph))
        object.__setattr__(self, "asset_names", Names.of_assets(self.graph))


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has to say of a link; the rule's name, severity and the place are added later."""

    message: str
    evidence: Mapping[str, Json] = field(default_factory=dict)
    fix: Fix | None = None


Check = Callable[[Link, Facts], Problem | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named opinion with its default severity; `doc` is its handbook page, in Markdown.

    Only links of one of `kinds` are shown to `check`.
    """

    name: str
    severity: Severity
    scope: Scope
    check: Check
    doc: str
    kinds: tuple[LinkKind, ...] = KINDS

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.doc.partition("\n")[0]


def rule(*, severity: Severity, scope: Scope, kinds: tuple[LinkKind, ...] = KINDS) -> Callable[[Check], Rule]:
    """Wrap a function as the `Rule` of its name, documented by its docstring; it registers nothing."""

    def wrap(check: Check) -> Rule:
        return Rule(check.__name__, severity, scope, check, inspect.getdoc(check) or "", kinds)

    return wrap

"""What the build before has made of each page's links, where nothing has changed that it rests upon."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Finding, Link, Page, PageUri
from mkdocs_backlinks.rules.base import Advice, Advise, Facts
from mkdocs_backlinks.rules.doubts import Doubts
from mkdocs_backlinks.rules.fold import Found

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Touched:
    """The `pages` whose links are not the same in another graph, or what they lead to is called otherwise.

    None where any link may lead elsewhere. `renamed` says whether any page is called otherwise.
    """

    pages: Collection[PageUri] | None
    renamed: bool = False


@dataclass(slots=True)
class Comparison:
    """What an edit has touched, which is found out once for all that is made of the same two graphs."""

    before: LinkGraph | None = None
    after: LinkGraph | None = None
    touched: Touched = Touched(None)

    def of(self, before: LinkGraph | None, after: LinkGraph) -> Touched:
        """What is not the same after an edit, where there is anything `before`."""
        if before is None:
            return Touched(None)
        if before is not self.before or after is not self.after:
            self.before, self.after, self.touched = before, after, _touched(before, after)
        return self.touched

    def let_go(self) -> None:
        """Keep no graph that is of no more use."""
        self.before = self.after = None


@dataclass(slots=True)
class Recall(Generic[T]):
    """What was made of the links of each page, in the `graph` of the build before.

    What is made may depend on the links themselves, on what `names` tells of their own page and of those that
    they lead to, on the addresses of all pages and files, and on what is `alike`; on nothing else.
    """

    comparison: Comparison
    graph: LinkGraph | None = None
    alike: object = None
    made: Mapping[PageUri, T] = field(default_factory=dict)

    def renew(
        self,
        graph: LinkGraph,
        alike: object,
        make: Callable[[PageUri, tuple[Link, ...]], T],
        *,
        of_all_names: bool = False,
    ) -> Mapping[PageUri, T]:
        """What is made of the links of each page now, where it is not known already.

        What is made `of_all_names` depends on what those tell of every page.
        """
        touched = self.comparison.of(self.graph, graph)
        if touched.pages is None or alike != self.alike or (of_all_names and touched.renamed):
            self.made = {uri: make(uri, links) for uri, links in graph.outgoing.items()}
        else:
            again = {uri: make(uri, graph.outgoing[uri]) for uri in touched.pages}
            self.made = {**self.made, **again}
        self.graph, self.alike = graph, alike
        return self.made


@dataclass(slots=True)
class Told:
    """What was made of the problems of one page: ways out, and findings of those that are its links' own, by
    whether they are shown.
    """

    advice: dict[Advise, Advice] = field(default_factory=dict)
    findings: dict[tuple[Found, bool], Finding] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What the gate made of a site the last time; it may be used for any other, and changes no finding."""

    comparison: Comparison = field(default_factory=Comparison)
    doubts: Recall[Doubts] = field(init=False)
    found: Recall[tuple[Found, ...]] = field(init=False)
    told: Recall[Told] = field(init=False)

    def __post_init__(self) -> None:
        self.doubts = Recall(self.comparison)
        self.found = Recall(self.comparison)
        self.told = Recall(self.comparison)


def names(page: Page) -> tuple[object, ...]:
    """What rules may tell of a page that a link leads to or stands on."""
    return page.title, page.headings, page.anchors, page.language


def ground(facts: Facts) -> tuple[object, ...]:
    """What rules may ask besides the graph."""
    return facts.evidence, facts.present, facts.anchors, facts.texts, facts.allow_private


def _touched(before: LinkGraph, graph: LinkGraph) -> Touched:
    changed = graph.changed_since(before)
    if changed is None or _surroundings(before) != _surroundings(graph):
        return Touched(None)
    if any(graph.pages[uri].url != before.pages[uri].url for uri in changed):
        return Touched(None)
    renamed = {uri for uri in changed if names(graph.pages[uri]) != names(before.pages[uri])}
    pages = changed.union(link.source for uri in renamed for link in graph.incoming[uri])
    return Touched(pages, bool(renamed))


def _surroundings(graph: LinkGraph) -> tuple[object, ...]:
    """What links may lead to besides the pages."""
    return graph.assets, graph.excluded, graph.moved, graph.elsewhere, graph.outgoing.keys()

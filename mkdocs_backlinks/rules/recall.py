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


@dataclass(slots=True)
class Recall(Generic[T]):
    """What was made of the links of each page, in the `graph` of the build before.

    What is made may depend on the links themselves, on what `names` tells of their own page and of those that
    they lead to, on the addresses of all pages and files, and on what is `alike`; on nothing else.
    """

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
        before, known = self.graph, self.made
        touched = _touched(before, graph, of_all_names=of_all_names) if before else None
        if touched is None or alike != self.alike:
            self.made = {uri: make(uri, links) for uri, links in graph.outgoing.items()}
        else:
            self.made = {
                uri: make(uri, links) if uri in touched else known[uri]
                for uri, links in graph.outgoing.items()
            }
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

    doubts: Recall[Doubts] = field(default_factory=Recall)
    found: Recall[tuple[Found, ...]] = field(default_factory=Recall)
    told: Recall[Told] = field(default_factory=Recall)


def names(page: Page) -> tuple[object, ...]:
    """What rules may tell of a page that a link leads to or stands on."""
    return page.title, page.headings, page.anchors, page.language


def ground(facts: Facts) -> tuple[object, ...]:
    """What rules may ask besides the graph."""
    return facts.evidence, facts.present, facts.anchors, facts.texts, facts.allow_private


def _touched(before: LinkGraph, graph: LinkGraph, *, of_all_names: bool) -> Collection[PageUri] | None:
    """The pages whose links are not the same as before, or what they lead to is called otherwise.

    None where any link may lead elsewhere now, and where a name counts on all pages that has changed.
    """
    changed = graph.changed_since(before)
    if changed is None or _surroundings(before) != _surroundings(graph):
        return None
    if any(graph.pages[uri].url != before.pages[uri].url for uri in changed):
        return None
    renamed = {uri for uri in changed if names(graph.pages[uri]) != names(before.pages[uri])}
    if renamed and of_all_names:
        return None
    return changed.union(link.source for uri in renamed for link in graph.incoming[uri])


def _surroundings(graph: LinkGraph) -> tuple[object, ...]:
    """What links may lead to besides the pages."""
    return graph.assets, graph.excluded, graph.moved, graph.elsewhere, graph.outgoing.keys()

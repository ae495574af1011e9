"""What the build before has made of each page's links, where nothing has changed that it rests upon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import is_
from typing import Generic, TypeVar

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Link, Page, PageUri
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
        self, graph: LinkGraph, alike: object, make: Callable[[PageUri, tuple[Link, ...]], T]
    ) -> Mapping[PageUri, T]:
        """What is made of the links of each page now, where it is not known already."""
        before = self.graph
        known: Mapping[PageUri, T] = {}
        if before is not None and alike == self.alike and _addresses(before) == _addresses(graph):
            known = {uri: self.made[uri] for uri in _unchanged(before, graph)}
        self.made = {
            uri: known[uri] if uri in known else make(uri, links) for uri, links in graph.outgoing.items()
        }
        self.graph, self.alike = graph, alike
        return self.made


@dataclass(slots=True)
class Memory:
    """What the gate made of a site the last time; it may be used for any other, and changes no finding."""

    doubts: Recall[Doubts] = field(default_factory=Recall)
    found: Recall[tuple[Found, ...]] = field(default_factory=Recall)
    advice: Recall[dict[Advise, Advice]] = field(default_factory=Recall)


def names(page: Page) -> tuple[object, ...]:
    """What rules may tell of a page that a link leads to or stands on."""
    return page.title, page.headings, page.anchors, page.language


def ground(facts: Facts) -> tuple[object, ...]:
    """What rules may ask besides the graph."""
    return facts.evidence, facts.present, facts.anchors, facts.texts, facts.allow_private


def _addresses(graph: LinkGraph) -> tuple[object, ...]:
    pages = [(uri, page.url) for uri, page in graph.pages.items()]
    return pages, graph.assets, graph.excluded, graph.moved, graph.elsewhere


def _unchanged(before: LinkGraph, graph: LinkGraph) -> Iterator[PageUri]:
    """The pages whose links are the same as before, and so is what they lead to."""
    renamed = {uri for uri, page in graph.pages.items() if _has_changed(before.pages[uri], page)}
    touched = renamed.union(link.source for uri in renamed for link in graph.incoming[uri])
    for uri, links in graph.outgoing.items():
        known = before.outgoing.get(uri, ())
        # Equal links may stand at different places of their sources.
        if uri not in touched and len(links) == len(known) and all(map(is_, links, known)):
            yield uri


def _has_changed(before: Page, page: Page) -> bool:
    return page is not before and names(page) != names(before)

"""Weaknesses of the pages of a site, the worst first, and what their author can do about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from mkdocs_backlinks.advise.structure import Standing, Structure
from mkdocs_backlinks.index.page_roles import hubs, is_dead_end, is_orphan
from mkdocs_backlinks.model import PageUri

Weakness = Literal[
    "isolated",
    "orphan",
    "island",
    "unreachable",
    "near_orphan",
    "sink",
    "dead_end",
    "far",
    "one_text",
    "hub",
]
WEAKNESSES: tuple[Weakness, ...] = get_args(Weakness)
"""The kinds of weakness, the worst first."""

MANY = 5
"""So many pages that link to one make a weakness of where it leads, or of how they name it."""

FEW = 10
"""A page leads on to few if this many pages link to it for each one that it links to."""

FAR = 5
"""So many clicks from the home page are far."""

HUB, HUB_SHARE = 20, 0.1
"""A hub links to so many pages, and to this share of the site."""

_ERROR_PAGES = ("404.md", "404.html")
_NAMED = 2

Related = Mapping[PageUri, tuple[PageUri, ...]]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A page with its weaknesses, the worst first, and advice about that one; none for a good page."""

    standing: Standing
    weaknesses: tuple[Weakness, ...]
    advice: str


def assess(site: Structure, related: Related) -> tuple[Assessed, ...]:
    """Assess all pages, the worst first; `related` has each page's related pages, the best first."""
    context = _SiteContext.of(site, related)
    return tuple(sorted((_assessed(page, context) for page in site.standings.values()), key=_order))


def counts(assessed: Iterable[Assessed]) -> Mapping[Weakness, int]:
    """Return the number of pages with each weakness."""
    numbers = Counter(weakness for page in assessed for weakness in page.weaknesses)
    return {weakness: numbers[weakness] for weakness in WEAKNESSES}


@dataclass(frozen=True, slots=True)
class _SiteContext:
    """Surroundings of pages: `near` are those related to a page in either direction, the best first."""

    site: Structure
    has_home: bool
    hubs: frozenset[PageUri]
    near: Mapping[PageUri, tuple[PageUri, ...]]
    island_sizes: Mapping[int, int]

    @classmethod
    def of(cls, site: Structure, related: Related) -> _SiteContext:
        near = {uri: dict.fromkeys(related.get(uri, ())) for uri in site.standings}
        for uri in site.standings:
            for page in related.get(uri, ()):
                near.get(page, {}).setdefault(uri)
        pages = site.standings.values()
        return cls(
            site,
            any(page.is_home for page in pages),
            hubs(site.graph.successors_via_redirects, max(HUB, HUB_SHARE * len(pages))),
            {uri: tuple(page for page in of_page if page in site.standings) for uri, of_page in near.items()},
            Counter(page.island for page in pages),
        )

    def sources(self, page: Standing, suits: Callable[[Standing], bool] = lambda _: True) -> str:
        """Name pages that could link to this one."""
        unlinked = (uri for uri in self.near[page.page] if uri not in page.linked_from)
        suitable = (uri for uri in unlinked if suits(self.site.standings[uri]))
        return _first_of(suitable, "a page on the same subject")

    def targets(self, page: Standing) -> str:
        """Name pages that this one could link to."""
        unlinked = (uri for uri in self.near[page.page] if uri not in page.links_to)
        return _first_of(unlinked, "the page that readers need next")


def _order(assessed: Assessed) -> tuple[int, bool, int, PageUri]:
    """Sort the worst first, then what no navigation shows, then what more pages lead to."""
    page, weaknesses = assessed.standing, assessed.weaknesses
    rank = WEAKNESSES.index(weaknesses[0]) if weaknesses else len(WEAKNESSES)
    return rank, page.depth is not None, -len(page.linked_from), page.page


def _assessed(page: Standing, context: _SiteContext) -> Assessed:
    if page.page in _ERROR_PAGES:
        return Assessed(page, (), "")
    weaknesses = tuple(weakness for weakness in WEAKNESSES if _HAS[weakness](page, context))
    return Assessed(page, weaknesses, _ADVICE[weaknesses[0]](page, context) if weaknesses else "")


def _first_of(pages: Iterable[PageUri], otherwise: str) -> str:
    return " or ".join([*pages][:_NAMED]) or otherwise


def _is_isolated(page: Standing, context: _SiteContext) -> bool:
    graph = context.site.graph
    return is_orphan(graph, page.page) and is_dead_end(graph, page.page) and len(graph.pages) > 1


def _is_orphan(page: Standing, context: _SiteContext) -> bool:
    graph = context.site.graph
    return is_orphan(graph, page.page) and not is_dead_end(graph, page.page) and not page.is_home


def _is_dead_end(page: Standing, context: _SiteContext) -> bool:
    graph = context.site.graph
    return is_dead_end(graph, page.page) and not is_orphan(graph, page.page)


def _has_one_text(page: Standing, _: _SiteContext) -> bool:
    """True if many links agree on a text that is no part of the title."""
    is_in_title = page.text.casefold() in page.title.casefold()
    return len(page.linked_from) >= MANY and page.texts == 1 and not is_in_title


_HAS: Mapping[Weakness, Callable[[Standing, _SiteContext], bool]] = {
    "isolated": _is_isolated,
    "orphan": _is_orphan,
    "island": lambda page, _: page.island > 0,
    "unreachable": lambda page, context: bool(page.linked_from) and page.clicks is None and context.has_home,
    "near_orphan": lambda page, _: len(page.linked_from) == 1 and not page.is_home,
    "sink": lambda page, _: len(page.linked_from) >= max(MANY, FEW * len(page.links_to)),
    "dead_end": _is_dead_end,
    "far": lambda page, _: (page.clicks or 0) >= FAR,
    "one_text": _has_one_text,
    "hub": lambda page, context: page.page in context.hubs,
}


def _isolated(page: Standing, context: _SiteContext) -> str:
    return f"No link leads here or on: link from {context.sources(page)}, and back."


def _orphan(page: Standing, context: _SiteContext) -> str:
    return f"No page links to it: link from {context.sources(page)}."


def _island(page: Standing, context: _SiteContext) -> str:
    sources = context.sources(page, lambda source: source.island != page.island)
    size = context.island_sizes[page.island]
    return f"These {size} pages link to one another only: link to one of them from {sources}."


def _unreachable(page: Standing, context: _SiteContext) -> str:
    sources = context.sources(page, lambda source: source.clicks is not None)
    return f"No chain of links leads here from the home page: link from {sources}."


def _near_orphan(page: Standing, context: _SiteContext) -> str:
    return f"Only {page.linked_from[0]} links to it: link from {context.sources(page)} too."


def _sink(page: Standing, context: _SiteContext) -> str:
    to_it, onward = len(page.linked_from), len(page.links_to)
    return (
        f"{to_it} pages lead here, and to {onward or 'none'} from here: lead on to {context.targets(page)}."
    )


def _dead_end(page: Standing, context: _SiteContext) -> str:
    return f"It links to no page: lead on to {context.targets(page)}."


def _far(page: Standing, context: _SiteContext) -> str:
    sources = context.sources(page, lambda source: source.clicks is not None and source.clicks < FAR - 1)
    return f"It is {page.clicks} clicks from the home page: link from {sources}."


def _one_text(page: Standing, _: _SiteContext) -> str:
    return f'All links say "{page.text}", the title is "{page.title}": use the words of the title in some.'


def _hub(page: Standing, _: _SiteContext) -> str:
    return f"It links to {len(page.links_to)} pages: see that the list is in groups, and complete."


_ADVICE: Mapping[Weakness, Callable[[Standing, _SiteContext], str]] = {
    "isolated": _isolated,
    "orphan": _orphan,
    "island": _island,
    "unreachable": _unreachable,
    "near_orphan": _near_orphan,
    "sink": _sink,
    "dead_end": _dead_end,
    "far": _far,
    "one_text": _one_text,
    "hub": _hub,
}

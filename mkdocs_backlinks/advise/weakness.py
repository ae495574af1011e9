"""Which pages of a site are weakly linked, the worst first, and what their author can do about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from mkdocs_backlinks.advise.structure import Standing, Structure
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
    """A page with its weaknesses, the worst first, and what to do about that one; none for a good page."""

    standing: Standing
    weaknesses: tuple[Weakness, ...]
    advice: str


def assess(site: Structure, related: Related) -> tuple[Assessed, ...]:
    """All pages, the worst first; `related` has for each page those that belong to it, the best first."""
    surroundings = _Site.of(site, related)
    return tuple(sorted((_assessed(one, surroundings) for one in site.standings.values()), key=_order))


def counts(assessed: Iterable[Assessed]) -> Mapping[Weakness, int]:
    """How many pages have each weakness."""
    found = Counter(weakness for one in assessed for weakness in one.weaknesses)
    return {weakness: found[weakness] for weakness in WEAKNESSES}


@dataclass(frozen=True, slots=True)
class _Site:
    """What is around a page: `near` are those that belong to it, or that it belongs to, the best first."""

    standings: Mapping[PageUri, Standing]
    has_home: bool
    near: Mapping[PageUri, tuple[PageUri, ...]]
    island_sizes: Mapping[int, int]

    @classmethod
    def of(cls, site: Structure, related: Related) -> _Site:
        near = {uri: dict.fromkeys(related.get(uri, ())) for uri in site.standings}
        for uri in site.standings:
            for other in related.get(uri, ()):
                near.get(other, {}).setdefault(uri)
        return cls(
            site.standings,
            any(one.is_home for one in site.standings.values()),
            {uri: tuple(one for one in ones if one in site.standings) for uri, ones in near.items()},
            Counter(one.island for one in site.standings.values()),
        )

    def sources(self, one: Standing, suits: Callable[[Standing], bool] = lambda _: True) -> str:
        """The pages that could link to this one."""
        known = (uri for uri in self.near[one.page] if uri not in one.linked_from)
        return _either((uri for uri in known if suits(self.standings[uri])), "a page on the same subject")

    def targets(self, one: Standing) -> str:
        """The pages that this one could link to."""
        known = (uri for uri in self.near[one.page] if uri not in one.links_to)
        return _either(known, "the page that readers need next")


def _order(one: Assessed) -> tuple[int, bool, int, PageUri]:
    """Worse is also what no navigation shows, and what more pages lead to."""
    rank = WEAKNESSES.index(one.weaknesses[0]) if one.weaknesses else len(WEAKNESSES)
    return rank, one.standing.depth is not None, -len(one.standing.linked_from), one.standing.page


def _assessed(one: Standing, site: _Site) -> Assessed:
    if one.page in _ERROR_PAGES:
        return Assessed(one, (), "")
    weaknesses = tuple(weakness for weakness in WEAKNESSES if _IS[weakness](one, site))
    return Assessed(one, weaknesses, _ADVICE[weaknesses[0]](one, site) if weaknesses else "")


def _either(pages: Iterable[PageUri], otherwise: str) -> str:
    return " or ".join([*pages][:_NAMED]) or otherwise


def _is_orphan(one: Standing, _: _Site) -> bool:
    return not one.linked_from and bool(one.links_to) and not one.is_home


def _is_sink(one: Standing, _: _Site) -> bool:
    return len(one.linked_from) >= max(MANY, FEW * len(one.links_to))


def _is_hub(one: Standing, site: _Site) -> bool:
    return len(one.links_to) >= max(HUB, HUB_SHARE * len(site.standings))


def _has_one_text(one: Standing, _: _Site) -> bool:
    """Whether many links agree on a text that the title knows nothing of."""
    is_in_title = one.text.casefold() in one.title.casefold()
    return len(one.linked_from) >= MANY and one.texts == 1 and not is_in_title


_IS: Mapping[Weakness, Callable[[Standing, _Site], bool]] = {
    "isolated": lambda one, site: not one.linked_from and not one.links_to and len(site.standings) > 1,
    "orphan": _is_orphan,
    "island": lambda one, _: one.island > 0,
    "unreachable": lambda one, site: bool(one.linked_from) and one.clicks is None and site.has_home,
    "near_orphan": lambda one, _: len(one.linked_from) == 1 and not one.is_home,
    "sink": _is_sink,
    "dead_end": lambda one, _: bool(one.linked_from) and not one.links_to,
    "far": lambda one, _: (one.clicks or 0) >= FAR,
    "one_text": _has_one_text,
    "hub": _is_hub,
}


def _isolated(one: Standing, site: _Site) -> str:
    return f"No link leads here or on: link from {site.sources(one)}, and back."


def _orphan(one: Standing, site: _Site) -> str:
    return f"No page links to it: link from {site.sources(one)}."


def _island(one: Standing, site: _Site) -> str:
    way = site.sources(one, lambda other: other.island != one.island)
    size = site.island_sizes[one.island]
    return f"These {size} pages link to one another only: link to one of them from {way}."


def _unreachable(one: Standing, site: _Site) -> str:
    way = site.sources(one, lambda other: other.clicks is not None)
    return f"No chain of links leads here from the home page: link from {way}."


def _near_orphan(one: Standing, site: _Site) -> str:
    return f"Only {one.linked_from[0]} links to it: link from {site.sources(one)} too."


def _sink(one: Standing, site: _Site) -> str:
    here, onward = len(one.linked_from), len(one.links_to)
    return f"{here} pages lead here, and to {onward or 'none'} from here: lead on to {site.targets(one)}."


def _dead_end(one: Standing, site: _Site) -> str:
    return f"It links to no page: lead on to {site.targets(one)}."


def _far(one: Standing, site: _Site) -> str:
    way = site.sources(one, lambda other: other.clicks is not None and other.clicks < FAR - 1)
    return f"It is {one.clicks} clicks from the home page: link from {way}."


def _one_text(one: Standing, _: _Site) -> str:
    return f'All links say "{one.text}", the title is "{one.title}": use the words of the title in some.'


def _hub(one: Standing, _: _Site) -> str:
    return f"It links to {len(one.links_to)} pages: see that the list is in groups, and complete."


_ADVICE: Mapping[Weakness, Callable[[Standing, _Site], str]] = {
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

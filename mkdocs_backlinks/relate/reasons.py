"""Why one page is related to another: what led there, the strongest first."""

from __future__ import annotations

from mkdocs_backlinks.model import Reason
from mkdocs_backlinks.relate.site import Site
from mkdocs_backlinks.relate.terms import TITLE
from mkdocs_backlinks.relate.walk import ways
from mkdocs_backlinks.relate.words import chained, is_running, paired, units

FULL_WORD = 5
"""From how many letters on a term is named as readily as a longer one."""

MOST_REASONS = 3
MOST_NAMES = 3
CONSIDERED = 12
"""How many shared terms are looked at: some of them turn out to be parts of one word."""


def reasons(site: Site, place: int, other: int, *, pinned: bool = False) -> tuple[Reason, ...]:
    """At most three reasons why the page at `other` is related to the one at `place`.

    A link counts for what it leads to, shared terms for the likeness of the texts and for a mention of the
    other page, neighbours for all ways that lead over them.
    """
    steps = site.steps[place]
    found = []
    if place in site.outgoing[other]:
        found.append((steps.links[other], Reason("links_here")))
    if other in site.outgoing[place]:
        found.append((steps.links[other], Reason("linked_from_here")))
    if over := ways(site.steps, place, other):
        titles = tuple(site.pages[via].title for via, _ in over[:MOST_NAMES])
        found.append((sum(weight for _, weight in over), Reason("shared_neighbours", titles)))
    by_text = steps.text.get(other, 0.0) + steps.mentions.get(other, 0.0)
    if by_text and (names := _shared_terms(site, place, other)):
        found.append((by_text, Reason("shared_terms", names)))
    found.sort(key=lambda item: -item[0])
    strongest = (
        (Reason("pinned"), *(reason for _, reason in found)) if pinned else (reason for _, reason in found)
    )
    return tuple(strongest)[:MOST_REASONS]


def _shared_terms(site: Site, place: int, other: int) -> tuple[str, ...]:
    """What both texts speak of, as the site writes it: the other page's name first where it is mentioned."""
    mention = site.mentions[place].get(other)
    named = set(paired(units(mention.phrase))) if mention else set()
    mine, theirs = site.terms.vectors[place], site.terms.vectors[other]
    weights = {
        term: weight * theirs[term] * _says(term)
        for term, weight in mine.items()
        if term in theirs and term not in named and not term.startswith(TITLE)
    }
    strongest = sorted(weights, key=lambda term: (-weights[term], term))[:CONSIDERED]
    shared = chained(strongest, site.pages[place].text, site.pages[other].text)
    spelled = (site.terms.spellings.get(word, word) for word in shared)
    return (*([mention.phrase] if mention else []), *spelled)[:MOST_NAMES]


def _says(term: str) -> int:
    """Short words are seldom what a page is about; where words run on, two characters are a word."""
    return FULL_WORD if is_running(term) else min(len(term), FULL_WORD)

"""Reasons why one page is related to another, the strongest first."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_backlinks.model import Reason
from mkdocs_backlinks.relate.page_view import SCALE, PageView
from mkdocs_backlinks.relate.site_model import SiteModel
from mkdocs_backlinks.words import bigrams, is_running, merge_bigrams, units

FULL_WORD = 5
"""Letters from which on a term is named as readily as a longer one."""

MOST_REASONS = 3
MOST_NAMES = 3
CONSIDERED = 12
"""Shared terms that are considered: some of them turn out to be parts of one word."""


def reasons(view: PageView, target: int, *, pinned: bool = False) -> tuple[Reason, ...]:
    """Return at most three reasons for the page `target`.

    A link counts for what it leads to, shared terms for the similarity of the texts and for a mention of
    the page, neighbours for all paths by way of them.
    """
    pages, page = view.site.pages, view.page
    by_text = page.transitions.by_text.get(target, 0.0)
    by_link = page.transitions.weights.get(target, 0.0) - by_text
    weighed = []
    if view.index in pages[target].successors:
        weighed.append((by_link, Reason("links_here")))
    if target in page.successors:
        weighed.append((by_link, Reason("linked_from_here")))
    if via := _via(view, target):
        strongest = sorted(via, key=lambda neighbour: (-via[neighbour], neighbour))[:MOST_NAMES]
        titles = tuple(pages[neighbour].page.title for neighbour in strongest)
        weighed.append((sum(via.values()), Reason("shared_neighbours", titles)))
    if by_text and (names := _shared_terms(view, target)):
        weighed.append((by_text, Reason("shared_terms", names)))
    weighed.sort(key=lambda item: -item[0])
    first = (Reason("pinned"),) if pinned else ()
    return (*first, *(reason for _, reason in weighed))[:MOST_REASONS]


def _via(view: PageView, target: int) -> dict[int, float]:
    """Return the pages by way of which one comes to the target, with the strength of each path."""
    scale = view.site.weights.neighbour_links**2 / (view.scale or SCALE)
    via = {step.via: step.weight * step.onward[target] for step in view.second_steps if target in step.onward}
    for neighbour, share in view.neighbours:
        if target in view.site.pages[neighbour].successors:
            via[neighbour] = via.get(neighbour, 0.0) + scale * share
    return via


def _shared_terms(view: PageView, target: int) -> tuple[str, ...]:
    """Return what both texts are about, as the site writes it; first the target's name if it is mentioned."""
    site, mention = view.site, view.page.mentions.get(target)
    shared = _weights_of_shared(view, target)
    for term in bigrams(units(mention.phrase)) if mention else ():
        shared.pop(term, None)
    strongest = _worth_naming(shared, site)[:CONSIDERED]
    whole = merge_bigrams(strongest, view.page.page.text, site.pages[target].page.text)
    spelled = (site.spellings.get(word, word) for word in whole[:MOST_NAMES])
    return (*([mention.phrase] if mention else []), *spelled)[:MOST_NAMES]


def _weights_of_shared(view: PageView, target: int) -> dict[str, float]:
    weights = dict(view.page.signature.vector.items())
    shared: dict[str, float] = {}
    for number, weight in view.site.pages[target].signature.vector.items():
        if number in weights:
            term = view.site.terms[number]
            shared[term] = shared.get(term, 0.0) + weights[number] * weight
    return shared


def _worth_naming(shared: Mapping[str, float], site: SiteModel) -> list[str]:
    """Return the terms in the order in which they are worth naming.

    On a small site every word is rare, so only long ones and names are named, first what a title, a
    heading or a link is about.
    """
    topics = site.topics
    if topics is None:
        return sorted(shared, key=lambda term: (-shared[term] * _length(term), term))
    telling = (
        term for term in shared if _length(term) >= FULL_WORD or _is_name(site.spellings.get(term, ""))
    )
    return sorted(telling, key=lambda term: (term not in topics, -len(term), term))


def _length(term: str) -> int:
    """Return the length that counts: short words are seldom what a page is about.

    Where words run on, two characters are a word.
    """
    return FULL_WORD if len(term) > FULL_WORD or is_running(term) else len(term)


def _is_name(word: str) -> bool:
    return word[1:] != word[1:].lower()

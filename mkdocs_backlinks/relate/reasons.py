"""Why one page is related to another: what led there, the strongest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from mkdocs_backlinks.model import Reason
from mkdocs_backlinks.relate.company import companions
from mkdocs_backlinks.relate.site import Site
from mkdocs_backlinks.relate.terms import Vector
from mkdocs_backlinks.relate.walk import Way, breadth, ways
from mkdocs_backlinks.words import chained, is_running, paired, units

SCALE = 0.8
"""How much a step weighs, were it the only one from its page, on the scale where all evidence is added up.

So chosen that next to nothing is lost below the default `min_score`: on no site of the evaluation more than
three in a thousand of the pages there were among those that authors had linked.
"""

COMPANY = 0.55
"""What it counts on that scale, as a root, that all pages that read alike link to a page."""

FULL_WORD = 5
"""From how many letters on a term is named as readily as a longer one."""

MOST_REASONS = 3
MOST_NAMES = 3
CONSIDERED = 12
"""How many shared terms are looked at: some of them turn out to be parts of one word."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """Why pages are related to the one at `place`.

    `terms` has the weight of what it speaks of, `ways` and `company` are what leads further: over links and
    texts, and with the pages that read alike. A step weighs `scale` there.
    """

    site: Site
    place: int
    terms: Mapping[int, float]
    ways: Sequence[Way]
    company: Sequence[tuple[int, float]]
    scale: float

    @classmethod
    def of(cls, site: Site, place: int) -> Explainer:
        vector = site.vectors[place]
        return cls(
            site,
            place,
            terms=dict(zip(vector.terms, vector.weights, strict=True)),
            ways=ways(site.steps, place),
            company=companions(site.surroundings[place].near),
            scale=SCALE * breadth(site.steps[place]),
        )

    def reasons(self, other: int, *, pinned: bool = False) -> tuple[Reason, ...]:
        """At most three reasons for the page at `other`.

        A link counts for what it leads to, shared terms for the likeness of the texts and for a mention of
        the other page, neighbours for all ways that lead over them.
        """
        steps = self.site.steps[self.place]
        text = steps.by_text.get(other, 0.0)
        link = steps.all.get(other, 0.0) - text
        found = []
        if self.place in self.site.outgoing[other]:
            found.append((link, Reason("links_here")))
        if other in self.site.outgoing[self.place]:
            found.append((link, Reason("linked_from_here")))
        if over := self._over(other):
            titles = tuple(self.site.pages[via].title for _, via in sorted(over)[:MOST_NAMES])
            found.append((-sum(weight for weight, _ in over), Reason("shared_neighbours", titles)))
        if text and (names := self._shared_terms(other)):
            found.append((text, Reason("shared_terms", names)))
        found.sort(key=lambda item: -item[0])
        first = (Reason("pinned"),) if pinned else ()
        return (*first, *(reason for _, reason in found))[:MOST_REASONS]

    def _over(self, other: int) -> list[tuple[float, int]]:
        """The pages over which one comes to the other page, with the strength of each way, below zero."""
        outgoing, scale = self.site.outgoing, COMPANY**2 / (self.scale or SCALE)
        over = {via: weight * onward[other] for via, weight, onward in self.ways if other in onward}
        for via, share in self.company:
            if other in outgoing[via]:
                over[via] = over.get(via, 0.0) + scale * share
        return [(-weight, via) for via, weight in over.items()]

    def _shared_terms(self, other: int) -> tuple[str, ...]:
        """What both texts speak of, as the site writes it; first the other page's name if it is mentioned."""
        site, mention = self.site, self.site.mentions[self.place].get(other)
        shared = self._weights_of_shared(site.vectors[other])
        for term in paired(units(mention.phrase)) if mention else ():
            shared.pop(term, None)
        strongest = self._strongest(shared)
        whole = chained(strongest[:CONSIDERED], site.pages[self.place].text, site.pages[other].text)
        spelled = (site.spellings.get(word, word) for word in whole[:MOST_NAMES])
        return (*([mention.phrase] if mention else []), *spelled)[:MOST_NAMES]

    def _weights_of_shared(self, theirs: Vector) -> dict[str, float]:
        shared: dict[str, float] = {}
        both = zip(theirs.terms, theirs.weights, strict=True)
        for number, weight in compress(both, map(self.terms.__contains__, theirs.terms)):
            term = self.site.names[abs(number)]
            shared[term] = shared.get(term, 0.0) + self.terms[number] * weight
        return shared

    def _strongest(self, shared: Mapping[str, float]) -> list[str]:
        """The terms in the order in which they are worth naming.

        On a small site every word is rare, so only long ones and names are named, first what a title, a
        heading or a link speaks of.
        """
        topics, spellings = self.site.topics, self.site.spellings
        if topics is None:
            return [term for _, term in sorted((-shared[term] * _says(term), term) for term in shared)]
        telling = (term for term in shared if _says(term) >= FULL_WORD or _is_name(spellings.get(term, "")))
        return sorted(telling, key=lambda term: (term not in topics, -len(term), term))


def _says(term: str) -> int:
    """Short words are seldom what a page is about; where words run on, two characters are a word."""
    return FULL_WORD if len(term) > FULL_WORD or is_running(term) else len(term)


def _is_name(word: str) -> bool:
    return word[1:] != word[1:].lower()

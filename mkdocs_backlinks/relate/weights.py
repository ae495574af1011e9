"""Weights of the signals that the ranking adds up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingWeights:
    """Strength of each signal of the ranking; every default was chosen on real sites.

    links: Share of a page's first step that goes over content links, in either direction.
    mentions, text: The share that goes to pages which the text mentions and to pages with similar text,
        where that evidence is as clear as can be.
    second_step: Share of a step that is followed by a second one.
    most_onward: Neighbours up to which a page is left by a second step; with more it leads everywhere.
    neighbour_links: Weight, as a root, of a page that all nearest pages by text link to.
    title_word: Weight of a word that stands in the titles of both pages and of no others.
    same_folder_boost: The most that a page in the same folder weighs, where others weigh 1.
    list_damping: A page with n links weighs (n + 1) ** -list_damping, being more of a list than a text.
    fewest_links, most_links: A page with fewer links is no list to look things up in, one with more is.
    """

    links: float = 0.4
    mentions: float = 0.25
    text: float = 0.5
    second_step: float = 0.6
    most_onward: float = 200
    neighbour_links: float = 0.55
    title_word: float = 0.1
    same_folder_boost: float = 1.5
    list_damping: float = 0.1
    fewest_links: float = 5
    most_links: float = 200


DEFAULT_WEIGHTS = RankingWeights()

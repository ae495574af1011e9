"""Strengths, scores and reasons, computed by hand on small graphs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from relate.making import Arrow, graph_of, page, related, uris

from mkdocs_backlinks.model import Page, PageUri, Reason
from mkdocs_backlinks.relate import RankingWeights, relate
from mkdocs_backlinks.relate.page_view import PageView
from mkdocs_backlinks.relate.reasons import _via, _weights_of_shared
from mkdocs_backlinks.relate.site_model import model_site
from mkdocs_backlinks.relate.term_statistics import TermStatistics
from mkdocs_backlinks.settings import RelatedSettings

EMPTY = [page(f"{name}/{name}.md", "", "") for name in "abcdefgh"]
"""Pages without words, each in a folder of its own."""
A, B, C, D = (one.uri for one in EMPTY[:4])


def strengths(pages: list[Page], arrows: list[Arrow], **weights: float) -> dict[int, float]:
    """Return the strengths for the first page."""
    site = model_site(
        graph_of(pages, arrows), TermStatistics(), replace(RankingWeights(), list_damping=0, **weights)
    )
    return PageView.of(site, 0).strengths()


def test_one_link_is_a_step_with_all_of_its_part() -> None:
    assert strengths(EMPTY, [(A, B)]) == pytest.approx({1: math.sqrt(0.8 * 0.4)})


def test_the_breadth_of_a_page_makes_up_for_its_many_links() -> None:
    two = strengths(EMPTY, [(A, B), (A, C)])
    assert two == pytest.approx({1: math.sqrt(0.8 * 2 * 0.2), 2: math.sqrt(0.8 * 2 * 0.2)})


def test_a_second_step_leads_on() -> None:
    onward = 0.6 / 2  # from B there are two ways, one of which goes back
    assert strengths(EMPTY, [(A, B), (B, C)])[2] == pytest.approx(math.sqrt(0.8 * 0.4 * onward))


def test_a_list_is_damped_by_its_links() -> None:
    site = model_site(graph_of(EMPTY, [(B, A), (B, C), (B, D)]), TermStatistics(), RankingWeights())
    found = PageView.of(site, 0).strengths()
    assert found[1] == pytest.approx(math.sqrt(0.8 * 0.4 * 4**-0.1))
    assert found[2] == pytest.approx(math.sqrt(0.8 * 0.4 * 0.6 / 3))


def test_a_page_in_the_same_folder_is_boosted() -> None:
    pages = [page("x/a.md", "", ""), page("x/b.md", "", ""), page("y/c.md", "", ""), *EMPTY]
    found = strengths(pages, [("x/a.md", "x/b.md"), ("x/a.md", "y/c.md")])
    assert found[1] / found[2] == pytest.approx(1.1)  # 1.05 on a site that says nothing, rounded


TEXTS = [page(f"{name}/{name}.md", f"alpha beta gamma own{name}", "") for name in "abc"]


def test_what_all_neighbours_link_to_is_likely_to_be_of_use() -> None:
    arrows: list[Arrow] = [(B, "h/h.md"), (C, "h/h.md")]
    pages = [*TEXTS, *EMPTY[3:], *(page(f"z{number}.md", "", "") for number in range(40))]
    with_them, without = (strengths(pages, arrows, neighbour_links=weight)[7] for weight in (0.55, 0))
    assert with_them - without == pytest.approx(0.55)
    (half, none) = (strengths(pages, arrows[:1], neighbour_links=weight)[7] for weight in (0.55, 0))
    assert half - none == pytest.approx(0.55 * math.sqrt(0.5), abs=0.01)


def test_a_word_in_both_titles_and_no_others_adds_its_weight() -> None:
    titled = [replace(EMPTY[0], title="Orchid"), replace(EMPTY[1], title="Orchid"), *EMPTY[2:]]
    with_it, without = strengths(titled, [(B, A)])[1], strengths(titled, [(B, A)], title_word=0)[1]
    assert with_it - without == pytest.approx(0.1 * (1 - math.log(2) / math.log(8)))


def scores(arrows: list[Arrow], **settings: float) -> list[tuple[str, float]]:
    found = relate(graph_of(EMPTY, arrows), RelatedSettings(skip_linked=False, **settings))  # type: ignore[arg-type]
    return [(one.page, one.score) for one in found[A]]


def test_a_score_is_one_minus_e_to_the_square_of_the_strength() -> None:
    expected = round(1 - math.exp(-0.8 * 0.4), 4)
    assert scores([(A, B)]) == [(B, expected)]
    assert scores([(A, B)], min_score=expected) == [(B, expected)]
    assert scores([(A, B)], min_score=expected + 0.0001) == []


def test_a_page_that_only_its_text_is_related_to_has_no_reason_of_links() -> None:
    pages = [*TEXTS[:2], *(page(f"z{number}.md", "", "") for number in range(60))]
    (found,) = relate(graph_of(pages), RelatedSettings())[A]
    assert found.reasons == (Reason("shared_terms", ("alpha", "gamma", "beta")),)


def test_at_most_three_neighbours_are_named_the_strongest_first() -> None:
    pages = [page(f"{name}.md", "", name.upper()) for name in "abcdefg"]
    arrows: list[Arrow] = [("a.md", f"{name}.md") for name in "bcde"]
    arrows += [(f"{name}.md", "f.md") for name in "bcde"]
    arrows += [("b.md", "g.md"), ("c.md", "g.md"), ("e.md", "g.md")]
    (first, *_) = related(graph_of(pages, arrows), "a.md")
    assert (first.page, first.reasons) == ("f.md", (Reason("shared_neighbours", ("D", "B", "C")),))


def test_reasons_are_sorted_by_what_they_count() -> None:
    """The texts of the first two pages are alike, and both link to a third one."""
    pages = [*TEXTS[:2], *EMPTY[2:], *(page(f"z{number}.md", "", "") for number in range(60))]
    pages[2] = replace(pages[2], title="Third")
    (found,) = related(graph_of(pages, [(A, C), (B, C)]), A)
    assert [reason.kind for reason in found.reasons] == ["shared_terms", "shared_neighbours"]
    arrows: list[Arrow] = [(A, B), (B, A), (A, C), (B, C)]
    linked = related(graph_of(pages, arrows), A, skip_linked=False)
    (of_second,) = (found.reasons for found in linked if found.page == B)
    assert [reason.kind for reason in of_second] == ["links_here", "linked_from_here", "shared_terms"]


def test_a_mention_is_named_first_and_its_words_only_once() -> None:
    pages = [page("a.md", "Ask the night porter about lanterns", "Keys")]
    pages += [page("b.md", "Lanterns by night: the porter", "Night porter")]
    pages += [page(f"z{number}.md", "", "") for number in range(60)]
    (found,) = related(graph_of(pages), "a.md")
    assert found.reasons == (Reason("shared_terms", ("Night porter", "Lanterns", "the")),)


@pytest.mark.parametrize(
    ("size", "names"),
    [(60, ("lantern", "cats", "LUMI")), (20, ("lantern", "LUMI"))],
)
def test_short_words_are_named_last_and_on_a_small_site_not_at_all(size: int, names: tuple[str, ...]) -> None:
    pages = [page(f"{name}.md", "dog cats lantern LUMI", "") for name in "ab"]
    pages += [page(f"z{number}.md", "", "") for number in range(size)]
    (found,) = related(graph_of(pages), "a.md")
    assert found.reasons == (Reason("shared_terms", names),)


def test_pins_do_not_hide_their_near_duplicates_from_the_page_itself() -> None:
    pages = [page("a.md", "", ""), page("v1/b.md", "words of b", "B"), page("v2/b.md", "words of b", "B")]
    pages += [page(f"z{number}.md", "", "") for number in range(9)]
    pages[0] = replace(pages[0], pinned=(PageUri("v2/b.md"),))
    graph = graph_of(pages, [("v1/b.md", "a.md"), ("v2/b.md", "a.md")])
    assert uris(related(graph, "a.md")) == ["v2/b.md"]


def view_of(pages: list[Page], arrows: list[Arrow]) -> PageView:
    return PageView.of(model_site(graph_of(pages, arrows), TermStatistics(), RankingWeights()), 0)


def test_a_path_is_as_strong_as_its_second_step_and_what_its_neighbour_links_to() -> None:
    """The second and the third page read like the first, which links to the fourth; all link to the last."""
    pages = [*TEXTS, page("d.md", "", ""), page("e.md", "", "")]
    pages += [page(f"z{number}.md", "", "") for number in range(60)]
    view = view_of(pages, [(A, "d.md"), (B, "e.md"), (C, "e.md"), ("d.md", "e.md")])
    steps = {step.via: step.weight * step.onward[4] for step in view.second_steps}
    shares = dict(view.neighbours)
    expected = {3: steps[3], **{page: steps[page] + 0.55**2 / view.scale * shares[page] for page in (1, 2)}}
    assert _via(view, 4) == pytest.approx(expected)
    assert [*shares] == [1, 2]


def test_what_a_neighbour_links_to_counts_without_a_second_step() -> None:
    view = view_of([*TEXTS, *(page(f"z{number}.md", "", "") for number in range(60))], [(B, "z7.md")])
    without = replace(view, second_steps=())
    assert _via(without, 10) == pytest.approx({1: 0.55**2 / view.scale * dict(view.neighbours)[1]})


def test_shared_terms_add_up_over_title_and_text() -> None:
    pages = [page(f"{name}.md", "alpha alpha beta", "Beta") for name in "ab"]
    view = view_of([*pages, *(page(f"z{number}.md", "", "") for number in range(60))], [])
    alpha, beta = (1 + math.log(2)) ** 2, (1 + math.log(4)) ** 2
    text = {"alpha": 0.9 * alpha / (alpha + beta), "beta": 0.9 * beta / (alpha + beta) + 0.1}
    assert _weights_of_shared(view, 1) == pytest.approx(text)


def test_a_link_counts_what_the_step_weighs_without_the_text() -> None:
    """Among five links it is less than the text: .4 × 6 / 10 of .5 × .5."""
    pages = [*TEXTS[:2], *(page(f"z{number}.md", "", "") for number in range(60))]
    arrows: list[Arrow] = [(A, B), *((A, f"z{number}.md") for number in range(4))]
    linked = related(graph_of(pages, arrows), A, skip_linked=False)
    (kinds,) = ([reason.kind for reason in found.reasons] for found in linked if found.page == B)
    assert kinds == ["shared_terms", "linked_from_here"]


def test_a_pinned_page_says_so_first() -> None:
    pinning = [replace(EMPTY[0], pinned=(C,)), *EMPTY[1:]]
    (found,) = related(graph_of(pinning), A)
    assert found.reasons == (Reason("pinned"),)

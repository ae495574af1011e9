"""Terms of pages and their weights, computed by hand."""

from __future__ import annotations

import math
from array import array

import pytest
from relate.making import changed, graph_of, page

from mkdocs_backlinks.model import Heading
from mkdocs_backlinks.relate.term_statistics import PageTerms, TermCounts, TermStatistics, spellings
from mkdocs_backlinks.relate.vectors import Vector, vectors


def counts(**terms: int) -> TermCounts:
    numbers = {name: number for number, name in enumerate("abcdefgh")}
    return TermCounts(array("i", [numbers[term] for term in terms]), array("i", terms.values()))


NOTHING = counts()


def made(*pages: TermCounts, others: int) -> list[Vector]:
    """Return the vectors of pages with these terms in their texts, on a site with so many others."""
    return vectors([(NOTHING, terms) for terms in (*pages, *[NOTHING] * others)], "abcdefgh")


def test_weights_are_uses_times_rarity_and_their_squares_sum_up_to_the_share_of_the_text() -> None:
    first, second, *_ = made(counts(a=1, b=3), counts(a=2, b=1), others=98)
    a, b = 1.0, 1 + math.log(3)  # times the same rarity, log(100) - 0.5 * round(2 log 2)
    length = math.hypot(a, b) / math.sqrt(0.9)
    assert dict(first.items()) == pytest.approx({1: b / length, 0: a / length})
    assert ([*first.terms], [*second.terms]) == ([1, 0], [0, 1])
    assert first.length == pytest.approx(math.sqrt(0.9))
    assert [*first.title_terms] == []


def test_rarer_terms_weigh_more_in_steps_of_a_half() -> None:
    pages = [counts(a=1, b=1, c=1), counts(a=1, b=1, c=1), counts(b=1, c=1), counts(b=1)]
    (first, *_) = made(*pages, others=96)
    log = math.log(100)
    weights = dict(first.items())
    assert weights[0] / weights[1] == pytest.approx((log - 0.5) / (log - 1.5))
    assert weights[2] / weights[1] == pytest.approx((log - 1.0) / (log - 1.5))
    assert [*first.terms] == [0, 2, 1]


def test_a_term_of_one_page_is_left_out_and_counts_for_the_length() -> None:
    first, *_ = made(counts(a=1, b=1), counts(a=1), others=98)
    alone, shared = math.log(100), math.log(100) - 0.5
    assert dict(first.items()) == pytest.approx({0: shared / math.hypot(alone, shared) * math.sqrt(0.9)})


@pytest.mark.parametrize(
    ("pages", "holders", "tells"),
    [(100, 10, True), (100, 11, False), (20, 5, True), (20, 6, False), (8, 4, True), (8, 5, False)],
)
def test_terms_on_many_pages_tell_nothing(pages: int, holders: int, tells: bool) -> None:
    first, *_ = made(*[counts(a=1)] * holders, others=pages - holders)
    assert bool(first.terms) is tells


def test_the_title_has_a_tenth_and_comes_first() -> None:
    first, *_ = vectors([(counts(c=1), counts(a=1))] * 2 + [(NOTHING, NOTHING)] * 30, "abc")
    assert dict(first.items()) == pytest.approx({2: math.sqrt(0.1), 0: math.sqrt(0.9)})
    assert [*first.terms] == [2, 0]
    assert [*first.title_terms] == [2]


def test_sixty_terms_are_kept_and_of_equal_ones_the_first_in_the_alphabet() -> None:
    many = TermCounts(array("i", range(70)), array("i", [1] * 70))
    names = [f"{99 - number:02}" for number in range(70)]
    first, *_ = vectors([(NOTHING, many)] * 2 + [(NOTHING, NOTHING)] * 30, names)
    assert [*first.terms] == [*range(69, 9, -1)]


def read(**values: object) -> tuple[TermStatistics, PageTerms]:
    statistics = TermStatistics()
    (terms,) = statistics.update(changed(graph_of([page("a.md")]), "a.md", **values))
    return statistics, terms


def by_name(statistics: TermStatistics, counted: TermCounts) -> dict[str, int]:
    return dict(zip((statistics.names[term] for term in counted.terms), counted.counts, strict=True))


def test_words_of_title_headings_and_tags_count_on_top() -> None:
    statistics, terms = read(
        title="Quota", text="Quota of jobs", headings=(Heading("", "Jobs"),), tags=("quota", "units")
    )
    assert by_name(statistics, terms.text) == {"quota": 5, "of": 1, "jobs": 2, "units": 1}
    assert by_name(statistics, terms.title) == {"quota": 1}
    assert set(terms.title.terms).isdisjoint(terms.text.terms)


def test_a_word_of_the_title_counts_once_however_often_it_stands_there() -> None:
    statistics, terms = read(title="Quota, quota", text="")
    assert (by_name(statistics, terms.title), by_name(statistics, terms.text)) == ({"quota": 1}, {"quota": 3})


def test_letters_numbers_and_keys_are_no_terms() -> None:
    statistics, terms = read(title="", text=f"a an 7 7z z7 {'k' * 40} {'k' * 41}")
    assert set(by_name(statistics, terms.text)) == {"an", "z7", "k" * 40}


def test_the_beginning_tells_the_spelling() -> None:
    _, terms = read(text=f"OpenStack {'x' * 486} Rest more")
    assert terms.spelled == {"OpenStack", "x" * 486, "Res"}


def test_of_two_spellings_most_pages_decide_and_then_the_alphabet() -> None:
    def spelled(*words: str) -> PageTerms:
        return PageTerms(page("a.md"), NOTHING, NOTHING, array("i"), frozenset(words))

    pages = [spelled("LUMI", "Quota", "Straße"), spelled("lumi", "quota"), spelled("LUMI")]
    terms = {"lumi", "quota", "strasse"}
    assert spellings(pages, terms) == {"lumi": "LUMI", "quota": "Quota", "strasse": "Straße"}
    assert spellings(pages, {"lumi"}) == {"lumi": "LUMI"}

"""Weights of one and two steps, computed by hand."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.relate.random_walk import SecondStep, Transitions, transitions, two_hop, visited
from mkdocs_backlinks.relate.weights import RankingWeights

DEFAULT = RankingWeights()


def test_links_share_their_part_and_count_more_where_texts_are_similar() -> None:
    steps = transitions({1: 0.0, 2: 0.2}, {}, {}, DEFAULT)
    assert steps.weights == pytest.approx({1: 0.4 * 1 / 4, 2: 0.4 * 3 / 4})
    assert steps.by_text == {}


@pytest.mark.parametrize(
    ("mentioned", "expected"),
    [
        ({1: 0.1, 2: 0.3}, {1: 0.025, 2: 0.075}),
        ({1: 1.0, 2: 1.0}, {1: 0.125, 2: 0.125}),
        ({}, {}),
    ],
)
def test_mentions_get_their_part_where_they_are_strong(
    mentioned: dict[int, float], expected: dict[int, float]
) -> None:
    steps = transitions({}, mentioned, {}, DEFAULT)
    assert steps.weights == pytest.approx(expected)
    assert steps.by_text == pytest.approx(expected)


def test_similar_pages_share_by_the_third_power_and_by_the_nearest() -> None:
    steps = transitions({}, {}, {1: 0.4, 2: 0.2}, DEFAULT)
    assert steps.weights == pytest.approx({1: 0.5 * 0.4 * 8 / 9, 2: 0.5 * 0.4 * 1 / 9})


def test_steps_of_all_kinds_add_up() -> None:
    steps = transitions({1: 0.0}, {1: 0.4, 2: 0.4}, {2: 0.5}, DEFAULT)
    assert steps.weights == pytest.approx({1: 0.4 + 0.1, 2: 0.1 + 0.25})
    assert steps.by_text == pytest.approx({1: 0.1, 2: 0.1 + 0.25})
    assert steps.onward == pytest.approx({1: 0.6 * 0.5 / 0.85, 2: 0.6 * 0.35 / 0.85})


def test_the_strongest_ten_are_taken_as_second_steps_and_of_equal_ones_the_first() -> None:
    steps = transitions(dict.fromkeys(range(20, 8, -1), 0.0) | {30: 0.1}, {}, {}, DEFAULT)
    assert [*steps.onward] == [30, *range(9, 18)]


@pytest.mark.parametrize(("neighbours", "onward"), [(200, 10), (201, 0)])
def test_a_page_with_more_than_200_neighbours_is_not_left_by_a_second_step(
    neighbours: int, onward: int
) -> None:
    assert len(transitions(dict.fromkeys(range(neighbours), 0.0), {}, {}, DEFAULT).onward) == onward


@pytest.mark.parametrize(
    ("weights", "breadth"), [({}, 0.0), ({1: 0.3}, 1.0), ({1: 0.2, 2: 0.2}, 2.0), ({1: 0.3, 2: 0.1}, 1.6)]
)
def test_breadth_is_a_number_of_equal_steps(weights: dict[int, float], breadth: float) -> None:
    assert Transitions(weights, {}, {}).breadth == pytest.approx(breadth)


def test_faint_steps_are_not_followed() -> None:
    onward = {1: {5: 0.5}, 2: {6: 0.5}, 3: {7: 0.5}}
    steps = two_hop({1: 0.02, 2: 0.019, 3: 0.3}, onward.__getitem__)
    assert steps == [SecondStep(1, 0.02, {5: 0.5}), SecondStep(3, 0.3, {7: 0.5})]


def test_a_walk_reaches_pages_by_one_and_by_two_steps_and_never_its_start() -> None:
    second = [SecondStep(1, 0.5, {0: 0.1, 2: 0.2}), SecondStep(3, 0.25, {2: 0.4, 1: 0.6})]
    assert visited({1: 0.5, 3: 0.25}, second, 0) == pytest.approx({1: 0.65, 2: 0.2, 3: 0.25})

"""Phrases of a site and the pages that texts mention with them, computed by hand."""

from __future__ import annotations

import math

import pytest

from mkdocs_backlinks.relate.phrasebook import PageMention, Phrasebook
from mkdocs_backlinks.words import units


def found(book: Phrasebook, text: str) -> list[int]:
    return [*book.find(units(text))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Submit batch jobs", [0]),
        ("batch jobs of arrays and batch jobs", [0, 1]),
        ("batch jobs of arrays", [1]),
        ("arrays", [2]),
        ("array of batch", []),
        ("batch batch jobs", [0]),
        ("jobs of batch arrays", [2]),
        ("batch jobs arrays", [0, 2]),
        ("batch jobs of", [0]),
        ("", []),
    ],
)
def test_the_first_and_longest_phrase_is_found(text: str, numbers: list[int]) -> None:
    book = Phrasebook([("Batch jobs", []), ("Batch jobs of arrays", []), ("arrays", [])])
    assert found(book, text) == numbers


def test_phrases_that_share_their_beginning_are_told_apart() -> None:
    book = Phrasebook([("one two three", []), ("one two four five", []), ("one two", []), ("one", [])])
    texts = ("one two three", "one two four five", "one two four six", "one six")
    assert [found(book, text) for text in texts] == [[0], [1], [2], [3]]


@pytest.mark.parametrize(
    ("title", "is_phrase"),
    [
        ("abc", True),
        ("ab", False),
        ("a b c", True),
        ("é1", True),
        ("a b c d e f g h", True),
        ("a b c d e f g h i", False),
        ("", False),
    ],
)
def test_phrases_are_neither_too_short_nor_too_long(title: str, is_phrase: bool) -> None:
    assert bool(found(Phrasebook([(title, [])]), title)) is is_phrase


def mentions(book: Phrasebook, texts: list[str], linked: dict[int, int]) -> list[dict[int, PageMention]]:
    """Return what each of the texts mentions; `linked` has one successor of some."""
    successors = [frozenset({linked[page]} if page in linked else ()) for page in range(len(texts))]
    return book.mentions([book.find(units(text)) for text in texts], successors)


def rounded(mentioned: dict[int, PageMention]) -> dict[int, tuple[float, str]]:
    return {page: (round(mention.weight, 6), mention.phrase) for page, mention in mentioned.items()}


def test_a_mention_weighs_by_rarity_and_by_the_share_of_holders_that_link_with_it() -> None:
    book = Phrasebook([("Night porter", ["desk"]), ("Keys", []), ("", []), ("", [])])
    of_keys = mentions(book, ["", "ask the night porter", "the desk", "a night porter"], {3: 0})[1]
    rarity = math.log(4 / 2) / math.log(4)
    assert rounded(of_keys) == {0: (round(math.sqrt(rarity * 1 / 3), 6), "Night porter")}


def test_a_link_text_that_others_hold_as_well_weighs_less() -> None:
    book = Phrasebook([("Staff", ["night porter"]), ("", []), ("", []), ("", []), ("", [])])
    weighed = mentions(book, ["", *["night porter"] * 3, ""], {})
    rarity = math.log(5 / 3) / math.log(5)
    assert rounded(weighed[1]) == {0: (round(math.sqrt(rarity * 2 / 4), 6), "night porter")}


def test_a_link_text_that_few_others_hold_weighs_more() -> None:
    book = Phrasebook([("Staff", ["night porter,", "night porter"]), ("", []), ("", []), ("", [])])
    weighed = mentions(book, ["", "night porter", "night porter", ""], {2: 0})
    rarity = math.log(4 / 2) / math.log(4)
    assert rounded(weighed[1]) == {0: (round(math.sqrt(rarity), 6), "night porter")}
    assert rounded(weighed[2]) == {0: (round(math.sqrt(rarity) / 3, 6), "night porter")}


def test_a_phrase_names_pages_with_enough_of_its_votes() -> None:
    book = Phrasebook([("Desk", []), ("Office", ["desk"]), ("", []), ("", [])])
    weighed = mentions(book, ["", "", "desk", ""], {})
    strength = math.sqrt(1 * min(1, 2 / 2))
    assert rounded(weighed[2]) == {
        0: (round(strength * 2 / 3, 6), "Desk"),
        1: (round(strength * 1 / 3, 6), "Desk"),
    }
    book = Phrasebook([("Desk", ["desk"]), ("Office", ["desk"]), ("", []), ("", [])])
    assert [*mentions(book, ["", "", "desk", ""], {})[2]] == [0]


def test_the_strongest_phrase_counts_and_no_page_mentions_itself() -> None:
    book = Phrasebook([("Night porter", ["the man", "the man"]), ("", []), ("", []), ("", [])])
    texts = ["night porter", "the man or night porter", "night porter", ""]
    first, second, *_ = mentions(book, texts, {})
    assert first == {}
    assert second[0].phrase == "the man"


def test_a_word_on_all_pages_names_none() -> None:
    book = Phrasebook([("desk", []), ("", [])])
    assert mentions(book, ["desk", "desk"], {}) == [{}, {}]
    assert mentions(Phrasebook([("desk", [])]), ["desk"], {}) == [{}]


def test_twenty_mentions_are_kept_the_strongest_first_and_of_equal_ones_the_first() -> None:
    book = Phrasebook([*((f"name{number}", []) for number in range(25)), ("", [])])
    text = " ".join(f"name{number}" for number in range(25))
    texts = ["name0", *[""] * 24, text]
    *_, last = mentions(book, texts, {})
    assert [*last] == [*range(1, 21)]

"""Suggestions are few, the likeliest first, and called clear only when one stands out."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.rules.engine.name_index import LIMIT, NameIndex, NameMatches, nearest, similarity

URIS = [
    "index.md",
    "guide/index.md",
    "guide/install.md",
    "guide/configuration.md",
    "reference/configuration.md",
    "tutorials/first.md",
    "tutorials/README.md",
    *(f"versions/{number}/overview.md" for number in range(6)),
]
NAMES = NameIndex.of_pages(
    Page(uri=PageUri(uri), url=uri.removesuffix(".md") + "/", title=uri) for uri in URIS
)


@pytest.mark.parametrize(
    ("asked", "matches"),
    [
        ("guide/install", NameMatches(("guide/install.md",), clear=True)),
        ("GUIDE/Install.HTML", NameMatches(("guide/install.md",), clear=True)),
        ("guide/install.htm", NameMatches(("guide/install.md",), clear=True)),
        ("guide/install.markdown", NameMatches(("guide/install.md",), clear=True)),
        ("guide/install/", NameMatches(("guide/install.md",), clear=True)),
        ("guide/index.html", NameMatches(("guide/index.md",), clear=True)),
        ("guide/README.md", NameMatches(("guide/index.md",), clear=True)),
        ("tutorials/index.md", NameMatches(("tutorials/README.md",), clear=True)),
        ("guide/instal.md", NameMatches(("guide/install.md",), clear=True)),
        ("howto/install.md", NameMatches(("guide/install.md",), clear=True)),
        (
            "giude/configuration.md",
            NameMatches(("guide/configuration.md", "reference/configuration.md"), clear=True),
        ),
        ("configuration.md", NameMatches(("guide/configuration.md", "reference/configuration.md"))),
        ("guide/zzz.md", NameMatches()),
        ("", NameMatches(("index.md",), clear=True)),
    ],
)
def test_like(asked: str, matches: NameMatches) -> None:
    assert NAMES.similar((asked,)) == matches


def test_a_name_that_many_pages_have_gives_few_suggestions_and_no_clear_one() -> None:
    guess = NAMES.similar(("old/overview.md",))
    assert len(guess.names) == LIMIT
    assert not guess.clear


def test_every_reading_is_looked_for() -> None:
    assert NAMES.similar(("zzz/zzz.md", "guide/instal.md")).names == ("guide/install.md",)


def test_near_words_are_sorted_by_likeness() -> None:
    assert nearest("instal", ["uninstall", "Install", "zzz", "installed"], 0.6) == (
        "Install",
        "installed",
        "uninstall",
    )


def index_of(*names: str) -> NameIndex:
    return NameIndex((name, name) for name in names)


def test_names_of_one_key_are_sorted_and_none_is_clear() -> None:
    names = index_of("a/readme.md", "a/index.md", "a.md", "a.html")
    assert names.similar(("a/",)) == NameMatches(("a.html", "a.md", "a/index.md"))


def test_equal_scores_are_sorted_by_name() -> None:
    names = index_of(*(f"{folder}/install.md" for folder in "cbad"))
    assert names.similar(("x/install.md",)).names == ("a/install.md", "b/install.md", "c/install.md")


def test_a_file_name_that_is_just_near_enough() -> None:
    assert index_of("x/abcd.md").similar(("x/abce.md",)).names == ("x/abcd.md",)
    assert index_of("x/abcd.md").similar(("x/abef.md",)).names == ()


def test_the_nearest_of_many_candidates_is_among_those_compared() -> None:
    names = index_of("p/zonfiguration.md", *(f"p/configurations-{number:02}.md" for number in range(20)))
    assert names.similar(("p/bonfiguration.md",)).names[0] == "p/zonfiguration.md"


def test_names_in_other_case_are_sorted_and_none_where_one_is_right() -> None:
    names = index_of("b/A.png", "B/a.png", "B/A.png", "docs/Guide/index.html")
    assert names.in_other_case(("x", "b/a.png")) == ("B/A.png", "B/a.png", "b/A.png")
    assert names.in_other_case(("b/a.png", "b/A.png")) == ()
    assert names.in_other_case(("docs/guide/",)) == ("docs/Guide/index.html",)
    assert names.in_other_case(("docs/Guide",)) == ()


def test_a_file_is_known_by_the_last_part_of_its_path() -> None:
    names = index_of("b/A.png", "docs/Guide/index.html")
    assert names.has_file("x/y/a.PNG")
    assert names.has_file("guide")
    assert not names.has_file("b")


def test_a_word_is_near_from_the_cutoff_on_and_equals_are_sorted() -> None:
    assert nearest("ABCD", ["abcf", "abce"], 0.75) == ("abce", "abcf")
    assert nearest("abcd", ["abce"], 0.76) == ()
    assert nearest("abcd", ["dcba"], 0.75) == ()
    assert nearest("abcd", ["abcd1", "abcd2", "abcd3", "abcd"], 0.5) == ("abcd", "abcd1", "abcd2")


def test_long_words_are_compared_letter_by_letter() -> None:
    assert similarity("ab" * 150, "ab" * 149 + "c") > 0.9
    assert nearest("ab" * 150, ["ab" * 149 + "c"], 0.9)
    assert similarity("", "a") == 0

"""Suggestions are few, the likeliest first, and called clear only when one stands out."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.rules.engine.name_index import LIMIT, Guess, Names, near

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
NAMES = Names.of_pages(
    LinkGraph.of([Page(uri=PageUri(uri), url=uri.removesuffix(".md") + "/", title=uri) for uri in URIS], [])
)


@pytest.mark.parametrize(
    ("asked", "guess"),
    [
        ("guide/install", Guess(("guide/install.md",), clear=True)),
        ("GUIDE/Install.HTML", Guess(("guide/install.md",), clear=True)),
        ("guide/README.md", Guess(("guide/index.md",), clear=True)),
        ("tutorials/index.md", Guess(("tutorials/README.md",), clear=True)),
        ("guide/instal.md", Guess(("guide/install.md",), clear=True)),
        ("howto/install.md", Guess(("guide/install.md",), clear=True)),
        (
            "giude/configuration.md",
            Guess(("guide/configuration.md", "reference/configuration.md"), clear=True),
        ),
        ("configuration.md", Guess(("guide/configuration.md", "reference/configuration.md"))),
        ("guide/zzz.md", Guess()),
        ("", Guess(("index.md",), clear=True)),
    ],
)
def test_like(asked: str, guess: Guess) -> None:
    assert NAMES.like((asked,)) == guess


def test_a_name_that_many_pages_have_gives_few_suggestions_and_no_clear_one() -> None:
    guess = NAMES.like(("old/overview.md",))
    assert len(guess.names) == LIMIT
    assert not guess.clear


def test_every_reading_is_looked_for() -> None:
    assert NAMES.like(("zzz/zzz.md", "guide/instal.md")).names == ("guide/install.md",)


def test_near_words_are_sorted_by_likeness() -> None:
    assert near("instal", ["uninstall", "Install", "zzz", "installed"], 0.6) == (
        "Install",
        "installed",
        "uninstall",
    )

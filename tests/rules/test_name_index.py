"""Suggestions are few, the likeliest first, and called clear only when one stands out."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.rules.engine.name_index import LIMIT, NameIndex, NameMatches, nearest

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

"""Text of a page on another page: it does no harm, and is not too long."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.inject.safe_text import WIDTH, clean, shorten, shorten_excerpt
from mkdocs_backlinks.model import Excerpt


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("as it is", "as it is"),
        ("two  spaces   or more", "two spaces or more"),
        ("a\n  b\tc", "a b c"),
        ("nul \x00, escape \x1b[31m, delete \x7f", "nul , escape [31m, delete "),
        ("line\u2028separator", "line separator"),
        ("safe \u202egnp.exe", "safe gnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("marks \u200f stay\u200e", "marks \u200f stay\u200e"),
        ("no-break\u00a0space stays", "no-break\u00a0space stays"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters(codec=None)))
def test_clean_text_holds_no_control(text: str) -> None:
    cleaned = clean(text)
    controls = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned)
    assert not controls & set(map(unicodedata.bidirectional, cleaned))
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("excerpt", "shortened"),
    [
        pytest.param(Excerpt("See ", "this", "."), Excerpt("See ", "this", "."), id="short"),
        pytest.param(Excerpt("a", "x" * 198, "b"), Excerpt("a", "x" * 198, "b"), id="just short enough"),
        pytest.param(
            Excerpt("x" * 100, "", " y" * 150),
            Excerpt("x" * 100, "", " y" * 50 + "…"),
            id="one side just fits",
        ),
        pytest.param(
            Excerpt("", "This", " word" * 100), Excerpt("", "This", " word" * 39 + "…"), id="link first"
        ),
        pytest.param(
            Excerpt("word " * 100, "this", "."), Excerpt("…" + "word " * 39, "this", "."), id="link last"
        ),
        pytest.param(
            Excerpt("word " * 100, "this", " word" * 100),
            Excerpt("…" + "word " * 19, "this", " word" * 19 + "…"),
            id="link in the middle",
        ),
        pytest.param(
            Excerpt("", "x" * 300, ""), Excerpt("", "x" * 120 + "…", ""), id="link text without a border"
        ),
        pytest.param(
            Excerpt("排" * 100, "调度", "队" * 100),
            Excerpt("…" + "排" * 49, "调度", "队" * 49 + "…"),
            id="wide characters count twice",
        ),
        pytest.param(
            Excerpt("排" * 80 + "Kubernetes" + "排" * 44, "调度", "队" * 100),
            Excerpt("…" + "排" * 44, "调度", "队" * 49 + "…"),
            id="a Latin word among wide characters stays whole",
        ),
        pytest.param(
            Excerpt("", "x", "e\u0301" * 200),
            Excerpt("", "x", "e\u0301" * 99 + "…"),
            id="an accent stays on its letter",
        ),
    ],
)
def test_shorten_excerpt(excerpt: Excerpt, shortened: Excerpt) -> None:
    assert shorten_excerpt(excerpt) == shortened


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("x" * 200, "x" * 200),
        ("word " * 40 + "x", "word " * 39 + "word…"),
        ("x" * 201, "x" * 200 + "…"),
        ("排" * 101, "排" * 100 + "…"),
        ("é" * 201, "é" * 200 + "…"),
        (("排" * 8 + "x" * 8) * 10, ("排" * 8 + "x" * 8) * 10),
        ("x " + "y" * 300, "x " + "y" * 198 + "…"),
        ("x" * 170 + " " + "y" * 100, "x" * 170 + "…"),
        ("x" * 169 + " " + "y" * 100, "x" * 169 + " " + "y" * 30 + "…"),
    ],
)
def test_shorten(text: str, shortened: str) -> None:
    assert shorten(text) == shortened


@given(st.builds(Excerpt, st.text(max_size=400), st.text(max_size=400), st.text(max_size=400)))
def test_a_shortened_excerpt_is_what_stands_around_the_link(excerpt: Excerpt) -> None:
    shortened = shorten_excerpt(excerpt)
    assert len(str(shortened)) <= WIDTH + 3
    assert excerpt.before.endswith(shortened.before.removeprefix("…"))
    assert excerpt.text.startswith(shortened.text.removesuffix("…"))
    assert excerpt.after.startswith(shortened.after.removesuffix("…"))

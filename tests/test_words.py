"""Texts fall into words and terms in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.words import _units_of_any_script, bigrams, merge_bigrams, token_spans, units, words

TERMS = [
    ("Get-ChildItem lists about_Hash_Tables", ["get", "childitem", "lists", "about", "hash", "tables"]),
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("cafe\u0301 café", ["café", "café"]),
    ("ﬁle ＡＢＣ", ["file", "abc"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("עִבְרִית", ["עִבְרִית"]),
    ("数据库", ["数据", "据库"]),
    ("用 Redis 缓存", ["用", "redis", "缓存"]),
    ("ภาษาไทย", ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย"]),
    ("데이터", ["데이", "이터"]),
    ("カフェ・バー", ["カフ", "フェ", "ェバ", "バー"]),
    ("🎉 ✨ — …", []),
    ("a–b “c”…d’s", ["a", "b", "c", "d", "s"]),
    ("a´b a\u00adb ½ №5", ["a", "a", "b", "1", "2", "no5"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "terms"), TERMS)
def test_terms_of_a_text(text: str, terms: list[str]) -> None:
    assert list(bigrams(units(text))) == terms


@given(st.text(st.characters(exclude_characters="\n"), max_size=20))
def test_the_short_way_for_quotes_and_dashes_finds_the_same(text: str) -> None:
    assert units(text) == _units_of_any_script(text)


def test_words_keep_their_spelling() -> None:
    assert words("OpenStack über-cool, x_y") == ["OpenStack", "über", "cool", "x", "y"]


def test_pairs_that_overlap_become_the_word_that_all_texts_hold() -> None:
    assert merge_bigrams(["数据", "缓存", "据库"], "数据库", "新数据库") == ["数据库", "缓存"]
    assert merge_bigrams(["据库", "数据"], "数据库", "数据库") == ["数据库"]
    assert merge_bigrams(["数据", "据库"], "数据库", "数据 据库") == ["数据", "据库"]
    assert merge_bigrams(["on", "no"], "ono", "ono") == ["on", "no"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two words, x_y", ["Two", "words", "x", "y"]),
        ("Straße ﬁx", ["Straße", "ﬁx"]),
        ("हिन्दी है", ["हिन्दी", "है"]),
        ("用Allas存", ["用", "Allas", "存"]),
        ("cafe\u0301 🎉", ["cafe\u0301"]),
        ("", []),
    ],
)
def test_units_are_found_where_they_stand(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in token_spans(text)] == expected

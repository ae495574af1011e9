"""Texts that say nothing are known in ten languages."""

from __future__ import annotations

import pytest

from mkdocs_backlinks.rules.engine.link_texts import VAGUE_TEXTS, is_vague, normalized

SOME = {
    "de": ("hier", "weiterlesen"),
    "en": ("click", "this website"),
    "es": ("aquí", "ver más"),
    "fr": ("ce lien", "voir plus"),
    "it": ("clicca qui", "scopri di più"),
    "ja": ("ここ", "詳細はこちら"),
    "nl": ("deze link", "meer lezen"),
    "pt": ("aqui", "ver mais"),
    "ru": ("здесь", "читать дальше"),
    "zh": ("这里", "閱讀更多"),
}


def test_there_are_ten_languages() -> None:
    assert SOME.keys() == VAGUE_TEXTS.keys()


@pytest.mark.parametrize(("language", "texts"), SOME.items())
def test_a_text_counts_in_its_language_and_where_the_language_is_not_known(
    language: str, texts: tuple[str, ...]
) -> None:
    for text in texts:
        assert is_vague(text, language)
        assert is_vague(text, f"{language}_XX")
        assert is_vague(text, f"{language.upper()}-XX")
        assert is_vague(text, "")
        assert is_vague(text, "tlh")
        assert is_vague(text, "en") == (language == "en")
        assert not is_vague(text + " x", language)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("...Here!", True),
        ("Click  HERE", True),
        ("ｈｅｒｅ", True),
        ("_here_", True),
        ("here info", False),
    ],
)
def test_ornaments_make_no_difference(text: str, *, is_so: bool) -> None:
    assert is_vague(text, "en") == is_so


def test_as_many_ornaments_count_as_fit_the_longest_text() -> None:
    longest = max((text for texts in VAGUE_TEXTS.values() for text in texts.split(", ")), key=len)
    assert is_vague(longest + "!" * 8, "")
    assert not is_vague(longest + "!" * 9, "")


@pytest.mark.parametrize("language", ["de", "de_AT", "de-AT", "DE"])
def test_a_text_of_another_language_does_not_count(language: str) -> None:
    assert not is_vague("aquí", language)
    assert is_vague("here", language)


def test_normalized() -> None:
    assert normalized(" «ＭORE  info» ") == "more info"

"""Labels of the sections: complete, and in the right plural form, in every language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from babel import Locale

from mkdocs_backlinks.inject.labels import COUNTED, LANGUAGES, LOCALES, NAMES, Words, load_labels, nearest
from mkdocs_backlinks.inject.plurals import Plural, parse_rule
from mkdocs_backlinks.model import Reason

NUMBERS = [*range(250), 999, 1000, 1001, 1_000_000, 1_000_003]
PLACEHOLDERS = {"connected": ["{names}"], "shares": ["{words}"], "pair": ["{0}", "{1}"]}


def table(language: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return content


def test_there_are_many_languages() -> None:
    assert len(LANGUAGES) >= 20


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_language_has_every_word(language: str) -> None:
    words = table(language)["words"]
    assert words.keys() == NAMES
    for name, word in words.items():
        assert isinstance(word, str) or name in COUNTED
        for text in [word] if isinstance(word, str) else word.values():
            assert text.strip() or name == "comma"
            assert all(mark in text for mark in PLACEHOLDERS.get(name, []))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_language_has_the_plurals_of_cldr(language: str) -> None:
    rules = table(language)["plural"]
    expected = Locale.parse(language, sep="-").plural_form
    kind = Plural(
        {kind: kind for kind in [*rules, "other"]},
        {category: parse_rule(rule) for category, rule in rules.items()},
    )
    assert [kind(number) for number in NUMBERS] == [expected(number) for number in NUMBERS]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_counted_word_has_a_form_for_each_number_of_pages(language: str) -> None:
    expected = Locale.parse(language, sep="-").plural_form
    for name in COUNTED:
        word = table(language)["words"][name]
        if not isinstance(word, str):
            assert {expected(number) for number in range(1, 1000)} <= word.keys()
            assert "{n}" in word["other"]


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "linked from 1 page"),
        ("en", 21, "linked from 21 pages"),
        ("pl", 1, "linkuje tu 1 strona"),
        ("pl", 22, "linkują tu 22 strony"),
        ("pl", 12, "linkuje tu 12 stron"),
        ("ru", 21, "21 страница ссылается сюда"),
        ("ro", 20, "20 de pagini trimit aici"),
        ("ar", 2, "روابط من صفحتين"),
        ("ja", 3, "3 ページからリンク"),
    ],
)
def test_a_number_has_its_form(language: str, count: int, said: str) -> None:
    assert load_labels(language).linked_from(count) == said


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_CH", "de"),
        ("pt-BR", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt-PT", "pt"),
        ("zh-Hans", "zh"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-TW"),
        ("zh-HK", "zh-TW"),
        ("zh_MO", "zh-TW"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("in", "id"),
        ("iw", "he"),
        ("tlh", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_is_chosen(code: str, language: str) -> None:
    assert nearest(code) == language


def test_the_author_s_words_go_first() -> None:
    own: dict[str, Words] = {
        "en": {"backlinks": "Cited by"},
        "de": {"more": {"one": "noch eine", "other": "noch {n}"}},
    }
    assert load_labels("en-GB", own).backlinks == "Cited by"
    assert load_labels("de", own).backlinks == "Rückverweise"
    assert [load_labels("de", own).more(count) for count in (1, 2)] == ["noch eine", "noch 2"]


def test_the_nearest_of_the_author_s_languages_goes_first() -> None:
    own = {"pt-BR": {"related": "Leia também"}, "pt": {"related": "Leia ainda", "page": "Folha"}}
    assert (load_labels("pt-br", own).related, load_labels("pt-br", own).page) == ("Leia também", "Folha")


def test_the_author_may_add_a_language() -> None:
    assert load_labels("eo", {"eo": {"backlinks": "Retroligoj"}}).backlinks == "Retroligoj"


@pytest.mark.parametrize(
    ("language", "reason", "said"),
    [
        ("de", Reason("shared_neighbours", ("A", "B", "C")), "verbunden über A und B"),
        ("ja", Reason("shared_neighbours", ("A", "B")), "AとBを通じて関連"),
        ("en", Reason("shared_neighbours", ("{1}", "{0}{n}")), "connected through {1} and {0}{n}"),
        ("ja", Reason("shared_terms", ("A", "B")), "共通：A、B"),
        ("fr", Reason("links_here"), "contient un lien vers cette page"),
        ("fr", Reason("pinned"), ""),
        ("fr", Reason("shared_terms"), ""),
    ],
)
def test_reasons_are_said_in_the_language(language: str, reason: Reason, said: str) -> None:
    assert load_labels(language).reason(reason) == said


@pytest.mark.parametrize("rule", ["", "i = 1", "n = x", "n within 0..1"])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"plural rule|invalid literal"):
        parse_rule(rule)

"""The words of the sections themselves, in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from mkdocs_backlinks.inject.plurals import Plural, PluralRule, parse_rule
from mkdocs_backlinks.model import Reason

LOCALES = Path(__file__).parent / "locales"
"""One file for each language: its plural rules and its words."""

LANGUAGES = frozenset(path.stem for path in LOCALES.glob("*.json"))

COUNTED = frozenset({"more", "all", "and_more", "linked_from", "pages"})
"""The labels that hold a number, as `{n}`: they may have several forms."""

_ALIASES = {
    "in": "id",
    "iw": "he",
    "nn": "nb",
    "no": "nb",
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-mo": "zh-TW",
}

Words = Mapping[str, "str | Mapping[str, str]"]
"""The words of one language by name; those with a number may have a form for each plural category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of the sections in one language, as plain text; a `Plural` is called with the number."""

    backlinks: str
    related: str
    more: Plural
    all: Plural
    and_more: Plural
    linked_from: Plural
    links_here: str
    linked_from_here: str
    connected: str
    shares: str
    pair: str
    comma: str
    around: str
    graph: str
    find: str
    zoom_in: str
    zoom_out: str
    whole: str
    page: str
    section: str
    links_in: str
    links_out: str
    orphan: str
    pages: Plural

    def reason(self, reason: Reason) -> str:
        """Return in words why a page is related; "" for a page that its author chose."""
        match reason.kind:
            case "links_here":
                return self.links_here
            case "linked_from_here":
                return self.linked_from_here
            case "shared_neighbours" if reason.names:
                return self.connected.replace("{names}", self._pair(reason.names))
            case "shared_terms" if reason.names:
                return self.shares.replace("{words}", self.comma.join(reason.names[:3]))
        return ""

    def _pair(self, names: tuple[str, ...]) -> str:
        if len(names) == 1:
            return names[0]
        before, _, rest = self.pair.partition("{0}")
        between, _, after = rest.partition("{1}")
        return before + names[0] + between + names[1] + after


NAMES = frozenset(field.name for field in fields(Labels))


def load_labels(language: str, overrides: Mapping[str, Words] | None = None) -> Labels:
    """Return the labels of a language such as `pt-BR`, or of the nearest one of `LANGUAGES`.

    `overrides` are the author's words by language: those of `pt` count for `pt-BR` as well.
    """
    table = json.loads((LOCALES / f"{nearest(language)}.json").read_text(encoding="utf-8"))
    words = dict(table["words"])
    overrides_by_code = {_normalised(code): own_words for code, own_words in (overrides or {}).items()}
    for code in reversed(_codes(language)):
        words.update(overrides_by_code.get(code, {}))
    rules = {category: parse_rule(rule) for category, rule in table["plural"].items()}
    return Labels(**{name: _label(name, word, rules) for name, word in words.items()})  # type: ignore[arg-type]


def nearest(language: str) -> str:
    """Return the one of `LANGUAGES` that is shown for a language code, in doubt English."""
    languages = {code.lower(): code for code in LANGUAGES} | _ALIASES
    return next((languages[code] for code in _codes(language) if code in languages), "en")


def _codes(language: str) -> list[str]:
    """Return the code and those of the languages that it is part of: `zh-hant-tw`, `zh-hant`, `zh`."""
    parts = _normalised(language).split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _normalised(code: str) -> str:
    return code.lower().replace("_", "-")


def _label(name: str, word: str | Mapping[str, str], rules: Mapping[str, PluralRule]) -> str | Plural:
    if name not in COUNTED:
        return str(word)
    return Plural({"other": word} if isinstance(word, str) else word, rules)


ENGLISH = load_labels("en")

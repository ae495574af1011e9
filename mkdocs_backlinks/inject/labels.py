"""Every word that the sections say by themselves, in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from mkdocs_backlinks.inject.plurals import Plural, Rule, parse
from mkdocs_backlinks.model import Reason

LOCALES = Path(__file__).parent / "locales"
"""One file for each language: its plural rules and its words."""

LANGUAGES = frozenset(path.stem for path in LOCALES.glob("*.json"))

COUNTED = frozenset({"more", "all", "and_more", "linked_from", "pages"})
"""The labels that say a number, as `{n}`: they may have several forms."""

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
"""The words of one language by name; one that says a number may have a form for each plural category."""


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
        """Why a page is related; empty where nothing need be said."""
        match reason.kind:
            case "links_here":
                return self.links_here
            case "linked_from_here":
                return self.linked_from_here
            case "shared_neighbours" if reason.names:
                return self.connected.replace("{names}", self._both(reason.names))
            case "shared_terms" if reason.names:
                return self.shares.replace("{words}", self.comma.join(reason.names[:3]))
        return ""

    def _both(self, names: tuple[str, ...]) -> str:
        if len(names) == 1:
            return names[0]
        before, _, rest = self.pair.partition("{0}")
        between, _, after = rest.partition("{1}")
        return before + names[0] + between + names[1] + after


NAMES = frozenset(field.name for field in fields(Labels))


def load_labels(language: str, own: Mapping[str, Words] | None = None) -> Labels:
    """The labels of a language such as `pt-BR`, or of the nearest that there is, at last English.

    `own` are the author's words by language: they count for that language, and `pt` for `pt-BR` as well.
    """
    table = json.loads((LOCALES / f"{nearest(language)}.json").read_text(encoding="utf-8"))
    given = {_code(code): words for code, words in (own or {}).items()}
    words = dict(table["words"])
    for code in reversed(_wider(language)):
        words.update(given.get(code, {}))
    rules = {kind: parse(rule) for kind, rule in table["plural"].items()}
    return Labels(**{name: _label(name, word, rules) for name, word in words.items()})  # type: ignore[arg-type]


def nearest(language: str) -> str:
    """The language of `LANGUAGES` that is shown for the code of another."""
    known = {code.lower(): code for code in LANGUAGES}
    for code in _wider(language):
        if found := known.get(code) or _ALIASES.get(code):
            return found
    return "en"


def _wider(language: str) -> list[str]:
    """The code itself and those that it is a part of: `zh-hant-tw`, `zh-hant`, `zh`."""
    parts = _code(language).split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _code(language: str) -> str:
    return language.lower().replace("_", "-")


def _label(name: str, word: str | Mapping[str, str], rules: Mapping[str, Rule]) -> str | Plural:
    if name not in COUNTED:
        return str(word)
    return Plural({"other": word} if isinstance(word, str) else word, rules)


ENGLISH = load_labels("en")

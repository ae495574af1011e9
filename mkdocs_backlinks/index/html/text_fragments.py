"""Finds the text on a page that a text fragment asks for: `#:~:text=[prefix-,]start[,end][,-suffix]`.

Source: https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from mkdocs_backlinks.index.html.text_runs import runs

DIRECTIVES = ":~:"
"""The divider between the name of an element and the directives to the browser."""

_TEXT = "text="
_SPACE = re.compile(r"\s+")
_LETTERS_BETWEEN = "'’.·"
_FIGURES_BETWEEN = "'’.,;"
# Scripts that put no space between words: there, a word may end anywhere.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)

_Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextDirective:
    """A text to be found, percent-decoded: from `start` to `end`, behind `prefix` and before `suffix`."""

    start: str
    end: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    def __str__(self) -> str:
        """The directive as it stands in a fragment."""
        prefix = f"{_encoded(self.prefix)}-," if self.prefix else ""
        end = f",{_encoded(self.end)}" if self.end else ""
        suffix = f",-{_encoded(self.suffix)}" if self.suffix else ""
        return f"{_TEXT}{prefix}{_encoded(self.start)}{end}{suffix}"


def directives(fragment: str) -> Mapping[str, TextDirective | None]:
    """The text directives of a fragment that is given without its `#`, as written; None for a malformed one.

    Source: https://wicg.github.io/scroll-to-text-fragment/#parse-a-text-directive
    """
    written = fragment.partition(DIRECTIVES)[2].split("&")
    return {text: _directive(text.removeprefix(_TEXT)) for text in written if text.startswith(_TEXT)}


def _directive(value: str) -> TextDirective | None:
    tokens = value.split(",")
    if not all(tokens):
        return None
    prefix = unquote(tokens.pop(0)[:-1]) if tokens[0].endswith("-") else None
    suffix = unquote(tokens.pop()[1:]) if tokens and tokens[-1].startswith("-") else None
    if len(tokens) not in (1, 2) or "" in (prefix, suffix):
        return None
    start, *end = map(unquote, tokens)
    return TextDirective(start, end[0] if end else None, prefix, suffix)


def _encoded(part: str) -> str:
    return quote(part, safe="").replace("-", "%2D")


@dataclass(frozen=True, slots=True)
class _TextRange:
    start: _Position
    end: _Position


@dataclass(frozen=True, slots=True)
class SearchableText:
    """The text of a page as a reader can search it; no text goes on from one of the `runs` to the next."""

    runs: tuple[str, ...]
    _folded: tuple[str, ...]

    @classmethod
    def of(cls, html: str) -> SearchableText:
        """The text of a finished page."""
        texts = tuple(runs(html))
        return cls(texts, tuple(map(_fold, texts)))

    def has(self, wanted: TextDirective) -> bool:
        """True if a browser would find the text.

        Source: https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive
        """
        ends_word = wanted.end is not None or wanted.suffix is None
        at: _Position | None = (0, 0)
        while at is not None:
            at, match = self._begin(wanted, at, ends_word=ends_word)
            if match is None:
                continue
            if self._goes_on(wanted, match.end):
                return True
            # The end was looked for on all the rest of the page.
            if wanted.end is not None:
                return False
        return False

    def _begin(
        self, wanted: TextDirective, at: _Position, *, ends_word: bool
    ) -> tuple[_Position | None, _TextRange | None]:
        """The position to go on from, if any, and the first range from `at` on that may be the start."""
        first = self._find(wanted.prefix or wanted.start, at, ends_word=wanted.prefix is None and ends_word)
        if first is None:
            return None, None
        after = (first.start[0], first.start[1] + 1)
        if wanted.prefix is None:
            return after, first
        return after, self._next(wanted.start, first.end, ends_word=ends_word)

    def _goes_on(self, wanted: TextDirective, at: _Position) -> bool:
        """True if the end and the suffix follow, as far as they are asked for."""
        if wanted.end is None:
            return self._is_before(wanted.suffix, at)
        while end := self._find(wanted.end, at, ends_word=wanted.suffix is None):
            at = end.end
            if self._is_before(wanted.suffix, at):
                return True
        return False

    def _is_before(self, suffix: str | None, at: _Position) -> bool:
        return suffix is None or self._next(suffix, at, ends_word=True) is not None

    def _find(self, text: str, at: _Position, *, ends_word: bool) -> _TextRange | None:
        """The first place from a position on where the text stands, from the beginning of a word."""
        text = _fold(text)
        first, offset = at
        for number in range(first, len(self._folded)) if text else ():
            run = self._folded[number]
            while (offset := run.find(text, offset)) >= 0:
                end = offset + len(text)
                if _is_boundary(run, offset) and (not ends_word or _is_boundary(run, end)):
                    return _TextRange((number, offset), (number, end))
                offset += 1
            offset = 0
        return None

    def _next(self, text: str, at: _Position, *, ends_word: bool) -> _TextRange | None:
        """The range of the text, if it is the next after a position and white space."""
        text, (number, offset) = _fold(text), at
        while number < len(self._folded) and not self._folded[number][offset:].strip():
            number, offset = number + 1, 0
        if number == len(self._folded):
            return None
        run = self._folded[number]
        offset += len(run[offset:]) - len(run[offset:].lstrip())
        end = offset + len(text)
        if not text or not run.startswith(text, offset) or (ends_word and not _is_boundary(run, end)):
            return None
        return _TextRange((number, offset), (number, end))


def _fold(text: str) -> str:
    """A text as it is compared: without case, accents and the kinds of white space."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACE.sub(" ", text).casefold()


def _is_boundary(text: str, at: int) -> bool:
    """True if a word may begin or end at a position (Unicode Standard Annex #29, section 4.1)."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if _is_word(before) and _is_word(after):
        return bool(_UNSPACED.match(before) or _UNSPACED.match(after))
    if _is_word(before):
        return not _joins(before, after, text[at + 1 : at + 2])
    return not (_is_word(after) and at > 1 and _joins(text[at - 2], before, after))


def _joins(before: str, mark: str, after: str) -> bool:
    """True if a mark between two letters or two figures keeps them one word, as in `don't` and `3.7`."""
    if before.isdigit() and after.isdigit():
        return mark in _FIGURES_BETWEEN
    return mark in _LETTERS_BETWEEN and before.isalpha() and after.isalpha()


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"

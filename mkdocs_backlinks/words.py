"""Words of a text in any script, folded so that what readers take for one word is one string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import filterfalse, groupby

# Thai, Lao, Tibetan, Burmese, Khmer, kana, Han and hangul: words run on, or change their endings.
_RUNNING = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u0f18-\u0fbc\u1000-\u109f\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNIT = re.compile(rf"[{_RUNNING}]|[^{_RUNNING}]+")
_RUNNING_TEXT = re.compile(rf"[{_RUNNING}]+")
_UNIT_IN_TEXT = re.compile(rf"[{_RUNNING}]|[^\W_{_RUNNING}]+")
_SPACED = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_FOLDED = _SPACED.lower()
_ASCII = bytes(range(128))
_JOINERS = "\u200c\u200d"


def words(text: str) -> list[str]:
    """Return the words of a text as written; an identifier falls into its parts at `_`, `-` and `.`.

    A word is made of letters and digits, and of the marks and joiners that belong to them.
    """
    if text.isascii():
        return _split(text)
    signs = {sign for sign in _beyond_ascii(text) if not sign.isalnum()}
    marks = {sign for sign in signs if sign in _JOINERS or unicodedata.category(sign).startswith("M")}
    for sign in signs - marks:
        text = text.replace(sign, " ")
    parts = _split(text)
    return [word for word in parts if word[0].isalnum()] if marks else parts


def units(text: str) -> list[str]:
    """Return the smallest parts of a text: folded words, or characters where words run on."""
    if text.isascii():
        return _split(text, _FOLDED)
    for sign in filter(_parts_words, _beyond_ascii(text)):
        text = text.replace(sign, " ")
    # Many texts have no more than quotes and dashes, and most lines of the others are ASCII after all.
    if text.isascii():
        return _split(text, _FOLDED)
    parts: list[str] = []
    for plain, lines in groupby(text.split("\n"), str.isascii):
        part = "\n".join(lines)
        parts += _split(part, _FOLDED) if plain else _units_of_any_script(part)
    return parts


def token_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each unit of a text as written."""
    signs = {sign for sign in set(text) if not sign.isascii() and _is_mark(sign)}
    lettered = text.translate({ord(sign): "a" for sign in signs}) if signs else text
    return (match.span() for match in _UNIT_IN_TEXT.finditer(lettered))


def bigrams(units: Sequence[str]) -> Sequence[str]:
    """Return units as terms; where words run on, a term is a character together with the next one."""
    if not _RUNNING_TEXT.search("".join(filterfalse(str.isascii, units))):
        return units
    running = set(filter(is_running, set(units)))
    terms = []
    for before, unit, following in zip(("", *units), units, (*units[1:], ""), strict=False):
        if unit in running and following in running:
            terms.append(unit + following)
        elif unit not in running or before not in running:
            terms.append(unit)
    return terms


def is_running(word: str) -> bool:
    """True if a word is of a script in which words run on."""
    return not word.isascii() and _RUNNING_TEXT.fullmatch(word) is not None


def merge_bigrams(terms: Iterable[str], *texts: str) -> list[str]:
    """Merge overlapping bigrams into one word where every text holds that word."""
    merged: list[str] = []
    for term in terms:
        if term.isascii():
            merged.append(term)
            continue
        for index, word in enumerate(merged):
            longer = _overlap(word, term) or _overlap(term, word)
            if longer and all(longer in text for text in texts):
                merged[index] = longer
                break
        else:
            merged.append(term)
    return merged


def _beyond_ascii(text: str) -> set[str]:
    """Return the characters of a text that are not ASCII."""
    # Deleting ASCII bytes is ten times as fast as looking at each character.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(rest.decode("utf-8", "surrogatepass"))


def _units_of_any_script(text: str) -> list[str]:
    folded = _folded(text)
    parts = words(folded)
    if not any(map(is_running, _beyond_ascii(folded))):
        return parts
    return [unit for word in parts for unit in _UNIT.findall(word)]


@lru_cache(maxsize=1024)
def _parts_words(sign: str) -> bool:
    """True if a sign beyond ASCII stands between words, whatever it is folded to."""
    return not any(
        letter.isalnum() or _is_mark(letter) or is_running(letter) for letter in _folded(sign) + sign
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_mark(sign: str) -> bool:
    return (sign in _JOINERS or unicodedata.category(sign).startswith("M")) and not is_running(sign)


def _overlap(start: str, end: str) -> str | None:
    return start + end[1:] if is_running(start) and is_running(end) and start[-1] == end[0] else None


def _split(text: str, table: bytes = _SPACED) -> list[str]:
    # Bytes are translated ten times as fast as characters beyond ASCII, and UTF-8 keeps both apart.
    spaced = text.encode("utf-8", "surrogatepass").translate(table)
    return spaced.decode("utf-8", "surrogatepass").split()

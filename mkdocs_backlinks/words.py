"""A text as words of any script, folded so that what readers take for the same word is the same string."""

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
_RUNNING_UNIT = re.compile(rf"[{_RUNNING}]+")
_PLACED = re.compile(rf"[{_RUNNING}]|[^\W_{_RUNNING}]+")
_SPACED = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_FOLDED = _SPACED.lower()
_ASCII = bytes(range(128))
_JOINERS = "\u200c\u200d"


def words(text: str) -> list[str]:
    """The words of a text as they stand there; an identifier falls into its parts at `_`, `-` and `.`.

    A word is made of letters and digits, and of the marks and joiners that belong to them.
    """
    if text.isascii():
        return _split(text)
    signs = {sign for sign in _beyond_ascii(text) if not sign.isalnum()}
    marks = {sign for sign in signs if sign in _JOINERS or unicodedata.category(sign).startswith("M")}
    for sign in signs - marks:
        text = text.replace(sign, " ")
    found = _split(text)
    return [word for word in found if word[0].isalnum()] if marks else found


def units(text: str) -> list[str]:
    """The smallest parts by which a text is compared: folded words, or characters where words run on."""
    if text.isascii():
        return _split(text, _FOLDED)
    for sign in filter(_parts_words, _beyond_ascii(text)):
        text = text.replace(sign, " ")
    # Many texts have no more than quotes and dashes, and most lines of the others are ASCII after all.
    if text.isascii():
        return _split(text, _FOLDED)
    found: list[str] = []
    for plain, lines in groupby(text.split("\n"), str.isascii):
        part = "\n".join(lines)
        found += _split(part, _FOLDED) if plain else _units_of_any_script(part)
    return found


def placed(text: str) -> Iterator[tuple[int, int]]:
    """Where the units of a text stand, as it is written: their first character, and the one behind them."""
    signs = {sign for sign in set(text) if not sign.isascii() and _is_mark(sign)}
    lettered = text.translate({ord(sign): "a" for sign in signs}) if signs else text
    return (found.span() for found in _PLACED.finditer(lettered))


def paired(units: Sequence[str]) -> Sequence[str]:
    """Units as terms that tell something: where words run on, each character together with the next one."""
    if not _RUNNING_UNIT.search("".join(filterfalse(str.isascii, units))):
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
    """Whether a word is of a script in which words run on."""
    return not word.isascii() and _RUNNING_UNIT.fullmatch(word) is not None


def chained(terms: Iterable[str], *texts: str) -> list[str]:
    """Terms as readers know them: pairs that overlap are one word where every text holds that word."""
    whole: list[str] = []
    for term in terms:
        if term.isascii():
            whole.append(term)
            continue
        for place, word in enumerate(whole):
            longer = _overlap(word, term) or _overlap(term, word)
            if longer and all(longer in text for text in texts):
                whole[place] = longer
                break
        else:
            whole.append(term)
    return whole


def _beyond_ascii(text: str) -> set[str]:
    """The characters of a text that are not ASCII."""
    # Bytes are left out ten times as fast as characters are looked at.
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(others.decode("utf-8", "surrogatepass"))


def _units_of_any_script(text: str) -> list[str]:
    folded = _folded(text)
    found = words(folded)
    if not any(map(is_running, _beyond_ascii(folded))):
        return found
    return [unit for word in found for unit in _UNIT.findall(word)]


@lru_cache(maxsize=1024)
def _parts_words(sign: str) -> bool:
    """Whether a sign beyond ASCII stands between words, whatever it is folded to."""
    return not any(one.isalnum() or _is_mark(one) or is_running(one) for one in _folded(sign) + sign)


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

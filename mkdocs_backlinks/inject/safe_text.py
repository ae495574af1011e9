"""Make text of one page fit to be shown on another: on one line, harmless, and not too long."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from mkdocs_backlinks.index.html.styled_text import Kind, segments
from mkdocs_backlinks.model import STYLE_MARKERS, Excerpt

WIDTH = 200
"""The number of characters of an excerpt that are shown; half as many where they are twice as wide."""

_SPACE = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Controls do nothing good on a page; embeddings, overrides and isolates (UAX #9 §2) can reorder the text
# around them; a lone surrogate is no character. The harmless marks LRM, RLM and ALM stay.
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}]")
_UNSAFE_OR_MARK = re.compile(f"[{_CONTROLS}{STYLE_MARKERS}]")
_TAGS: dict[Kind | None, tuple[str, str]] = {
    None: ("", ""),
    "code": ("<code>", "</code>"),
    "em": ("<em>", "</em>"),
    "strong": ("<strong>", "</strong>"),
    "label": ('<span class="bl-label">', "</span>"),
    "name": ("<bdi>", "</bdi>"),
}
_JOINER = "\u200d"
_MAX_WORD = 30


def clean(text: str) -> str:
    """Return the text without control characters and marks, and with each run of white space as one space."""
    return _SPACE.sub(" ", _UNSAFE_OR_MARK.sub("", text))


def clean_marked(text: str) -> str:
    """Return a marked text without control characters, and with each run of white space as one space."""
    return _SPACE.sub(" ", _UNSAFE.sub("", text))


def to_markup(text: str) -> Markup:
    """Return a marked text as HTML: escaped, with an element for each part that is marked."""
    if text.isprintable():
        return escape(text)
    return Markup("".join([_element(piece, kind) for piece, kind in segments(text)]))  # noqa: S704


def shorten(text: str) -> str:
    """Return the beginning of a text, cut to about `WIDTH` characters at the border of a word."""
    return _cut_end(text, _width(text))


def shorten_excerpt(excerpt: Excerpt) -> Excerpt:
    """Return the excerpt cut to about `WIDTH` characters around its link, at borders of words.

    A cut shows as `…`. Where the link stands near one end, the other side gets the room.
    """
    before, text, after = excerpt.before, excerpt.text, excerpt.after
    width = _width(str(excerpt))
    if len(before) + len(text) + len(after) <= width:
        return excerpt
    text = _cut_end(text, width * 3 // 5)
    room = width - len(text)
    return Excerpt(
        _cut_start(before, max(room // 2, room - len(after))),
        text,
        _cut_end(after, max(room // 2, room - len(before))),
    )


def _element(piece: str, kind: Kind | None) -> str:
    start, end = _TAGS[kind]
    return f"{start}{escape(piece)}{end}"


def _width(text: str) -> int:
    """Return the number of characters to show: half of `WIDTH` where most are wide, by a sample of them."""
    if text.isascii():
        return WIDTH
    sample = text[::8]
    return WIDTH // 2 if sum(map(_is_wide, sample)) > len(sample) / 2 else WIDTH


def _cut_end(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[: _border(text, room, -1)].rstrip() + "…"


def _cut_start(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return "…" + text[_border(text, len(text) - room, 1) :].lstrip()


def _border(text: str, start: int, step: int) -> int:
    """Return the position nearest to `start` between words or, within a very long word, characters."""
    between_characters = 0
    for at in range(start, start + step * _MAX_WORD, step):
        if not 0 < at < len(text) or _are_joined(text[at - 1], text[at]):
            continue
        if _is_separate(text[at - 1]) or _is_separate(text[at]):
            return at
        between_characters = between_characters or at
    return between_characters or start


def _are_joined(before: str, after: str) -> bool:
    """True if two characters make up one for the reader (UAX #29, in the main)."""
    if after.isascii():
        return False
    return _JOINER in {before, after} or unicodedata.category(after) in {"Mn", "Mc", "Me", "Sk"}


def _is_separate(char: str) -> bool:
    """True if a text may be cut beside the character: space, or a script that is written without any."""
    return char.isspace() or _is_wide(char)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}

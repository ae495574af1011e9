"""Text of one page, fit to be shown on another: on one line, harmless, and not too long."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from mkdocs_backlinks.index.html.styled_text import Kind, segments
from mkdocs_backlinks.model import STYLE_MARKERS, Excerpt

WIDTH = 200
"""How many characters of an excerpt are shown; half as many where they are twice as wide."""

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
_NOTHING = Markup()
_JOINER = "\u200d"
_REACH = 30


def clean(text: str) -> str:
    """The text without control characters and marks, and with each run of white space as one space."""
    if text.isprintable() and "  " not in text:
        return text
    return _SPACE.sub(" ", _UNSAFE_OR_MARK.sub("", text))


def tidy(text: str) -> str:
    """The same for a text in which the marks have their meaning."""
    if text.isprintable() and "  " not in text:
        return text
    return _SPACE.sub(" ", _UNSAFE.sub("", text))


def marked_up(text: str) -> Markup:
    """A marked text as HTML: escaped, with an element for each part that is marked."""
    if not text:
        return _NOTHING
    if text.isprintable():
        return escape(text)
    return Markup("".join([_element(piece, kind) for piece, kind in segments(text)]))  # noqa: S704


def head(text: str) -> str:
    """The beginning of a text, cut to `WIDTH`."""
    return _head(text, _width(text))


def shorten(excerpt: Excerpt) -> Excerpt:
    """The excerpt cut to about `WIDTH` characters around its link, at borders of words.

    A cut shows as `…`. Where the link stands near one end, the other side gets the room.
    """
    before, text, after = excerpt.before, excerpt.text, excerpt.after
    width = _width(str(excerpt))
    if len(before) + len(text) + len(after) <= width:
        return excerpt
    text = _head(text, width * 3 // 5)
    room = width - len(text)
    return Excerpt(
        _tail(before, max(room // 2, room - len(after))),
        text,
        _head(after, max(room // 2, room - len(before))),
    )


def _element(piece: str, kind: Kind | None) -> str:
    start, end = _TAGS[kind]
    return f"{start}{escape(piece)}{end}"


def _width(text: str) -> int:
    if text.isascii():
        return WIDTH
    sample = text[::8]
    return WIDTH // 2 if sum(map(_is_wide, sample)) > len(sample) / 2 else WIDTH


def _head(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[: _border(text, room, -1)].rstrip() + "…"


def _tail(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return "…" + text[_border(text, len(text) - room, 1) :].lstrip()


def _border(text: str, start: int, step: int) -> int:
    """The place nearest to `start` where a word ends or, within a very long word, a character."""
    hard = 0
    for at in range(start, start + step * _REACH, step):
        if not 0 < at < len(text) or _joined(text, at):
            continue
        if _separate(text[at - 1]) or _separate(text[at]):
            return at
        hard = hard or at
    return hard or start


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` make up one for the reader (UAX #29, in the main)."""
    left, right = text[at - 1], text[at]
    if right.isascii():
        return False
    return _JOINER in {left, right} or unicodedata.category(right) in {"Mn", "Mc", "Me", "Sk"}


def _separate(char: str) -> bool:
    """Whether a text may be cut beside the character: space, or a script that is written without any."""
    return char.isspace() or _is_wide(char)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}

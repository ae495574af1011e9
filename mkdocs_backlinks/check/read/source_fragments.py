"""Judges whether a file of a repository has the lines and headings that fragments name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Presence

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")

_LINES = re.compile(r"L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ID = re.compile(r"\b(?:id|name)=[\"']([^\"'\s>]+)[\"']", re.IGNORECASE)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_MARKUP = re.compile(r"<[^>]*>")


def judge_source(text: str, path: str) -> Callable[[str], Presence]:
    """Return a function that judges a fragment of the file `path` with this text.

    Lines are certain: `L10`, `L10-L20`, `L10C3-L12C1`. So is a heading that a Markdown file has; one that
    is missing may come from markup that only the host knows.
    """
    lines = text.count("\n") + (not text.endswith("\n") and bool(text))
    slugs = frozenset(_anchors(text)) if path.lower().endswith(MARKDOWN) else frozenset()

    def judge(fragment: str) -> Presence:
        name = urls.decode_fragment(fragment)
        line_range = _LINES.fullmatch(name)
        if line_range:
            numbers = [int(number[:9]) for number in line_range.groups() if number]
            return "present" if all(1 <= number <= lines for number in numbers) else "absent"
        return "present" if name.lower().removeprefix("user-content-") in slugs else "unknown"

    return judge


def _anchors(text: str) -> Iterator[str]:
    """Yield the ids of GitHub and GitLab for headings, numbered where they repeat, and ids in HTML."""
    counts: Counter[str] = Counter()
    for heading in _headings(text):
        slug = _slug(heading)
        yield f"{slug}-{counts[slug]}" if counts[slug] else slug
        counts[slug] += 1
    for name in _ID.findall(text):
        yield name.lower()


def _headings(text: str) -> Iterator[str]:
    fence, previous = "", ""
    for line in text.splitlines():
        opening = _FENCE.match(line)
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
        elif not fence:
            heading = _HEADING.fullmatch(line)
            if heading:
                yield heading[1]
            elif previous.strip() and _UNDERLINE.fullmatch(line):
                yield previous.strip()
        previous = line


def _slug(heading: str) -> str:
    """Return a heading in lower case, without punctuation, each space a hyphen."""
    plain = _MARKUP.sub("", _IMAGE_OR_LINK.sub(r"\1", heading)).strip().lower()
    return "".join("-" if char == " " else char for char in plain if char in " -_" or _is_word(char))


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"

"""Whether a file of a repository has the line or the heading that a link names, by the file itself."""

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
    """Says of a fragment whether the file `path` with this text has it.

    Lines are certain: `L10`, `L10-L20`, `L10C3-L12C1`. A heading of a Markdown file that is found is
    certain, too; one that is not may come from markup that only the host knows.
    """
    lines = text.count("\n") + (not text.endswith("\n") and bool(text))
    slugs = frozenset(_anchors(text)) if path.lower().endswith(MARKDOWN) else frozenset()

    def judge(fragment: str) -> Presence:
        name = urls.decode_fragment(fragment)
        asked = _LINES.fullmatch(name)
        if asked:
            numbers = [int(number[:9]) for number in asked.groups() if number]
            return "present" if all(1 <= number <= lines for number in numbers) else "absent"
        return "present" if name.lower().removeprefix("user-content-") in slugs else "unknown"

    return judge


def _anchors(text: str) -> Iterator[str]:
    """The ids that GitHub and GitLab make of headings, numbered where they repeat, and those written out."""
    seen: Counter[str] = Counter()
    for heading in _headings(text):
        slug = _slug(heading)
        yield f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
    for name in _ID.findall(text):
        yield name.lower()


def _headings(text: str) -> Iterator[str]:
    fence, before = "", ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            heading = _HEADING.fullmatch(line)
            if heading:
                yield heading[1]
            elif before.strip() and _UNDERLINE.fullmatch(line):
                yield before.strip()
        before = line


def _slug(heading: str) -> str:
    """Lower case, without punctuation, each space a hyphen."""
    plain = _MARKUP.sub("", _IMAGE_OR_LINK.sub(r"\1", heading)).strip().lower()
    return "".join("-" if char == " " else char for char in plain if char in " -_" or _is_word(char))


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"

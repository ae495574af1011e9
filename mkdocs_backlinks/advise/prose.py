"""Running text of a Markdown source, every character of it at its offset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mkdocs_backlinks.index.markdown.markdown_links import MarkdownLink, markup
from mkdocs_backlinks.index.markdown.syntax import layout, titles

BLANK = "\0"
"""Stands for each character that is no running text: it is no letter, no white space, no punctuation."""

# Lines that are no sentences: titles of admonitions and tabs, abbreviations, snippets, identifiers, and
# one bold text alone, which is a heading in all but name.
_OWN_LINE = re.compile(
    r"^[ \t>]*(?:(?:!!!|\?\?\?\+?|===[!+]?|///+)[ \t][^\n]*|\*\[[^\]\n]*\]:[^\n]*|-+8<-+[^\n]*|:::[^\n]*"
    r"|(\*\*|__)[^\n*_]*\1[ \t]*(?::[ \t]*)?)$",
    re.MULTILINE,
)
_TABLE_HEAD = re.compile(
    r"^[^\n|]*\|[^\n]*\n(?=[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t:-]*)+$)", re.MULTILINE
)
_INLINE = re.compile(
    r"\$\$.*?\$\$|\$[^$\n]+\$|\{\{[^{}]*\}\}|\{%[^{}]*\}|\{[^{}\n]*\}|\[[^\[\]\n]*\]|:[\w+-]+:|<[^<>]*>"
    r"|`(?:[^\n]|\n(?![ \t]*\n))*",  # a backtick that is left over: what it makes code is hard to say
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*?(/?)>")
_LABEL = re.compile(r"[ ]?\[[^\[\]\n]*\]")
_LINE = re.compile(r"[^\n]*\n?")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===[!+]?|:|\[\^[^\]\n]+\]:)[ \t]")
_QUOTED = re.compile(r"\A(?: {0,3}> ?)+")
_TAB = 4
# The blocks whose content Python-Markdown leaves as it is, and what is no prose wherever it stands.
_RAW = frozenset(
    "address article aside blockquote center details dialog div dl fieldset figure footer form h1 h2 h3 h4 "
    "h5 h6 header hgroup iframe main math menu nav noscript object ol p section summary svg table ul video "
    "a audio button canvas code kbd pre samp script select style textarea title var".split()
)


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text of a source, as long as it, with `BLANK` for the rest; and where its links lead."""

    text: str
    hrefs: tuple[str, ...]


def prose(source: str) -> Prose:
    """Blank out front matter, headings, code of every form, comments, links, images and HTML.

    So are templates, formulas, attribute lists, and lines that are no sentence, such as titles of tabs.
    """
    marked = markup(source)
    spans = [
        (0, layout(source).start),
        *marked.aside,
        *(_whole(source, link) for link in marked.links if not link.raw),
        *((title.offset, _line_end(source, title.offset)) for title in titles(source)),
        *_indented_code(source),
    ]
    text = _blanked(source, spans)
    text = _blanked(text, _raw_html(text))
    for pattern in (_OWN_LINE, _TABLE_HEAD, _INLINE):
        text = _blanked(text, (match.span() for match in pattern.finditer(text)))
    return Prose(text, tuple(link.href for link in marked.links if link.href is not None))


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            pieces += [text[done:start], _blank(text[max(start, done) : end])]
            done = end
    return "".join([*pieces, text[done:]])


def _blank(text: str) -> str:
    return "\n".join(BLANK * len(line) for line in text.split("\n"))


def _whole(source: str, link: MarkdownLink) -> tuple[int, int]:
    """Return the span of a link with the label behind it that only another plugin resolves."""
    label = _LABEL.match(source, link.end)
    return link.offset, label.end() if label else link.end


def _line_end(source: str, offset: int) -> int:
    end = source.find("\n", offset)
    return end if end >= 0 else len(source)


def _indented_code(source: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that are code because they are indented further than their list or note."""
    allowed, after_blank, in_code = 0, True, False
    for match in _LINE.finditer(source):
        line = _QUOTED.sub("", match[0].expandtabs(_TAB))
        text = line.lstrip(" ")
        if not text.strip():
            after_blank = True
            continue
        indent = len(line) - len(text)
        in_code = indent >= allowed + _TAB and (after_blank or in_code)
        if in_code:
            yield match.span()
        elif _ITEM.match(text):
            allowed = indent + _TAB
        elif after_blank and indent < allowed:
            allowed = indent - indent % _TAB
        after_blank = text.startswith("#")


def _raw_html(text: str) -> Iterator[tuple[int, int]]:
    """Yield the elements whose content is not read as Markdown, from the first tag to the last."""
    name, depth, start = "", 0, 0
    for tag in _TAG.finditer(text):
        closing, element, empty = tag[1], tag[2].lower(), tag[3]
        if not depth and element in _RAW and not closing and not empty:
            name, depth, start = element, 1, tag.start()
        elif depth and element == name and not empty:
            depth += -1 if closing else 1
            if not depth:
                yield start, tag.end()
    if depth:
        yield start, len(text)

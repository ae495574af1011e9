"""Finds every place in a Markdown source where an author may have written a link.

The scan is one pass over the interesting characters. It understands what Python-Markdown understands
and skips code, comments and escapes; whether a place became a link is settled in `link_matching`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from mkdocs_backlinks.index.html.elements import ADDRESS, HYPERLINKS, addresses
from mkdocs_backlinks.index.markdown.syntax import covers, label_key, layout, link_destination, without_tail
from mkdocs_backlinks.index.wikilinks import WIKILINK, WIKILINK_ELEMENT

# Before `<` and the end of a line, a backslash is only a backslash.
# Each alternative begins with a letter of its own, from which `re` makes a table of where to look at all.
_TOKEN = re.compile(
    r"\\[^<\n]|``*|<!--|<(?=[A-Za-z])|!\[|\[|\]|\n[ \t]*\n"
    r"|h(?<![A-Za-z0-9/@.:\"'=]h)ttps?://|f(?<![A-Za-z0-9/@.:\"'=]f)tp://|w(?<![A-Za-z0-9/@.:\"'=]w)ww\.",
    re.DOTALL,
)
_AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}):[^\s<>]*)>")
# In a quotation each line begins with `>`, and so does the second line of a tag.
_TAG = re.compile(r"<([A-Za-z][\w-]*)(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*'|(?<=\n)>[ \t])*)?>")
_QUOTED = re.compile(r"\n>[ \t]")
_LABEL = re.compile(r"[ ]?\[([^\]\n]{0,500})\]")
_BARE = re.compile(r"[^\s<>\"'`|\\^{}\[\]]+")
_WIKILINK = re.compile(WIKILINK)
_LINK_TAGS = frozenset(ADDRESS) - {WIKILINK_ELEMENT}
_MAX_TEXT = 4000


@dataclass(frozen=True, slots=True)
class MarkdownLink:
    """A link as its author wrote it, `offset` characters into the source and up to `end`.

    `href` is None where only another plugin knows it, as with `[[wikilinks]]`, which are kept in
    `wikilink`, and identifiers. `raw` marks an address in an HTML tag, which no one rewrites, and which
    ends with that tag.
    """

    offset: int
    href: str | None
    text: str
    image: bool = False
    raw: bool = False
    footnote: bool = False
    wikilink: str = ""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Markup:
    """The links of a source, and the spans of what is set aside: code, comments and definitions."""

    links: tuple[MarkdownLink, ...]
    aside: tuple[tuple[int, int], ...]


def scan(source: str) -> list[MarkdownLink]:
    """Return the links of a source; front matter is passed over, and still counts for the offsets."""
    return list(markup(source).links)


def markup(source: str) -> Markup:
    """Return the links of a source, and the spans that are set aside."""
    scanner = _Scanner(source)
    links = sorted(scanner.run(), key=lambda link: link.offset)
    return Markup(tuple(links), tuple(scanner.aside))


@dataclass(frozen=True, slots=True)
class _Bracket:
    offset: int
    inner: int
    image: bool


class _Scanner:
    """The state of one pass: where it stands, which brackets are open, what is to be passed over."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._layout = layout(source)
        self._open: list[_Bracket] = []
        self.aside: list[tuple[int, int]] = []
        self._comments_end = source.rfind("-->")

    def run(self) -> Iterator[MarkdownLink]:
        position = self._layout.start
        skips = iter(self._layout.skipped)
        skip = next(skips, None)
        while token := _TOKEN.search(self._source, position):
            while skip and skip[1] <= token.start():
                skip = next(skips, None)
            if skip and skip[0] <= token.start():
                position = skip[1]
                self.aside.append(skip)
                self._open.clear()
                continue
            position, links = self._step(token)
            for link in links:
                yield replace(link, end=position)

    def _step(self, token: re.Match[str]) -> tuple[int, Sequence[MarkdownLink]]:
        """Return the position to go on from, and the links that a token ends."""
        mark, start, end = token[0], token.start(), token.end()
        if mark[0] == "<" and mark != "<!--":
            return self._angle(start)
        link: MarkdownLink | None = None
        if mark == "]":
            position, link = self._close(end)
        elif mark[0] in "hfw":
            position, link = self._bare(start)
        else:
            position = self._without_link(mark, start, end)
        return position, () if link is None else (link,)

    def _without_link(self, mark: str, start: int, end: int) -> int:
        if mark[0] == "`":
            return self._set_aside(start, end, self._after_code(mark, end))
        if mark == "<!--" and end <= self._comments_end:
            return self._set_aside(start, end, self._source.find("-->", end) + 3)
        if mark in ("[", "!["):
            self._open.append(_Bracket(start, end, mark[0] == "!"))
        elif mark[0] == "\n":
            self._open.clear()
            return start + 1
        return end

    def _set_aside(self, start: int, end: int, after: int) -> int:
        if after > end:
            self.aside.append((start, after))
        return after

    def _after_code(self, run: str, end: int) -> int:
        """Behind an inline code span, or behind the backticks that open none."""
        stop = self._source.find("\n\n", end)
        close = end
        while (close := self._source.find(run, close, stop if stop >= 0 else None)) >= 0:
            after = close + len(run)
            if self._source[after : after + 1] != "`":
                return after
            close = after + len(self._source[after:]) - len(self._source[after:].lstrip("`"))
        return end

    def _angle(self, start: int) -> tuple[int, Sequence[MarkdownLink]]:
        autolink = _AUTOLINK.match(self._source, start)
        if autolink:
            return autolink.end(), (self._link(start, html.unescape(autolink[1]), autolink[1]),)
        tag = _TAG.match(self._source, start)
        if not tag or tag[1].lower() not in _LINK_TAGS:
            return start + 1, ()
        return tag.end(), tuple(self._of_tag(tag))

    def _of_tag(self, tag: re.Match[str]) -> Iterator[MarkdownLink]:
        """The links of one tag, which may be several: an image and its other sizes."""
        name, attributes = tag[1].lower(), _attributes(tag[0])
        text = attributes.get("alt") or self._text_of_anchor(tag.end())
        for href in addresses(name, attributes):
            yield self._link(tag.start(), href, text, image=name not in HYPERLINKS, raw=True)

    def _text_of_anchor(self, start: int) -> str:
        end = self._source.find("</a", start, start + _MAX_TEXT)
        return self._source[start:end] if end >= 0 else ""

    def _close(self, end: int) -> tuple[int, MarkdownLink | None]:
        if not self._open:
            return end, None
        bracket = self._open.pop()
        text = self._source[bracket.inner : end - 1]
        following = self._source[end : end + 1]
        if following == "(":
            destination = link_destination(self._source, end)
            if destination is not None:
                href, after = destination
                return after, self._link(bracket.offset, href, text, image=bracket.image)
        label = _LABEL.match(self._source, end)
        name = label_key(label[1] if label and label[1] else text)
        if name in self._layout.references:
            after = label.end() if label else end
            return after, self._link(bracket.offset, self._layout.references[name], text, image=bracket.image)
        return self._unknown(bracket, text, end, named=bool(label))

    def _unknown(
        self, bracket: _Bracket, text: str, end: int, *, named: bool
    ) -> tuple[int, MarkdownLink | None]:
        """A `[[wikilink]]` or an identifier that another plugin may resolve."""
        outer = self._open[-1] if self._open else None
        is_nested = outer is not None and outer.inner == bracket.offset
        wikilink = _WIKILINK.match(self._source, outer.offset) if outer and is_nested else None
        if outer and wikilink:
            self._open.pop()
            link = self._link(outer.offset, None, text.rpartition("|")[2], image=outer.image)
            return wikilink.end(), replace(link, wikilink=" ".join(wikilink[0].split()))
        return end, self._link(bracket.offset, None, text) if named else None

    def _bare(self, start: int) -> tuple[int, MarkdownLink | None]:
        if self._open:
            return start + 1, None
        match = _BARE.match(self._source, start)
        href = without_tail(match[0]) if match else ""
        address = "http://" + href if href.startswith("www.") else href
        return start + max(len(href), 1), self._link(start, address, href)

    def _link(
        self, offset: int, href: str | None, text: str, *, image: bool = False, raw: bool = False
    ) -> MarkdownLink:
        if href is not None and ("{{" in href or "{%" in href):
            href = None
        return MarkdownLink(offset, href, text, image, raw, covers(self._layout.footnotes, offset))


def _attributes(tag: str) -> Mapping[str, str | None]:
    """The attributes of one start tag, read by the parser that reads the pages."""
    body = LexborHTMLParser("<body>" + _QUOTED.sub("\n", tag)).body
    node = body.child if body else None
    return node.attributes if node else {}

"""Make Python-Markdown read `[[wikilinks]]` on the pages of a site; code and escapes are set aside by then.

What leads to one page or file becomes a link by its path between sources, which MkDocs turns into an
address. What does not stays text, marked for the index by an attribute with what was written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element  # only built here, never parsed

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX, AtomicString

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.index.wikilinks import SEPARATOR, WIKILINK, WIKILINK_ELEMENT, Wikilink, wikilink
from mkdocs_backlinks.model import PageUri

FindPage = Callable[[Markdown], "tuple[WikiNames, PageUri] | None"]
"""Returns the page that a converter converts, and what its wikilinks may name; None for other texts."""

# Tags come first, so that what stands in an attribute is passed over.
_PATTERN = r"<[A-Za-z/!?][^<>]*>|" + WIKILINK
_ESCAPED_PIPE = f"{STX}{ord('|')}{ETX}"
_SPLIT = re.compile(SEPARATOR)
_ESCAPED = re.compile(rf"{STX}(\d{{1,6}}){ETX}")
_SIZE = re.compile(r"(?:(.*)\|)?(\d{1,5})(?:x(\d{1,5}))?")
_CLASS = "bl-wikilink"

# Behind code (190), escapes (180) and footnotes (175); before references (170), which may take brackets.
_BEFORE_REFERENCES = 171
_AFTER_INLINE = 15


class WikilinkExtension(Extension):
    """Wikilinks, without state: `find_page` knows each page and what its wikilinks may name."""

    def __init__(self, find_page: FindPage) -> None:
        super().__init__()
        self._find_page = find_page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the name is Markdown's)
        md.inlinePatterns.register(_Wikilinks(md, self._find_page), "backlinks_wikilink", _BEFORE_REFERENCES)
        md.treeprocessors.register(_NoNestedLinks(md), "backlinks_wikilink", _AFTER_INLINE)


class _Wikilinks(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, find_page: FindPage) -> None:
        super().__init__(_PATTERN, md)
        self._find_page = find_page

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  (Markdown gives it)
    ) -> tuple[Element | None, int | None, int | None]:
        page = self._find_page(self.md) if m["inner"] else None
        if page is None:
            return None, None, None
        target, *label = _SPLIT.split(self._with_pipes(m["inner"]), maxsplit=1)
        text = label[0].strip() if label else ""
        link = self._read(target, text, embedded=bool(m["embedded"]))
        if link is None:
            return None, None, None
        return _element(link, text, *page), m.start(), m.end()

    def _read(self, target: str, text: str, *, embedded: bool) -> Wikilink | None:
        plain = self._plain(target), self._plain(text)
        # Markdown's own marks, of stashed HTML for instance, must not get into an attribute.
        if any(STX in part or ETX in part for part in plain):
            return None
        return wikilink(*plain, embedded=embedded)

    def _with_pipes(self, text: str) -> str:
        """Return the text with the pipes that a table made its author escape."""
        stash = getattr(self.md.treeprocessors["inline"], "stashed_nodes", {})
        return INLINE_PLACEHOLDER_RE.sub(
            lambda match: "|" if stash.get(match[1]) == _ESCAPED_PIPE else match[0], text
        )

    def _plain(self, text: str) -> str:
        """Return the text with code and escapes put back in."""
        return _ESCAPED.sub(lambda match: chr(int(match[1])), self.unescape(text))


class _NoNestedLinks(Treeprocessor):
    """Makes text of a wikilink in the text of another link: HTML has no link in a link."""

    def run(self, root: Element) -> None:
        for outer in root.iter("a"):
            for inner in list(outer.iter("a")):
                if inner is not outer and inner.get("class") == _CLASS:
                    inner.tag = "span"
                    del inner.attrib["href"]


def _element(link: Wikilink, text: str, names: WikiNames, source: PageUri) -> Element:
    meaning = names.meaning(link, source)
    if meaning.uri is None:
        missing = {"class": f"{_CLASS}-missing", "data-wikilink": str(link)}
        return _with_text(Element(WIKILINK_ELEMENT, missing), text, names.text(link, meaning))
    fragment = names.fragment(meaning.uri, meaning.heading)
    href = urls.relative(urls.encode_path(source), urls.encode_path(meaning.uri), fragment)
    if link.embedded:
        return _image(link, meaning.name, href)
    element = Element("a", {"class": _CLASS, "href": href})
    return _with_text(element, text, names.text(link, meaning))


def _image(link: Wikilink, name: str, src: str) -> Element:
    """Return the image; a number at the end of its text, or two, is its size in pixels."""
    size = _SIZE.fullmatch(link.text)
    alt, width, height = size.groups() if size else (link.text, None, None)
    stem = posixpath.splitext(posixpath.basename(name))[0]
    image = Element("img", {"alt": alt or stem, "src": src})
    for side, pixels in (("width", width), ("height", height)):
        if pixels:
            image.set(side, pixels)
    return image


def _with_text(element: Element, text: str, instead: str) -> Element:
    """Return the element with the author's text, in which Markdown counts and HTML does not, or `instead`."""
    element.text = text.replace("<", f"{STX}{ord('<')}{ETX}") if text else AtomicString(instead)
    return element

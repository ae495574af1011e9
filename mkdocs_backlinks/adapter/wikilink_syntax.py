"""Lets Python-Markdown read `[[wikilinks]]` on the pages of a site; code and escapes are set aside by then.

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

Here = Callable[[Markdown], "tuple[WikiNames, PageUri] | None"]
"""Tells which page a converter is at work on, and what its wikilinks may name; None for what is no page."""

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
    """Keeps nothing from page to page: what it needs to know it asks of `here`."""

    def __init__(self, here: Here) -> None:
        super().__init__()
        self._here = here

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the name is Markdown's)
        md.inlinePatterns.register(_Wikilinks(md, self._here), "backlinks_wikilink", _BEFORE_REFERENCES)
        md.treeprocessors.register(_NoNestedLinks(md), "backlinks_wikilink", _AFTER_INLINE)


class _Wikilinks(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, here: Here) -> None:
        super().__init__(_PATTERN, md)
        self._here = here

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  (Markdown gives it)
    ) -> tuple[Element | None, int | None, int | None]:
        here = self._here(self.md) if m["inner"] else None
        if here is None:
            return None, None, None
        target, *label = _SPLIT.split(self._with_pipes(m["inner"]), maxsplit=1)
        text = label[0].strip() if label else ""
        link = self._read(target, text, embedded=bool(m["embedded"]))
        if link is None:
            return None, None, None
        return _element(link, text, *here), m.start(), m.end()

    def _read(self, target: str, text: str, *, embedded: bool) -> Wikilink | None:
        plain = self._plain(target), self._plain(text)
        # Markdown's own marks, of stashed HTML for instance, must not get into an attribute.
        if any(STX in part or ETX in part for part in plain):
            return None
        return wikilink(*plain, embedded=embedded)

    def _with_pipes(self, text: str) -> str:
        """The text with the pipes that a table made its author escape."""
        stash = getattr(self.md.treeprocessors["inline"], "stashed_nodes", {})
        return INLINE_PLACEHOLDER_RE.sub(
            lambda found: "|" if stash.get(found[1]) == _ESCAPED_PIPE else found[0], text
        )

    def _plain(self, text: str) -> str:
        """The text with code and escapes put back in."""
        return _ESCAPED.sub(lambda found: chr(int(found[1])), self.unescape(text))


class _NoNestedLinks(Treeprocessor):
    """A wikilink in the text of another link is text: HTML has no link in a link."""

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
    way = urls.relative(urls.encode_path(source), urls.encode_path(meaning.uri), fragment)
    if link.embedded:
        return _image(link, meaning.name, way)
    element = Element("a", {"class": _CLASS, "href": way})
    return _with_text(element, text, names.text(link, meaning))


def _image(link: Wikilink, name: str, way: str) -> Element:
    """The image itself; a number at the end of its text, or two, is its size in pixels."""
    size = _SIZE.fullmatch(link.text)
    alt, width, height = size.groups() if size else (link.text, None, None)
    stem = posixpath.splitext(posixpath.basename(name))[0]
    image = Element("img", {"alt": alt or stem, "src": way})
    for side, pixels in (("width", width), ("height", height)):
        if pixels:
            image.set(side, pixels)
    return image


def _with_text(element: Element, text: str, instead: str) -> Element:
    """The element with the author's text, in which Markdown counts and HTML does not, or with plain words."""
    element.text = text.replace("<", f"{STX}{ord('<')}{ETX}") if text else AtomicString(instead)
    return element

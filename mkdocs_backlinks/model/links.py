"""Pages and the links between them, as the index knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NewType

PageUri = NewType("PageUri", str)
"""The source path of a page below `docs_dir`, with `/`: `guide/install.md`."""

Url = NewType("Url", str)
"""A normalised absolute address without its fragment."""

LinkKind = Literal["page", "asset", "external", "wikilink"]

STYLE_MARKERS = "\ufdd0-\ufdd9"
"""The characters around styled parts of an excerpt, for a class of a regular expression."""

_MARKER = re.compile(f"[{STYLE_MARKERS}]")


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A point in an author's source; `line` and `column` count from 1.

    `file` is relative to `mkdocs.yml`. A part that is not known is None, never a guess.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None


UNKNOWN_LOCATION = SourceLocation()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its `id` (empty when it has none) and its plain text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentence around a link, cut at the link: `before`, the link's own `text`, `after`.

    In all three, code, emphasis and labels stand between the markers of `index/html/styled_text.py`; `str`
    gives the plain text.
    """

    before: str = ""
    text: str = ""
    after: str = ""

    def __str__(self) -> str:
        return _MARKER.sub("", self.before + self.text + self.after)


@dataclass(frozen=True, slots=True)
class IgnoreMark:
    """An author's mark that silences a finding.

    `rule` is as written: the name of one rule, empty where the name was forgotten, None for all rules.
    `number` tells the marks of one page apart; a link and the image in it share a mark.
    """

    rule: str | None
    reason: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page, as the reader meets it.

    `target` is a page's `PageUri`, an asset's path below the site, or an absolute `Url`; for a link
    that leads nowhere it is the path that was asked for, with `/` before it where a page has that as its
    source. `href` is what the page holds. `fragment` is percent-encoded as written, without `#`. `text` is
    what a screen reader would say, and empty where that is nothing. A link of the kind `wikilink` leads
    nowhere: `candidates` are the paths in the sources that it may mean, all equally well. `section` counts
    the headings above the link, `number` the links before it on the page.
    """

    source: PageUri
    kind: LinkKind
    href: str
    target: str
    fragment: str | None = None
    text: str = ""
    element: str = "a"
    rel: tuple[str, ...] = ()
    heading: Heading | None = None
    excerpt: Excerpt = Excerpt()
    marks: tuple[IgnoreMark, ...] = ()
    candidates: tuple[str, ...] = ()
    section: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """A link as its author wrote it.

    `href` is the address as written, where that is known, else as the page holds it. `bare` says that the
    text is the address itself, `<https://…>`, or is not known to be anything else; `raw` that the address
    stands in an HTML tag. `base` is the path from `docs_dir` to the file that a relative address counts from.
    """

    location: SourceLocation = UNKNOWN_LOCATION
    href: str
    bare: bool = True
    raw: bool = False
    base: str

    @classmethod
    def unlocated(cls, link: Link, file: str | None = None) -> SourceLink:
        """The source of a link of which only the file is known, if that."""
        return cls(location=SourceLocation(file), href=link.href, base=link.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that takes part, with all that later stages need to know of it.

    `url` is relative to the site and empty for the home page, `text` is the plain text of the content,
    `section` the titles above the page in the navigation. `depth` is 0 for the home page, 1 for what
    stands at the top of the navigation, one more for each section, and None outside the navigation;
    `left_out` says that the author, or another plugin, has left it out of there on purpose. `file` is the
    source as in `SourceLocation`, `language` the code of the theme's language, such as `pt-BR`, empty where
    it is not known. `repeated` are the ids that stand in the content more than once, `marks` those at no
    link. `lead` is the first sentence, and a `listing` a page that a plugin wrote to list others. `tags` are
    the author's own words for what it is about.
    """

    uri: PageUri
    url: str
    title: str
    text: str = ""
    depth: int | None = None
    section: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    pinned: tuple[PageUri, ...] = ()
    unrelated: frozenset[PageUri] = frozenset()
    file: str | None = None
    language: str = ""
    left_out: bool = False
    repeated: frozenset[str] = frozenset()
    marks: tuple[IgnoreMark, ...] = ()
    lead: str = ""
    listing: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backlink:
    """A page that links to another one, with every link from the one to the other."""

    page: Page
    links: tuple[Link, ...]

"""The values that one stage hands to the next: frozen, plain, and free of MkDocs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType, Protocol

PageUri = NewType("PageUri", str)
"""The source path of a page below `docs_dir`, with `/`: `guide/install.md`."""

Url = NewType("Url", str)
"""A normalised absolute address without its fragment."""

LinkKind = Literal["page", "asset", "external", "wikilink"]
Severity = Literal["error", "warn", "info", "ignore"]
Failure = Literal[
    "malformed",
    "unknown_host",
    "non_public",
    "forbidden_port",
    "tls",
    "timeout",
    "connection",
    "too_many_redirects",
    "offline",
    "deferred",
    "unlocked",
]
Verdict = Literal[
    "ok",
    "moved",
    "redirected",
    "broken",
    "anchor_missing",
    "blocked",
    "deferred",
    "unavailable",
    "insecure",
    "suspect",
    "unsafe",
    "unverifiable",
    "skipped",
]
Presence = Literal["present", "absent", "unknown"]
"""Whether a page has an anchor; `unknown` where nobody can tell without running its scripts."""

Via = Literal["network", "cache", "lock", "authority", "local", "static"]
"""Where evidence comes from: asked now, remembered by this machine or by the lockfile, told by an
interface of the host, found in the working tree, or known without asking."""
MARKS = "\ufdd0-\ufdd9"
"""The characters that mark parts of an excerpt, for a class of a regular expression."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_MARK = re.compile(f"[{MARKS}]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the author's source; `line` and `column` count from 1.

    `file` is relative to `mkdocs.yml`. What is not known is None, never a guess.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its `id` (empty when it has none) and its plain text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentence around a link, cut at the link: `before`, the link's own `text`, `after`.

    In all three, code, emphasis and labels stand between the marks of `index/marked.py`; what `str` gives
    is the plain text.
    """

    before: str = ""
    text: str = ""
    after: str = ""

    def __str__(self) -> str:
        whole = self.before + self.text + self.after
        return whole if whole.isascii() else _MARK.sub("", whole)


@dataclass(frozen=True, slots=True)
class Mark:
    """An author's word that a problem is known and may stay.

    `rule` is as written: the name of one rule, empty where the name was forgotten, None for all rules.
    `number` tells the marks of one page apart; a link and the image in it share a mark.
    """

    rule: str | None
    reason: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """How a link is written in its source: where, and with which address (None where that is implied).

    `bare` says that the link's text is no text of the author's but the address itself: `<https://…>`, or
    not known to be anything else. `raw` says that the address stands in an HTML tag, where it stays as it is.
    `base` is the path from `docs_dir` to the included file that a relative address counts from; None where
    it counts from the page.
    """

    place: Place = Place()
    href: str | None = None
    bare: bool = True
    raw: bool = False
    base: str | None = None


class Origins(Protocol):
    """The origins of a page's links, by their number on the page; they may be sought when first asked for."""

    def __getitem__(self, number: int, /) -> Origin: ...


UNKNOWN = Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page, as the reader meets it and as the author wrote it.

    `target` is a page's `PageUri`, an asset's path below the site, or an absolute `Url`; for a link
    that leads nowhere it is the path that was asked for, with `/` before it where a page has that as its
    source. `href` is what the page holds. `fragment` is percent-encoded as written, without `#`. `text` is
    what a screen reader would say, and empty where that is nothing. A link of the kind `wikilink` leads
    nowhere: `candidates` are the paths in the sources that it may mean, all equally well. Where and how the
    author wrote it is `origins[number]`, which takes time to find: ask only for what will be shown.
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
    marks: tuple[Mark, ...] = ()
    candidates: tuple[str, ...] = ()
    origins: Origins = field(default=(UNKNOWN,), repr=False, compare=False)
    number: int = 0

    @property
    def place(self) -> Place:
        """Where the author wrote the link."""
        return self.origins[self.number].place

    @property
    def written(self) -> str:
        """The address as the author wrote it where that is known, else as the page holds it."""
        href = self.origins[self.number].href
        return self.href if href is None else href

    @property
    def bare(self) -> bool:
        """Whether the text may be no text of the author's, as in `Origin`."""
        return self.origins[self.number].bare

    @property
    def base(self) -> str:
        """The path from `docs_dir` to the file that a relative address in Markdown counts from."""
        return self.origins[self.number].base or self.source

    @property
    def raw(self) -> bool:
        """Whether the address is known to stand in an HTML tag."""
        return self.origins[self.number].raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that takes part, with all that later stages need to know of it.

    `url` is relative to the site and empty for the home page, `text` is the plain text of the content,
    `section` the titles above the page in the navigation. `depth` is 0 for the home page, 1 for what
    stands at the top of the navigation, one more for each section, and None outside the navigation;
    `left_out` says that the author, or another plugin, has left it out of there on purpose. `file` is the
    source as in `Place`, `language` the code of the theme's language, such as `pt-BR`, empty where it is
    not known. `repeated` are the ids that stand in the content more than once, `marks` those at no link.
    `lead` is the first sentence, and a `listing` a page that a plugin wrote to list others. `tags` are the
    author's own words for what it is about.
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
    marks: tuple[Mark, ...] = ()
    lead: str = ""
    listing: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backlink:
    """A page that links to another one, with every link from the one to the other."""

    page: Page
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page is related; `names` are titles of pages or words, the strongest first."""

    kind: Literal["pinned", "links_here", "linked_from_here", "shared_neighbours", "shared_terms"]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A page worth reading next; `score` lies in 0…1, `reasons` start with the strongest."""

    page: PageUri
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One external address with every link that uses it."""

    url: Url
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the address that was asked and the status that it answered."""

    url: Url
    status: int


@dataclass(frozen=True, slots=True)
class Streak:
    """What is remembered of an address that fails now.

    `runs` counts the runs that failed in a row, this one included, `days` the full days since the first of
    them. `was_fine` says that the address answered well before.
    """

    runs: int
    days: int
    was_fine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the web answered about one address: facts, no opinion.

    Exactly one of `status`, `failure` and `skipped` is set. `checked_at` is UTC in ISO 8601 to the
    second. `https` says, for an `http:` address that answered, whether the same address answers over TLS.

    `attempts` counts how often the address was asked in this run, `method` is how it was asked last.
    `control` says whether another request to the same host worked, and is None where none was made. `wall`
    names what turned the program away, `parked` what shows that the domain is for sale; both by their entry
    in the tables of known pages. `fragments` are those that links use, percent-encoded as in `Link`.
    """

    url: Url
    status: int | None = None
    failure: Failure | None = None
    skipped: str | None = None
    detail: str = ""
    hops: tuple[Hop, ...] = ()
    final_url: Url | None = None
    https: bool | None = None
    checked_at: str | None = None
    via: Via = "network"
    attempts: int = 1
    control: bool | None = None
    method: str = "GET"
    wall: str | None = None
    parked: str | None = None
    fragments: tuple[tuple[str, Presence], ...] = ()
    streak: Streak | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that mends a finding: `href` is what the author should write instead."""

    href: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says of one link or page: `message` names the problem, `fix` the way out.

    What several pages have from one source is one finding: `count` is how often it was found, and `pages`
    are the first few of its pages; they are empty for what is said of one page alone.
    """

    rule: str
    severity: Severity
    message: str
    page: PageUri
    url: str
    place: Place = Place()
    evidence: Mapping[str, Json] = field(default_factory=dict)
    fix: Fix | None = None
    count: int = 1
    pages: tuple[PageUri, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One external address after the gate: the facts and the verdict on them."""

    evidence: Evidence
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a build or a check found out; `findings` and `targets` are sorted.

    `notes` are sentences about the run itself, such as that no network was there, which is what `offline`
    says. `ignored` counts the problems that marks of the authors silenced.
    """

    links: int
    pages: int
    findings: tuple[Finding, ...] = ()
    targets: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()
    failed: bool = False
    ignored: int = 0
    offline: bool = False

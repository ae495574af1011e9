"""The values that one stage hands to the next: frozen, plain, and free of MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

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
    "tls",
    "timeout",
    "connection",
    "too_many_redirects",
    "offline",
    "deferred",
]
Verdict = Literal[
    "ok", "moved", "redirected", "broken", "blocked", "deferred", "unavailable", "unsafe", "skipped"
]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


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
    """The sentence around a link, cut at the link: `before`, the link's own `text`, `after`."""

    before: str = ""
    text: str = ""
    after: str = ""

    def __str__(self) -> str:
        return self.before + self.text + self.after


@dataclass(frozen=True, slots=True)
class Mark:
    """An author's word that a problem is known and may stay.

    `rule` is as written: the name of one rule, empty where the name was forgotten, None for all rules.
    `number` tells the marks of one page apart; a link and the image in it share a mark.
    """

    rule: str | None
    reason: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page, as the reader meets it and as the author wrote it.

    `target` is a page's `PageUri`, an asset's path below the site, or an absolute `Url`; for a link
    that leads nowhere it is the path that was asked for. `href` is what the author wrote where the
    source is known, else what the page holds. `fragment` is percent-encoded as written, without `#`.
    `text` is what a screen reader would say, and empty where that is nothing. `bare` says that the text is
    no text of the author's but the address itself: `<https://…>`, or not known to be anything else.
    A link of the kind `wikilink` leads nowhere: `candidates` are the paths in the sources that it may
    mean, all equally well.
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
    place: Place = Place()
    bare: bool = True
    marks: tuple[Mark, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that takes part, with all that later stages need to know of it.

    `url` is relative to the site and empty for the home page, `text` is the plain text of the content,
    `section` the titles above the page in the navigation. `depth` is 0 for the home page, 1 for what
    stands at the top of the navigation, one more for each section, and None outside the navigation;
    `left_out` says that the author, or another plugin, has left it out of there on purpose. `file` is the
    source as in `Place`, `language` the code of the theme's language, such as `pt-BR`, empty where it is
    not known. `repeated` are the ids that stand in the content more than once, `marks` those at no link.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the web answered about one address: facts, no opinion.

    Exactly one of `status`, `failure` and `skipped` is set. `checked_at` is UTC in ISO 8601 to the
    second. `https` says, for an `http:` address that answered, whether the same address answers over TLS.
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
    via: Literal["network", "static"] = "network"


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

    `notes` are sentences about the run itself, such as that no network was there. `ignored` counts the
    problems that marks of the authors silenced.
    """

    links: int
    pages: int
    findings: tuple[Finding, ...] = ()
    targets: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()
    failed: bool = False
    ignored: int = 0

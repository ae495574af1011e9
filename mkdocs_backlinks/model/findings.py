"""What the gate has to say of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mkdocs_backlinks.model.links import UNKNOWN_LOCATION, PageUri, SourceLocation
from mkdocs_backlinks.model.web import Evidence, Verdict

Severity = Literal["error", "warn", "info", "ignore"]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


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
    location: SourceLocation = UNKNOWN_LOCATION
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

    Findings that nobody will see may have neither a place nor a suggestion.

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

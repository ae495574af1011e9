"""Findings about a site, and the report that has them."""

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
    """A problem of one link or page; `message` names it, `fix` is an edit that is sure.

    A problem that several pages have from one source is one finding: `count` is how often it occurs, and
    `pages` are the first few of its pages; they are empty where it is of one page alone.
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
    """One external URL in the report: the evidence and the verdict on it."""

    evidence: Evidence
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of a build or a check; `findings` and `targets` are sorted.

    Findings that nobody will see may have neither a location nor a suggestion.

    `notes` are sentences about the run itself. `offline` is True if nothing could be verified without a
    network. `ignored` counts the problems that ignore marks silenced.
    """

    links: int
    pages: int
    findings: tuple[Finding, ...] = ()
    targets: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()
    failed: bool = False
    ignored: int = 0
    offline: bool = False

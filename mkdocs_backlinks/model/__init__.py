"""The values that one stage hands to the next: frozen, plain, and free of MkDocs."""

from mkdocs_backlinks.model.findings import Finding, Fix, Json, Judged, Report, Severity
from mkdocs_backlinks.model.links import (
    STYLE_MARKERS,
    Backlink,
    Excerpt,
    Heading,
    IgnoreMark,
    Link,
    LinkKind,
    Page,
    PageUri,
    SourceLink,
    SourceLocation,
    Url,
)
from mkdocs_backlinks.model.related import Reason, Related
from mkdocs_backlinks.model.web import Evidence, Failure, Hop, Presence, Streak, Target, Verdict, Via

__all__ = [
    "STYLE_MARKERS",
    "Backlink",
    "Evidence",
    "Excerpt",
    "Failure",
    "Finding",
    "Fix",
    "Heading",
    "Hop",
    "IgnoreMark",
    "Json",
    "Judged",
    "Link",
    "LinkKind",
    "Page",
    "PageUri",
    "Presence",
    "Reason",
    "Related",
    "Report",
    "Severity",
    "SourceLink",
    "SourceLocation",
    "Streak",
    "Target",
    "Url",
    "Verdict",
    "Via",
]

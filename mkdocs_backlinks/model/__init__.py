"""The values that one stage hands to the next: frozen, plain, and free of MkDocs."""

from mkdocs_backlinks.model.findings import Finding, Fix, Json, Judged, Report, Severity
from mkdocs_backlinks.model.links import (
    MARKS,
    UNKNOWN,
    Backlink,
    Excerpt,
    Heading,
    Link,
    LinkKind,
    Mark,
    Origin,
    Origins,
    Page,
    PageUri,
    Place,
    Url,
)
from mkdocs_backlinks.model.related import Reason, Related
from mkdocs_backlinks.model.web import Evidence, Failure, Hop, Presence, Streak, Target, Verdict, Via

__all__ = [
    "MARKS",
    "UNKNOWN",
    "Backlink",
    "Evidence",
    "Excerpt",
    "Failure",
    "Finding",
    "Fix",
    "Heading",
    "Hop",
    "Json",
    "Judged",
    "Link",
    "LinkKind",
    "Mark",
    "Origin",
    "Origins",
    "Page",
    "PageUri",
    "Place",
    "Presence",
    "Reason",
    "Related",
    "Report",
    "Severity",
    "Streak",
    "Target",
    "Url",
    "Verdict",
    "Via",
]

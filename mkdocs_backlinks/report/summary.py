"""Counts of a report, equal in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from mkdocs_backlinks.model import Judged, Report, Severity, Verdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SEVERITIES: tuple[Severity, ...] = ("error", "warn", "info")
_CLEAR: tuple[Verdict, ...] = (
    "ok",
    "moved",
    "redirected",
    "broken",
    "anchor_missing",
    "insecure",
    "suspect",
)
_UNCLEAR: tuple[Verdict, ...] = ("blocked", "unavailable", "deferred")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a report.

    `targets` are distinct external addresses: `verified` with a clear answer, `unverified` without one; the
    rest needed no answer. `ignored` are the problems that ignore marks silenced.
    """

    pages: int
    links: int
    targets: int
    verified: int
    unverified: int
    verdicts: Mapping[Verdict, int]
    severities: Mapping[Severity, int]
    ignored: int = 0


def summarise(report: Report) -> Summary:
    verdicts = Counter(target.verdict for target in report.targets)
    severities = Counter(finding.severity for finding in report.findings)
    return Summary(
        pages=report.pages,
        links=report.links,
        targets=len(report.targets),
        verified=sum(map(_is_verified, report.targets)),
        unverified=sum(verdicts[verdict] for verdict in _UNCLEAR),
        verdicts={verdict: verdicts[verdict] for verdict in VERDICTS},
        severities={severity: severities[severity] for severity in SEVERITIES},
        ignored=report.ignored,
    )


def _is_verified(target: Judged) -> bool:
    return target.verdict in _CLEAR and target.evidence.via != "static"

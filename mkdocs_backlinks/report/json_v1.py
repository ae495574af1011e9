"""The report as JSON, version 1: equal reports give equal bytes, whatever machine wrote them.

Everything beyond ASCII is escaped, so that no text of a page or a server can steer what shows the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Finding, Fix, Json, Judged, Report, Streak
from mkdocs_backlinks.report.summary import summarise

VERSION = 1


def render(report: Report) -> str:
    """Return the report as JSON: `version`, `summary`, `failed`, `notes`, `findings` and `targets`."""
    document: dict[str, Json] = {
        "version": VERSION,
        "summary": _summary(report),
        "failed": report.failed,
        "notes": list(report.notes),
        "findings": [_finding(finding) for finding in report.findings],
        "targets": [_target(target) for target in report.targets],
    }
    return urls.masked(json.dumps(document, indent=1)) + "\n"


def _summary(report: Report) -> Json:
    counts = summarise(report)
    return {
        "pages": counts.pages,
        "links": counts.links,
        "targets": counts.targets,
        "verified": counts.verified,
        **{str(verdict): number for verdict, number in counts.verdicts.items()},
        "errors": counts.severities["error"],
        "warnings": counts.severities["warn"],
        "infos": counts.severities["info"],
        "ignored": counts.ignored,
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "url": finding.url,
        "page": finding.page,
        "file": finding.location.file,
        "line": finding.location.line,
        "column": finding.location.column,
        "evidence": dict(sorted(finding.evidence.items())),
        "fix": _fix(finding.fix),
        "repeated": {"count": finding.count, "pages": list(finding.pages)} if finding.pages else None,
    }


def _fix(fix: Fix | None) -> Json:
    return {"href": fix.href, "note": fix.note} if fix else None


def _target(target: Judged) -> Json:
    evidence = target.evidence
    return {
        "url": evidence.url,
        "verdict": target.verdict,
        "status": evidence.status,
        "failure": evidence.failure,
        "skipped": evidence.skipped,
        "detail": evidence.detail,
        "final_url": evidence.final_url,
        "hops": _hops(evidence),
        "https": evidence.https,
        "checked_at": evidence.checked_at,
        "via": evidence.via,
        "attempts": evidence.attempts,
        "control": evidence.control,
        "method": evidence.method,
        "wall": evidence.wall,
        "parked": evidence.parked,
        "fragments": dict(evidence.fragments),
        "streak": _streak(evidence.streak),
    }


def _streak(streak: Streak | None) -> Json:
    return asdict(streak) if streak else None


def _hops(evidence: Evidence) -> Json:
    return [{"url": hop.url, "status": hop.status} for hop in evidence.hops]

"""Render a report for a terminal or the log of a CI service; nothing in it can steer what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Report, Severity, Verdict
from mkdocs_backlinks.report.printable import printable
from mkdocs_backlinks.report.summary import SEVERITIES, VERDICTS, Summary, summarise

LIMIT = 200
"""Largest number of findings that are printed."""

_MOST_HOSTS = 5
_LEAST_WIDTH = 11
_MEANINGS: Mapping[Verdict, str] = {
    "ok": "answered",
    "moved": "answered at a new address, for good",
    "redirected": "answered at another address, for now",
    "broken": "not there",
    "anchor_missing": "answered, without the place that a link names",
    "blocked": "programs are turned away, look by hand",
    "deferred": "not reached in the time given",
    "unavailable": "no clear answer this time",
    "insecure": "reached without protection, or not to be trusted",
    "suspect": "answered, perhaps with something else",
    "unsafe": "not public, so not asked",
    "unverifiable": "cannot be known from here",
    "skipped": "left out",
}
_HOSTS_SHOWN: tuple[Verdict, ...] = ("blocked", "deferred", "unavailable")
_NOUNS: Mapping[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warn": ("warning", "warnings"),
    "info": ("remark", "remarks"),
}


def render(report: Report, limit: int = LIMIT) -> str:
    """Return what was checked, the findings of each page, notes, and the number of findings.

    Beyond `limit` findings the mildest are left out; their number is printed.
    """
    counts, severities = summarise(report), [finding.severity for finding in report.findings]
    lines = [
        *_checked(report, counts),
        *_pages([report.findings[at] for at in most_severe(severities, limit)]),
        *_left_out(len(report.findings) - limit),
        "",
        *_ignored(report.ignored),
        *(f"Note: {printable(note)}" for note in report.notes),
        _closing(counts, complete=not report.offline),
    ]
    return "\n".join(lines) + "\n"


def most_severe(severities: Sequence[Severity], limit: int = LIMIT) -> list[int]:
    """Return the indexes, in order, of the `limit` most severe findings; of equal ones the first."""
    by_severity = sorted(range(len(severities)), key=lambda at: SEVERITIES.index(severities[at]))
    return sorted(by_severity[:limit])


def failure_message(reports: Sequence[Report]) -> str:
    """Return the sentence with which a build stops."""
    errors = sum(summarise(report).severities["error"] for report in reports)
    return f"backlinks: {_count(errors, 'error')} in the links of this site, listed above."


def _checked(report: Report, counts: Summary) -> Iterator[str]:
    links, pages = _number(counts.links, "link", "links"), _number(counts.pages, "page", "pages")
    yield f"Checked {links} on {pages}."
    if not counts.targets:
        yield "No external address was checked."
        return
    addresses = _number(counts.targets, "external address", "external addresses")
    yield f"{addresses}, {counts.verified:,} verified:"
    present = [verdict for verdict in VERDICTS if counts.verdicts[verdict]]
    width = max(_LEAST_WIDTH, *map(len, present))
    for verdict in present:
        number = f"{counts.verdicts[verdict]:,}"
        yield f"  {verdict:<{width}} {number:>6}  {_MEANINGS[verdict]}{_hosts(report, verdict)}"


def _hosts(report: Report, verdict: Verdict) -> str:
    """Return the hosts of the addresses that a person should open, the most frequent first."""
    if verdict not in _HOSTS_SHOWN:
        return ""
    addresses = (urls.parse(target.evidence.url) for target in report.targets if target.verdict == verdict)
    hosts = Counter(address.host for address in addresses if address)
    frequent = sorted(hosts, key=lambda host: (-hosts[host], host))
    named = [
        printable(f"{host} ({hosts[host]})" if hosts[host] > 1 else host) for host in frequent[:_MOST_HOSTS]
    ]
    more = ["…"] if len(frequent) > _MOST_HOSTS else []
    return f": {', '.join(named + more)}" if named else ""


def _pages(findings: Sequence[Finding]) -> Iterator[str]:
    for page, group in groupby(findings, key=lambda finding: finding.page):
        yield ""
        yield printable(page)
        for finding in group:
            yield f"  {_location(finding)}  {finding.severity}  {finding.rule}  {printable(finding.message)}"
            yield from (f"      {line}" for line in (*_repeats(finding), *_suggestions(finding)))


def _location(finding: Finding) -> str:
    """Return `file:line:column` as far as it is known, as editors and terminals understand it."""
    parts = [printable(finding.location.file or finding.page), finding.location.line, finding.location.column]
    return ":".join(str(part) for part in parts if part is not None)


def _repeats(finding: Finding) -> Iterator[str]:
    """Yield the pages of a finding that several pages have from one source."""
    if finding.pages:
        more = ", …" if finding.count > len(finding.pages) else ""
        yield f"found {finding.count:,} times, on {', '.join(map(printable, finding.pages))}{more}"


def _suggestions(finding: Finding) -> Iterator[str]:
    suggestions = finding.evidence.get("suggestions")
    if isinstance(suggestions, list) and suggestions:
        likely = [finding.fix.href] if finding.fix else suggestions
        yield f"did you mean: {' or '.join(printable(str(href)) for href in likely)}"
    elif finding.fix:
        yield f"write instead: {printable(finding.fix.href)}"
    if finding.fix and finding.fix.note:
        yield printable(finding.fix.note)


def _left_out(number: int) -> Iterator[str]:
    if number > 0:
        yield ""
        more = _number(number, "more finding is", "more findings are")
        yield f"{more} not shown here. The JSON report has them all: option reports.json, or --json."


def _ignored(number: int) -> Iterator[str]:
    if number:
        yield f"{_number(number, 'problem is', 'problems are')} ignored, as marks in the pages ask for."


def _closing(counts: Summary, *, complete: bool) -> str:
    counted = [_count(number, severity) for severity, number in counts.severities.items() if number]
    if counted:
        return f"Found {', '.join(counted)}."
    return "Found nothing wrong." if complete else "Found nothing wrong in what was checked."


def _count(number: int, severity: Severity) -> str:
    return _number(number, *_NOUNS[severity])


def _number(number: int, singular: str, plural: str) -> str:
    return f"{number:,} {singular if number == 1 else plural}"

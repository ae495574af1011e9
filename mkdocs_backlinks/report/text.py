"""The report for a terminal or the log of a CI service; nothing in it can steer what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Finding, Report, Severity, Verdict
from mkdocs_backlinks.report.plain import plain
from mkdocs_backlinks.report.summary import SEVERITIES, VERDICTS, Summary, summarise

LIMIT = 200
"""How many findings are printed."""

_HOSTS = 5
_NARROW = 11
_WORDS: Mapping[Verdict, str] = {
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
_TO_SEE: tuple[Verdict, ...] = ("blocked", "deferred", "unavailable")
_NOUNS: Mapping[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warn": ("warning", "warnings"),
    "info": ("remark", "remarks"),
}


def render(report: Report, limit: int = LIMIT) -> str:
    """What was checked, the findings of each page, notes, and the number of findings.

    Beyond `limit` findings the mildest are left out, and it says how many.
    """
    counts = summarise(report)
    lines = [
        *_checked(report, counts),
        *_pages(_printed(report.findings, limit)),
        *_left_out(len(report.findings) - limit),
        "",
        *_ignored(report.ignored),
        *(f"Note: {plain(note)}" for note in report.notes),
        _closing(counts, complete=not report.offline),
    ]
    return "\n".join(lines) + "\n"


def printed(severities: Sequence[Severity], limit: int = LIMIT) -> list[int]:
    """Which findings are printed, by their index in order: at most `limit`, errors before all else."""
    by_severity = sorted(range(len(severities)), key=lambda at: SEVERITIES.index(severities[at]))
    return sorted(by_severity[:limit])


def verdict_line(reports: Sequence[Report]) -> str:
    """Why a build stops, in one sentence."""
    errors = sum(summarise(report).severities["error"] for report in reports)
    return f"backlinks: {_count(errors, 'error')} in the links of this site, listed above."


def _printed(findings: Sequence[Finding], limit: int) -> list[Finding]:
    return [findings[at] for at in printed([one.severity for one in findings], limit)]


def _checked(report: Report, counts: Summary) -> Iterator[str]:
    links, pages = _number(counts.links, "link", "links"), _number(counts.pages, "page", "pages")
    yield f"Checked {links} on {pages}."
    if not counts.targets:
        yield "No external address was checked."
        return
    addresses = _number(counts.targets, "external address", "external addresses")
    yield f"{addresses}, {counts.verified:,} verified:"
    seen = [verdict for verdict in VERDICTS if counts.verdicts[verdict]]
    width = max(_NARROW, *map(len, seen))
    for verdict in seen:
        number = f"{counts.verdicts[verdict]:,}"
        yield f"  {verdict:<{width}} {number:>6}  {_WORDS[verdict]}{_hosts(report, verdict)}"


def _hosts(report: Report, verdict: Verdict) -> str:
    """The hosts of those addresses that a person should look at, the most frequent first."""
    if verdict not in _TO_SEE:
        return ""
    addresses = (urls.parse(one.evidence.url) for one in report.targets if one.verdict == verdict)
    hosts = Counter(address.host for address in addresses if address)
    frequent = sorted(hosts, key=lambda host: (-hosts[host], host))
    named = [plain(f"{host} ({hosts[host]})" if hosts[host] > 1 else host) for host in frequent[:_HOSTS]]
    more = ["…"] if len(frequent) > _HOSTS else []
    return f": {', '.join(named + more)}" if named else ""


def _pages(findings: Sequence[Finding]) -> Iterator[str]:
    for page, group in groupby(findings, key=lambda finding: finding.page):
        yield ""
        yield plain(page)
        for finding in group:
            yield f"  {_place(finding)}  {finding.severity}  {finding.rule}  {plain(finding.message)}"
            yield from (f"      {line}" for line in (*_repeats(finding), *_way_out(finding)))


def _place(finding: Finding) -> str:
    """`file:line:column` as far as it is known, as editors and terminals understand it."""
    parts = [plain(finding.location.file or finding.page), finding.location.line, finding.location.column]
    return ":".join(str(part) for part in parts if part is not None)


def _repeats(finding: Finding) -> Iterator[str]:
    """Where else the same is found, for what several pages have from one source."""
    if finding.pages:
        more = ", …" if finding.count > len(finding.pages) else ""
        yield f"found {finding.count:,} times, on {', '.join(map(plain, finding.pages))}{more}"


def _way_out(finding: Finding) -> Iterator[str]:
    suggestions = finding.evidence.get("suggestions")
    if isinstance(suggestions, list) and suggestions:
        likely = [finding.fix.href] if finding.fix else suggestions
        yield f"did you mean: {' or '.join(plain(str(one)) for one in likely)}"
    elif finding.fix:
        yield f"write instead: {plain(finding.fix.href)}"
    if finding.fix and finding.fix.note:
        yield plain(finding.fix.note)


def _left_out(number: int) -> Iterator[str]:
    if number > 0:
        yield ""
        more = _number(number, "more finding is", "more findings are")
        yield f"{more} not shown here. The JSON report has them all: option reports.json, or --json."


def _ignored(number: int) -> Iterator[str]:
    if number:
        yield f"{_number(number, 'problem is', 'problems are')} ignored, as marks in the pages ask for."


def _closing(counts: Summary, *, complete: bool) -> str:
    found = [_count(number, severity) for severity, number in counts.severities.items() if number]
    if found:
        return f"Found {', '.join(found)}."
    return "Found nothing wrong." if complete else "Found nothing wrong in what was checked."


def _count(number: int, severity: Severity) -> str:
    return _number(number, *_NOUNS[severity])


def _number(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"

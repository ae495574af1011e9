"""Each format against its golden file; `UPDATE_GOLDENS=1` writes the files anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from mkdocs_backlinks.model import (
    Evidence,
    Finding,
    Fix,
    Hop,
    Judged,
    PageUri,
    Report,
    Severity,
    SourceLocation,
    Streak,
    Url,
    Verdict,
)
from mkdocs_backlinks.report import as_json, as_text, failure_message, summarise

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "\x1b[31mred\x1b[0m\r\n::error::x \u202etxt.exe ##[group] ##vso[task] \ud800"


def finding(rule: str, severity: Severity, page: str, line: int | None = 1, **fields: object) -> Finding:
    place = SourceLocation(f"docs/{page}", line, 4 if line else None)
    given = {"message": "what is wrong", "url": "x.md", **fields}
    return Finding(rule=rule, severity=severity, page=PageUri(page), location=place, **given)  # type: ignore[arg-type]


def judged(verdict: Verdict, url: str, **fields: object) -> Judged:
    given = {"checked_at": "2026-03-01T12:00:00+00:00", **fields}
    return Judged(Evidence(url=Url(url), **given), verdict)  # type: ignore[arg-type]


EMPTY = Report(links=0, pages=1)
FULL = Report(
    links=1234,
    pages=3,
    failed=True,
    findings=(
        finding(
            "broken_page",
            "error",
            "a.md",
            12,
            message='there is no page "instal.md"',
            url="instal.md",
            evidence={"target": "instal.md", "suggestions": ["install.md", "uninstall.md"]},
            fix=Fix("install.md"),
        ),
        finding(
            "broken_anchor",
            "error",
            "a.md",
            30,
            message='this page has no anchor "x"',
            url="#x",
            evidence={"target": "a.md", "fragment": "x", "suggestions": ["#y", "b.md#x"]},
        ),
        finding(
            "permanent_redirect",
            "info",
            "a.md",
            31,
            message="https://moved.example/ has moved to https://new.example/",
            url="https://moved.example/",
            evidence={"status": 200, "final_url": "https://new.example/", "hops": []},
            fix=Fix("https://new.example/", "look at it first"),
        ),
        finding(
            "vague_text",
            "warn",
            "b/\u202ec.md",
            None,
            message=f"the text {HOSTILE}",
            url="d.md",
            count=12,
            pages=(PageUri("b/\u202ec.md"), PageUri("::error::.md")),
        ),
        finding("vague_text", "warn", "::error::.md", 2, message="::error::x", url="d.md"),
    ),
    targets=(
        judged("blocked", "https://blocked.example/1", status=403),
        judged("blocked", "https://blocked.example/2", status=429),
        judged("blocked", "https://walled.example/", status=200, wall="A wall", attempts=2, control=True),
        judged(
            "broken",
            "https://gone.example/",
            status=404,
            detail=HOSTILE,
            streak=Streak(3, 4, was_fine=True),
        ),
        judged("deferred", "https://late.example/", failure="deferred", checked_at=None),
        judged(
            "moved",
            "https://moved.example/",
            status=200,
            hops=(Hop(Url("https://moved.example/"), 301),),
            final_url=Url("https://new.example/"),
        ),
        judged("anchor_missing", "https://moved.example/b", status=200, fragments=(("a", "absent"),)),
        judged("ok", "http://fine.example/", status=200, https=True),
        judged("suspect", "https://sold.example/", status=200, parked="A marketplace"),
        judged("skipped", "https://skipped.example/", skipped="a demo", via="static", checked_at=None),
        *(judged("unavailable", f"https://down{n}.example/", failure="timeout") for n in range(7)),
    ),
    notes=("A note.",),
    offline=True,
    ignored=2,
)

FORMATS: dict[str, Callable[[Report], str]] = {"txt": as_text, "json": as_json}
REPORTS = {"empty": EMPTY, "full": FULL}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("ending", FORMATS)
def test_format(ending: str, name: str) -> None:
    golden = GOLDEN / f"{name}.{ending}"
    rendered = FORMATS[ending](REPORTS[name])
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(rendered.encode())
    assert rendered == golden.read_bytes().decode()


@pytest.mark.parametrize("render", FORMATS.values(), ids=FORMATS)
def test_equal_reports_give_equal_bytes(render: Callable[[Report], str]) -> None:
    assert render(FULL) == render(replace(FULL))
    assert render(FULL).endswith("\n")


@pytest.mark.parametrize("render", FORMATS.values(), ids=FORMATS)
def test_nothing_that_steers_a_terminal_gets_through(render: Callable[[Report], str]) -> None:
    rendered = render(FULL)
    assert all(char.isprintable() or char == "\n" for char in rendered)
    assert rendered.encode().decode() == rendered


def test_no_line_is_a_command_of_a_ci_service() -> None:
    lines = as_text(FULL).splitlines()
    assert not any(line.strip().startswith("::") for line in lines)
    assert not any("##[" in line or "##vso[" in line for line in lines)


def test_the_summary_of_the_json_report() -> None:
    summary = json.loads(as_json(FULL))["summary"]
    assert summary == {
        "pages": 3,
        "links": 1234,
        "targets": 17,
        "verified": 5,
        "ok": 1,
        "moved": 1,
        "redirected": 0,
        "broken": 1,
        "anchor_missing": 1,
        "blocked": 3,
        "deferred": 1,
        "unavailable": 7,
        "insecure": 0,
        "suspect": 1,
        "unsafe": 0,
        "unverifiable": 0,
        "skipped": 1,
        "errors": 2,
        "warnings": 2,
        "infos": 1,
        "ignored": 2,
    }


def many(number: int, severity: Severity) -> tuple[Finding, ...]:
    return tuple(finding("a_rule", severity, "a.md", line) for line in range(1, number + 1))


def test_beyond_the_limit_the_mildest_findings_go_first() -> None:
    findings = (*many(2, "info"), finding("last", "error", "z.md"))
    text = as_text(replace(EMPTY, findings=findings), limit=2)
    shown = [line for line in text.splitlines() if line.startswith("  ")]
    assert [line.split()[1] for line in shown] == ["info", "error"]
    assert "1 more finding is not shown here." in text
    assert "Found 1 error, 2 remarks." in text


def test_up_to_the_limit_nothing_is_left_out() -> None:
    assert "more finding" not in as_text(replace(EMPTY, findings=many(200, "warn")))
    assert "1 more finding is" in as_text(replace(EMPTY, findings=many(201, "warn")))


def lines_of(*targets: Judged, **fields: object) -> list[str]:
    return as_text(replace(EMPTY, targets=targets, **fields)).splitlines()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "meaning"),
    {
        "ok": "answered",
        "moved": "answered at a new address, for good",
        "redirected": "answered at another address, for now",
        "broken": "not there",
        "anchor_missing": "answered, without the place that a link names",
        "blocked": "programs are turned away, look by hand: a.example",
        "deferred": "not reached in the time given: a.example",
        "unavailable": "no clear answer this time: a.example",
        "insecure": "reached without protection, or not to be trusted",
        "suspect": "answered, perhaps with something else",
        "unsafe": "not public, so not asked",
        "unverifiable": "cannot be known from here",
        "skipped": "left out",
    }.items(),
)
def test_the_line_of_a_verdict(verdict: Verdict, meaning: str) -> None:
    _, addresses, line, *_ = lines_of(judged(verdict, "https://a.example/"))
    assert addresses.startswith("1 external address, ")
    assert line == f"  {verdict:<{max(11, len(verdict))}}      1  {meaning}"


def test_hosts_are_named_by_their_number_and_name_up_to_five() -> None:
    urls = ["https://b.example/", "https://a.example/", "https://c.example/1", "https://c.example/2"]
    targets = [judged("blocked", url) for url in [*urls, "no address"]]
    assert lines_of(*targets)[2].endswith("look by hand: c.example (2), a.example, b.example")
    more = [judged("blocked", f"https://{name}.example/") for name in "defg"]
    assert lines_of(*targets, *more[:2])[2].endswith(
        ": c.example (2), a.example, b.example, d.example, e.example"
    )
    assert lines_of(*targets, *more[:3])[2].endswith(", d.example, e.example, …")
    assert lines_of(judged("blocked", "no address"))[2].endswith("look by hand")


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"links": 1}, "Checked 1 link on 1 page."),
        ({"links": 2000, "pages": 2}, "Checked 2,000 links on 2 pages."),
        ({"ignored": 1}, "1 problem is ignored, as marks in the pages ask for."),
        ({"ignored": 2}, "2 problems are ignored, as marks in the pages ask for."),
        ({"offline": True}, "Found nothing wrong in what was checked."),
        ({"offline": False}, "Found nothing wrong."),
        ({"findings": (finding("r", "warn", "a.md"),)}, "Found 1 warning."),
        ({"findings": (finding("r", "info", "a.md"),)}, "Found 1 remark."),
        ({"findings": (finding("r", "info", "a.md"),)}, "  docs/a.md:1:4  info  r  what is wrong"),
        ({"findings": (finding("r", "info", "a.md", None),)}, "  docs/a.md  info  r  what is wrong"),
    ],
)
def test_lines(fields: dict[str, object], line: str) -> None:
    assert line in lines_of(**fields)


def test_lines_below_a_finding() -> None:
    pages = PageUri("a.md"), PageUri("b.md")
    repeated = finding("r", "info", "a.md", count=2, pages=pages, evidence={"suggestions": []}, fix=Fix("x"))
    assert lines_of(findings=(repeated,))[5:7] == [
        "      found 2 times, on a.md, b.md",
        "      write instead: x",
    ]
    several = replace(repeated, count=3, fix=None, evidence={"suggestions": ["x", "y"]})
    assert lines_of(findings=(several,))[5:7] == [
        "      found 3 times, on a.md, b.md, …",
        "      did you mean: x or y",
    ]


def test_a_line_stands_empty_before_what_is_left_out() -> None:
    findings = tuple(finding("r", "info", "a.md") for _ in range(3))
    assert as_text(replace(EMPTY, findings=findings), limit=1).splitlines()[5:7] == [
        "",
        "2 more findings are not shown here. The JSON report has them all: option reports.json, or --json.",
    ]


@pytest.mark.parametrize(
    ("reports", "line"),
    [
        ([FULL], "backlinks: 2 errors in the links of this site, listed above."),
        (
            [FULL, EMPTY, replace(EMPTY, findings=many(1, "error"))],
            "backlinks: 3 errors in the links of this site, listed above.",
        ),
        (
            [replace(EMPTY, findings=many(1, "error"))],
            "backlinks: 1 error in the links of this site, listed above.",
        ),
    ],
)
def test_failure_message(reports: list[Report], line: str) -> None:
    assert failure_message(reports) == line


def test_what_is_known_without_asking_is_not_verified() -> None:
    targets = (
        judged("broken", "http://[", failure="malformed", via="static"),
        judged("unsafe", "http://localhost/", failure="non_public"),
        judged("blocked", "https://a.example/", status=403),
    )
    summary = summarise(replace(EMPTY, targets=targets))
    assert (summary.verified, summary.unverified) == (0, 1)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_each_verdict_is_clear_unclear_or_known_without_an_answer(verdict: Verdict) -> None:
    summary = summarise(replace(EMPTY, targets=(judged(verdict, "https://a.example/"),)))
    clear = {"ok", "moved", "redirected", "broken", "anchor_missing", "insecure", "suspect"}
    unclear = {"blocked", "unavailable", "deferred"}
    assert (summary.verified, summary.unverified) == (verdict in clear, verdict in unclear)

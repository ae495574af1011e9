"""The gate asks, judges and reports in that order, and tells no network from broken links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from mkdocs_backlinks import gate
from mkdocs_backlinks.index import LinkGraph, SearchableText, SourceLinks
from mkdocs_backlinks.model import (
    Evidence,
    Finding,
    Hop,
    IgnoreMark,
    Link,
    LinkKind,
    Page,
    PageUri,
    Report,
    Severity,
    SourceLink,
    SourceLocation,
    Url,
)
from mkdocs_backlinks.settings import ExternalSettings, ReportSettings, Settings

A, B = PageUri("a.md"), PageUri("b.md")


@dataclass
class FakeFinished:
    files: frozenset[str] = frozenset()
    ids: Mapping[PageUri, frozenset[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def present(self, paths: Iterable[str]) -> frozenset[str]:
        paths = list(paths)
        self.asked += paths
        return self.files.intersection(paths)

    def texts(self, pages: Iterable[Page]) -> Mapping[PageUri, SearchableText]:
        assert not list(pages)
        return {}

    def anchors(self, pages: Iterable[Page]) -> Mapping[PageUri, frozenset[str]]:
        uris = [page.uri for page in pages]
        self.asked += uris
        return {uri: self.ids[uri] for uri in uris if uri in self.ids}


def link(target: str, kind: LinkKind = "external", fragment: str | None = None) -> Link:
    return Link(source=A, kind=kind, href=target, target=target, fragment=fragment, text=target)


def graph(*links: Link) -> LinkGraph:
    return LinkGraph.of([Page(uri=uri, url=uri[0] + "/", title=uri, depth=1) for uri in (A, B)], links)


def fact(url: str, **fields: object) -> Evidence:
    return Evidence(url=Url(url), **fields)  # type: ignore[arg-type]


def gone(url: str, **fields: object) -> Evidence:
    """A 404 with all that proves it."""
    return fact(url, status=404, attempts=2, control=True, **fields)


def rules_of(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


WEB = graph(link("https://one.example/"), link("https://two.example/"), link("https://one.example/"))


class TestClose:
    def test_without_a_run_only_the_site_is_judged(self) -> None:
        report = gate.close(graph(link("gone.md", "page"), *WEB.links), (), (), Settings())
        assert rules_of(report) == ["broken_page"]
        assert (report.links, report.pages, report.targets, report.failed) == (4, 2, (), True)

    def test_evidence_is_judged_and_sorted(self) -> None:
        report = gate.close(
            WEB,
            [gone("https://two.example/"), fact("https://one.example/", status=403)],
            (),
            Settings(),
        )
        assert [(one.evidence.url, one.verdict) for one in report.targets] == [
            ("https://one.example/", "blocked"),
            ("https://two.example/", "broken"),
        ]
        assert rules_of(report) == ["broken_url"]
        assert report.failed

    @pytest.mark.parametrize(("severity", "failed"), [("error", True), ("warn", False), ("ignore", False)])
    def test_only_errors_fail(self, severity: Severity, failed: bool) -> None:
        report = gate.close(graph(link("gone.md", "page")), (), (), Settings(rules={"broken_page": severity}))
        assert report.failed == failed

    def test_a_clean_site_passes(self) -> None:
        report = gate.close(graph(link("b.md", "page")), (), (), Settings())
        assert report == Report(links=1, pages=2)

    def test_external_only_leaves_the_site_alone(self) -> None:
        mixed = graph(link("gone.md", "page"), link("http://localhost/"))
        report = gate.close_external(mixed, (), (), Settings())
        assert (rules_of(report), report.links) == (["non_public_host"], 1)

    def test_the_finished_site_has_the_last_word(self) -> None:
        doubtful = graph(
            link("tags/", "page"),
            link("feed.xml", "asset"),
            link("b.md", "page", "added"),
            link("b.md", "page"),
        )
        finished = FakeFinished(frozenset({"tags/", "feed.xml"}), {B: frozenset({"added"})})
        assert rules_of(gate.close(doubtful, (), (), Settings())) == [
            "broken_anchor",
            "broken_asset",
            "broken_page",
        ]
        assert gate.close(doubtful, (), (), Settings(), finished=finished).findings == ()
        assert finished.asked == ["feed.xml", "tags/", "b.md"]

    def test_a_host_that_is_allowed_is_no_finding(self) -> None:
        local = graph(link("http://localhost/"))
        allowed = Settings(external=ExternalSettings(allow_private=("localhost",)))
        assert rules_of(gate.close(local, (), (), Settings())) == ["non_public_host"]
        assert rules_of(gate.close(local, (), (), allowed)) == []

    @pytest.mark.parametrize(
        ("reports", "advised"), [(ReportSettings(), 200), (ReportSettings(json="x"), 300)]
    )
    def test_suggestions_are_made_for_what_is_printed_or_written(
        self, reports: ReportSettings, advised: int
    ) -> None:
        many = graph(*(link(f"old{number}/b.md", "page") for number in range(300)))
        report = gate.close(many, (), (), Settings(reports=reports))
        found = [one for one in report.findings if one.rule == "broken_page"]
        assert len(found) == 300
        assert sum("suggestions" in one.evidence for one in found) == advised

    def test_what_is_printed_has_its_place_however_much_is_found(self) -> None:
        links = [replace(link(f"old{number}/b.md", "page"), number=number) for number in range(300)]
        written = [
            SourceLink(location=SourceLocation("a.md", one.number + 1), href=one.href, base="a.md")
            for one in links
        ]
        sources = SourceLinks({PageUri("a.md"): lambda: written})
        page_of_many = Page(uri=PageUri("a.md"), url="a/", title="A", file="a.md")
        report = gate.close(LinkGraph.of([page_of_many], links[::-1]), (), (), Settings(), sources=sources)
        printed = [line for line in gate.as_text(report).splitlines() if "broken_page" in line]
        assert len(printed) == 200
        assert all(re.match(r"  a\.md:[0-9]+  error", line) for line in printed)

    def test_problems_that_marks_silence_are_counted(self) -> None:
        marked = replace(link("gone.md", "page"), marks=(IgnoreMark("broken_page"),))
        report = gate.close(graph(marked), (), (), Settings())
        assert (report.findings, report.ignored, report.failed) == ((), 1, False)

    def test_no_report_holds_a_password(self) -> None:
        url = "https://me:secret@one.example/"
        hop = Hop(Url(url), 301)
        evidence = gone(url, final_url=Url(url), hops=(hop,), detail=f"asked {url}")
        report = gate.close(graph(link(url)), [evidence], (), Settings())
        assert set(rules_of(report)) == {"broken_url", "credentials_in_url"}
        assert "secret" not in repr(report)

    def test_what_the_run_says_of_itself_is_noted_and_warns_nobody(self) -> None:
        evidence = [fact("https://one.example/", status=200)]
        report = gate.close(WEB, evidence, ["The cache is damaged."], Settings())
        assert report.notes == ("The cache is damaged.",)
        assert not gate.warns(report)


class TestNoNetwork:
    def test_one_note_and_no_finding(self) -> None:
        offline = [fact(f"https://{host}.example/", failure="offline") for host in ("one", "two")]
        report = gate.close(WEB, offline, (), Settings())
        assert report.notes == (
            "Nothing was verified: there is no network. External addresses left unchecked: 2.",
        )
        assert (report.findings, report.failed, report.offline) == ((), False, True)
        assert {one.verdict for one in report.targets} == {"unavailable"}

    def test_what_needs_no_network_is_still_found(self) -> None:
        site = graph(link("https://one.example/"), link("http://["), link("gone.md", "page"))
        evidence = (
            fact("https://one.example/", failure="offline"),
            fact("http://[", failure="malformed", via="static"),
        )
        report = gate.close(site, evidence, (), Settings())
        assert rules_of(report) == ["broken_page", "broken_url"]
        assert len(report.notes) == 1
        assert "unchecked: 1." in report.notes[0]

    def test_what_is_remembered_is_no_network(self) -> None:
        known = fact("https://two.example/", status=200, via="cache")
        report = gate.close(WEB, [fact("https://one.example/", failure="offline"), known], (), Settings())
        assert report.offline

    @pytest.mark.parametrize(
        "other",
        [
            {"status": 200},
            {"status": 403},
            {"status": 404},
        ],
    )
    def test_any_answer_means_that_there_was_a_network(self, other: dict[str, int]) -> None:
        report = gate.close(
            WEB,
            [fact("https://one.example/", failure="offline"), fact("https://two.example/", **other)],
            (),
            Settings(),
        )
        assert report.notes == ()

    @pytest.mark.parametrize(
        "evidence",
        [
            fact("https://one.example/", failure="unknown_host"),
            fact("https://one.example/", failure="timeout"),
            fact("https://one.example/", failure="deferred"),
            fact("https://one.example/", skipped="a reason", via="static"),
        ],
    )
    def test_other_failures_are_no_lack_of_network(self, evidence: Evidence) -> None:
        assert gate.close(WEB, [evidence], (), Settings()).notes == ()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [({}, "error"), ({"broken_page": "warn"}, "warn"), ({"broken_url": "info"}, "error")],
)
def test_severity(chosen: dict[str, Severity], expected: Severity) -> None:
    assert gate.severity("broken_page", chosen) == expected


def finding(severity: Severity) -> Finding:
    return Finding(rule="a_rule", severity=severity, message="x", page=A, url="x")


@pytest.mark.parametrize(
    ("report", "warns"),
    [
        (Report(links=0, pages=0), False),
        (Report(links=0, pages=0, notes=("A note.",)), False),
        (Report(links=0, pages=0, notes=("A note.",), offline=True), True),
        (Report(links=0, pages=0, findings=(finding("info"),)), False),
        (Report(links=0, pages=0, findings=(finding("info"), finding("warn"))), True),
    ],
)
def test_warns(report: Report, warns: bool) -> None:
    assert gate.warns(report) == warns

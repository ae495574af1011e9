"""Findings are sorted: what is shown by its location, all else by link, rule and message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Link, LinkKind, Page, PageUri, Severity, SourceLink, SourceLocation

PAGE = Page(uri=PageUri("a.md"), url="a/", title="A", depth=1)
CASES = [
    ("x.md", "text", "b.md", 1, 1),
    ("x.md", "text", "a.md", None, None),
    ("x.md", "text", "a.md", 3, None),
    ("z.md", "here", "a.md", 3, 2),
    ("y.md", "text", "a.md", 3, 2),
    ("x.md", "text", None, 9, 9),
]


def link(target: str, kind: LinkKind, source: str = "a.md", text: str = "text") -> Link:
    return Link(source=PageUri(source), kind=kind, href=target, target=target, text=text)


def test_what_is_not_selected_is_sorted_by_page_link_rule_and_message() -> None:
    page = Page(uri=PageUri("a.md"), url="a/", title="A", file="docs/a.md", repeated=frozenset("yx"))
    links = [
        replace(link("gone.md", "page", text="here"), number=2),
        replace(link("http://localhost/", "external"), href="//localhost/", number=10),
        replace(link("b.md", "page"), href="../b.md", number=1),
        *(replace(link("a.md", "page"), href=f"#{name}", fragment=name, number=20) for name in "yx"),
        replace(link("z.md", "page", source="0.md"), number=30),
    ]
    severities: list[Severity] = []

    def select(given: Sequence[Severity]) -> Sequence[int]:
        severities.extend(given)
        return ()

    findings = rules.apply(rules.Facts(graph=LinkGraph.of([page], links)), {}, select=select).findings
    assert [(finding.page, finding.rule, finding.url) for finding in findings] == [
        ("0.md", "broken_page", "z.md"),
        ("a.md", "broken_page", "../b.md"),
        ("a.md", "broken_page", "gone.md"),
        ("a.md", "vague_text", "gone.md"),
        ("a.md", "non_public_host", "http://localhost/"),
        ("a.md", "broken_anchor", "#x"),
        ("a.md", "broken_anchor", "#y"),
        ("a.md", "duplicate_id", "a/"),
        ("a.md", "duplicate_id", "a/"),
        ("a.md", "orphan_page", "a/"),
    ]
    assert [finding.message[:12] for finding in findings if finding.rule == "duplicate_id"] == [
        'the id "x" s',
        'the id "y" s',
    ]
    assert [finding.severity for finding in findings] == severities
    assert {finding.location.file for finding in findings} == {None, "docs/a.md"}
    assert {finding.location.line for finding in findings} == {None}


def test_what_is_selected_is_sorted_by_file_line_column_rule_url_and_message() -> None:
    links = [link(href, "page", text=text) for href, text, *_ in CASES]
    links = [replace(given, number=number) for number, given in enumerate(links)]

    def source(link: Link) -> SourceLink:
        return SourceLink(location=SourceLocation(*CASES[link.number][2:]), href=link.href, base=link.source)

    findings = rules.apply(
        rules.Facts(graph=LinkGraph.of([PAGE], links), source=source),
        {"same_text_different_target": "ignore"},
    ).findings
    assert [
        (finding.location.file, finding.location.line, finding.location.column, finding.rule, finding.url)
        for finding in findings
    ] == [
        (None, 9, 9, "broken_page", "x.md"),
        ("a.md", 3, 2, "broken_page", "y.md"),
        ("a.md", 3, 2, "broken_page", "z.md"),
        ("a.md", 3, 2, "vague_text", "z.md"),
        ("a.md", 3, None, "broken_page", "x.md"),
        ("a.md", None, None, "broken_page", "x.md"),
        ("b.md", 1, 1, "broken_page", "x.md"),
    ]

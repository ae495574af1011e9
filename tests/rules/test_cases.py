"""Every rule against its table of links that must and must not be flagged: `<rule>.yml` beside this file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph, SearchableText
from mkdocs_backlinks.model import (
    Evidence,
    Finding,
    Heading,
    Hop,
    IgnoreMark,
    Link,
    LinkKind,
    Page,
    PageUri,
    SourceLink,
    SourceLocation,
    Streak,
    Url,
)

HERE = Path(__file__).parent
TABLES: dict[str, list[dict[str, Any]]] = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob("*.yml"))
}
RULES = {rule.name: rule for rule in rules.ALL_RULES}

PAGES = [
    ("index.md", "", "Home", ["welcome"]),
    ("guide/index.md", "guide/", "Guide", ["overview"]),
    ("guide/install.md", "guide/install/", "Installation", ["limits", "on-linux", "über-uns", "a b"]),
    ("guide/usage.md", "guide/usage/", "Usage", ["options", "known-problems", "__tabbed_1_1"]),
    ("reference/api v2.md", "reference/api%20v2/", "API", ["options"]),
    ("elements/link.md", "elements/link/", "Link", ["more"]),
    ("安装/指南.md", "%E5%AE%89%E8%A3%85/%E6%8C%87%E5%8D%97/", "指南", ["步骤"]),
]
ASSETS = ["img/logo.png", "guide/img/login.png", "files/tool.zip"]


def site(links: list[Link], case: dict[str, Any]) -> LinkGraph:
    """The pages of the table above, all in the navigation, as far as the case says nothing else."""
    pages = [
        Page(
            uri=PageUri(uri),
            title=title,
            anchors=frozenset(anchors),
            **{
                "url": url,
                "depth": 1,
                "headings": tuple(Heading(anchor, anchor) for anchor in anchors),
                **page_fields(case.get("pages", {}).get(uri, {})),
            },
        )
        for uri, url, title, anchors in PAGES
    ]
    graph = LinkGraph.of(pages, links, ASSETS)
    return replace(graph, excluded=case.get("excluded", {}), moved=case.get("moved", {}))


def page_fields(given: dict[str, Any]) -> dict[str, Any]:
    fields = dict(given)
    if "marks" in fields:
        fields["marks"] = marks_of(fields["marks"], 100)
    if "headings" in fields:
        fields["headings"] = tuple(Heading(name, name) for name in fields["headings"])
    if "repeated" in fields:
        fields["repeated"] = frozenset(fields["repeated"])
    return fields


def marks_of(given: list[Any], first: int) -> tuple[IgnoreMark, ...]:
    return tuple(IgnoreMark(rule, number=number) for number, rule in enumerate(given, first))


def links_of(case: dict[str, Any], kinds: tuple[LinkKind, ...]) -> list[Link]:
    given = case["links"] if "links" in case else [case["link"]] if "link" in case else []
    return [link_of(fields, kinds[0], number) for number, fields in enumerate(given, 1)]


def link_of(given: dict[str, Any], kind: LinkKind, number: int) -> Link:
    fields: dict[str, Any] = {"source": "guide/usage.md", "kind": kind, "text": "text", **given}
    fields.setdefault("href", fields["target"])
    for name in ("line", "bare"):
        fields.pop(name, None)
    fields["marks"] = marks_of(fields.pop("ignore", []), 10 * number)
    if "heading" in fields:
        fields["heading"] = Heading("", fields["heading"])
    return Link(**fields, number=number)


def source_of(link: Link, case: dict[str, Any]) -> SourceLink:
    given = (case["links"] if "links" in case else [case["link"]])[link.number - 1]
    location = SourceLocation("docs/a.md", given.get("line"))
    return SourceLink(location=location, href=link.href, bare=given.get("bare", True), base=link.source)


def evidence_of(links: list[Link], case: dict[str, Any]) -> dict[str, Evidence]:
    if "evidence" not in case:
        return {}
    fields = dict(case["evidence"])
    fields["hops"] = tuple(Hop(Url(url), status) for url, status in fields.get("hops", []))
    fields["fragments"] = tuple(map(tuple, fields.get("fragments", [])))
    fields["streak"] = Streak(**fields["streak"]) if "streak" in fields else None
    return {links[0].target: Evidence(url=Url(links[0].target), **fields)}


CASES = [
    pytest.param(name, case, id=f"{name}: {case['case']}") for name, table in TABLES.items() for case in table
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_rule(name: str, case: dict[str, Any]) -> None:
    rule = RULES[name]
    links = links_of(case, rule.kinds if isinstance(rule, rules.LinkRule) else ("page",))
    facts = rules.Facts(
        graph=site(links, case),
        evidence=evidence_of(links, case),
        present=frozenset(case.get("present", [])),
        anchors={PageUri(uri): frozenset(ids) for uri, ids in case.get("anchors", {}).items()},
        texts={PageUri(uri): SearchableText.of(html) for uri, html in case.get("texts", {}).items()},
        allow_private=tuple(case.get("allow_private", [])),
        source=lambda link: source_of(link, case),
    )
    severities = {name: "error", **case.get("rules", {})}
    findings = [finding for finding in rules.apply(facts, severities).findings if finding.rule == name]
    if not case["found"]:
        assert findings == []
        return
    [finding] = findings
    expected = {"fix": None, "suggestions": None, **case["found"]}
    assert {
        "message": finding.message,
        "fix": finding.fix.href if finding.fix else None,
        "suggestions": finding.evidence.get("suggestions"),
        **{key: value for key, value in details(finding).items() if key in expected},
    } == expected


def details(finding: Finding) -> dict[str, Any]:
    """What a table may state besides."""
    evidence = {key: value for key, value in finding.evidence.items() if key != "suggestions"}
    return {"line": finding.location.line, "page": finding.page, "evidence": evidence}


def test_every_rule_has_a_table() -> None:
    assert set(TABLES) == set(RULES)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_states_some_evidence(name: str) -> None:
    assert any("evidence" in case["found"] for case in TABLES[name] if case["found"])


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_links_to_flag_and_links_to_spare(name: str) -> None:
    assert {bool(case["found"]) for case in TABLES[name]} == {True, False}

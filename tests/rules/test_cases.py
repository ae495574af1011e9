"""Every rule against its table of links that must and must not be flagged: `<rule>.yml` beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Evidence, Heading, Hop, Link, LinkKind, Page, PageUri, Place, Url

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


def site(links: list[Link]) -> LinkGraph:
    pages = [
        Page(
            uri=PageUri(uri),
            url=url,
            title=title,
            anchors=frozenset(anchors),
            headings=tuple(Heading(anchor, anchor) for anchor in anchors),
        )
        for uri, url, title, anchors in PAGES
    ]
    return LinkGraph.of(pages, links, ASSETS)


def link_of(case: dict[str, Any], kind: LinkKind) -> Link:
    fields: dict[str, Any] = {"source": "guide/usage.md", "kind": kind, "text": "text", **case["link"]}
    fields.setdefault("href", fields["target"])
    fields["place"] = Place("docs/a.md", fields.pop("line", None))
    return Link(**fields)


def evidence_of(link: Link, case: dict[str, Any]) -> dict[str, Evidence]:
    if "evidence" not in case:
        return {}
    fields = dict(case["evidence"])
    fields["hops"] = tuple(Hop(Url(url), status) for url, status in fields.get("hops", []))
    return {link.target: Evidence(url=Url(link.target), **fields)}


CASES = [
    pytest.param(name, case, id=f"{name}: {case['case']}") for name, table in TABLES.items() for case in table
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_rule(name: str, case: dict[str, Any]) -> None:
    rule = RULES[name]
    link = link_of(case, rule.kinds[0])
    facts = rules.Facts(
        graph=site([link]),
        evidence=evidence_of(link, case),
        present=frozenset(case.get("present", [])),
        anchors={PageUri(uri): frozenset(ids) for uri, ids in case.get("anchors", {}).items()},
        allow_private=tuple(case.get("allow_private", [])),
    )
    found = [one for one in rules.apply(facts, {}) if one.rule == name]
    if not case["found"]:
        assert found == []
        return
    [finding] = found
    expected = {"fix": None, "suggestions": None, **case["found"]}
    assert {
        "message": finding.message,
        "fix": finding.fix.href if finding.fix else None,
        "suggestions": finding.evidence.get("suggestions"),
    } == expected


def test_every_rule_has_a_table() -> None:
    assert set(TABLES) == set(RULES)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_links_to_flag_and_links_to_spare(name: str) -> None:
    assert {bool(case["found"]) for case in TABLES[name]} == {True, False}

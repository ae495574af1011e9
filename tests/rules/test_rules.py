"""The registry is complete, rules are documented alike, and the author's severities hold."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace

import pytest

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Link, LinkKind, Page, PageUri, SourceLink, SourceLocation
from mkdocs_backlinks.rules.engine.base import KINDS


def test_the_folder_is_the_registry() -> None:
    files = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    assert files - {"engine"} == set(rules.NAMES)


@pytest.mark.parametrize("rule", rules.ALL_RULES, ids=rules.NAMES)
def test_a_rule_lives_in_the_file_of_its_name(rule: rules.Rule) -> None:
    module = importlib.import_module(f"mkdocs_backlinks.rules.{rule.name}")
    assert getattr(module, rule.name) is rule


def test_names_are_unique() -> None:
    assert len(set(rules.NAMES)) == len(rules.ALL_RULES)


@pytest.mark.parametrize("rule", rules.ALL_RULES, ids=rules.NAMES)
def test_the_documentation_has_its_fixed_parts(rule: rules.Rule) -> None:
    summary, *parts = rule.doc.split("\n## ")
    assert summary.strip() == rule.summary
    assert rule.summary.endswith(".")
    assert ". " not in rule.summary
    assert [part.partition("\n")[0] for part in parts] == ["Why it matters", "Example", "What to do"]
    assert all(part.partition("\n")[2].strip() for part in parts)


LINK_RULES = [rule for rule in rules.ALL_RULES if isinstance(rule, rules.LinkRule)]


@pytest.mark.parametrize("rule", LINK_RULES, ids=[rule.name for rule in LINK_RULES])
def test_a_rule_about_links_is_shown_some_kind_of_link(rule: rules.LinkRule) -> None:
    assert rule.kinds
    assert set(rule.kinds) <= set(KINDS)


WITHOUT_EVIDENCE = {"broken_url", "credentials_in_url", "non_public_host"}
"""The rules that judge an address by itself."""


@pytest.mark.parametrize(
    "rule",
    [rule for rule in LINK_RULES if rule.kinds == ("external",) and rule.name not in WITHOUT_EVIDENCE],
    ids=lambda rule: rule.name,
)
@pytest.mark.parametrize("target", ["http://me:x@localhost:25/", "https://[", "http://example.org/", "ftp:x"])
def test_any_other_rule_about_external_links_is_silent_without_evidence(
    rule: rules.LinkRule, target: str
) -> None:
    site = LinkGraph.of([Page(uri=PageUri("a.md"), url="a/", title="A")], ())
    external = Link(source=PageUri("a.md"), kind="external", href=target, target=target, fragment="x")
    assert rule.check(external, rules.Facts(graph=site)) is None


def graph(*links: Link) -> LinkGraph:
    return LinkGraph.of([Page(uri=PageUri("a.md"), url="a/", title="A", depth=1)], links)


def link(target: str, kind: LinkKind, *, source: str = "a.md", text: str = "text", line: int = 0) -> Link:
    return Link(source=PageUri(source), kind=kind, href=target, target=target, text=text, number=line)


def source_of(link: Link) -> SourceLink:
    """The source of a link that is numbered by its line, 0 where that is not known."""
    line = link.number or None
    location = SourceLocation(f"docs/{link.source}", line, 1 if line else None)
    return SourceLink(location=location, href=link.href, base=link.source)


BROKEN = link("b.md", "page")


def test_an_author_changes_the_severity() -> None:
    [finding] = rules.apply(rules.Facts(graph=graph(BROKEN)), {"broken_page": "info"}).findings
    assert (finding.rule, finding.severity) == ("broken_page", "info")


def test_an_ignored_rule_says_nothing() -> None:
    assert rules.apply(rules.Facts(graph=graph(BROKEN)), {"broken_page": "ignore"}) == rules.Judgement(())


def test_only_the_wanted_scopes_are_judged() -> None:
    facts = rules.Facts(graph=graph(BROKEN, link("http://localhost/", "external", text="here")))
    by_scope = {
        scope: [finding.rule for finding in rules.apply(facts, {}, frozenset({scope})).findings]
        for scope in sorted(rules.SCOPES)
    }
    assert by_scope == {"external": ["non_public_host"], "internal": ["broken_page", "vague_text"]}


def test_findings_are_sorted_by_page_and_place() -> None:
    places = [("b.md", 0), ("a.md", 10), ("b.md", 2), ("a.md", 9)]
    links = [link("x.md", "page", source=page, line=line) for page, line in places]
    findings = rules.apply(rules.Facts(graph=graph(*links), source=source_of), {}).findings
    assert [(finding.page, finding.location.line) for finding in findings] == [
        ("a.md", 9),
        ("a.md", 10),
        ("b.md", 2),
        ("b.md", None),
    ]


def test_a_finding_carries_the_place_and_what_was_written() -> None:
    wrong = Link(source=PageUri("a.md"), kind="page", href="../b/", target="b.md", text="B")
    source = SourceLink(location=SourceLocation("docs/a.md", 3, 7), href="../b.md", base="a.md")
    [finding] = rules.apply(rules.Facts(graph=graph(wrong), source=lambda _: source), {}).findings
    assert (finding.location, finding.page, finding.url) == (source.location, "a.md", "../b.md")


@pytest.mark.parametrize(
    "link",
    [
        link("https://me:secret@example.org/", "external", text="here"),
        link("https://me:secret@[", "external"),
        Link(source=PageUri("a.md"), kind="page", href="//me:secret@own.example/x/", target="x/"),
        Link(source=PageUri("a.md"), kind="page", href="https://me:secret@own.example/x/", target="x/"),
    ],
)
def test_no_finding_repeats_a_password(link: Link) -> None:
    findings = rules.apply(rules.Facts(graph=graph(link)), {}).findings
    assert findings
    assert "secret" not in repr(findings)


def test_the_finished_site_is_asked_only_for_what_is_not_known() -> None:
    links = [
        link("a.md", "page"),
        link("gone.md", "page"),
        link("gone.png", "asset"),
        link("https://example.org/", "external"),
        Link(source=PageUri("a.md"), kind="page", href="#x", target="a.md", fragment="x"),
        Link(source=PageUri("a.md"), kind="page", href="gone.md#x", target="gone.md", fragment="x"),
        Link(source=PageUri("a.md"), kind="page", href="b.md#y", target="b.md", fragment="y"),
        Link(source=PageUri("a.md"), kind="page", href="b.md#", target="b.md", fragment="y:~:text=z"),
    ]
    known = Page(uri=PageUri("b.md"), url="b/", title="B", anchors=frozenset("y"))
    facts = rules.Facts(graph=LinkGraph.of([Page(uri=PageUri("a.md"), url="a/", title="A"), known], links))
    queries = rules.site_queries(facts)
    assert queries.paths == ("gone.md", "gone.png")
    assert [page.uri for page in queries.anchors] == ["a.md"]
    assert queries.texts == (known,)


def test_only_what_is_wanted_gets_a_place_and_suggestions_and_it_comes_first() -> None:
    install = Page(uri=PageUri("install.md"), url="install/", title="Install", depth=1)
    wrong = [link("instal.md", "page", line=line) for line in (1, 2, 3)]
    facts = rules.Facts(graph=LinkGraph.of([install], wrong), source=source_of)
    findings = rules.apply(facts, {}, select=lambda severities: [len(severities) - 1]).findings
    assert ["suggestions" in finding.evidence for finding in findings] == [True, False, False]
    assert [finding.location.line for finding in findings] == [3, None, None]


@pytest.mark.parametrize(("number", "suggested"), [(1, 1), (3, 3), (4, 0)])
def test_an_anchor_that_many_pages_have_is_not_suggested(number: int, suggested: int) -> None:
    pages = [
        Page(
            uri=PageUri(f"{at}/x.md"),
            url=f"{at}/x/",
            title="X",
            depth=1,
            anchors=frozenset({"limits"} if at else ()),
        )
        for at in range(number + 1)
    ]
    uri = pages[0].uri
    wrong = Link(source=uri, kind="page", href="#limits", target=uri, fragment="limits", text="text")
    [finding] = rules.apply(rules.Facts(graph=LinkGraph.of(pages, [wrong])), {}).findings
    suggestions = finding.evidence.get("suggestions", [])
    assert suggestions == [f"../../{at}/x/#limits" for at in range(1, suggested + 1)]


def test_a_page_links_to_its_own_repeated_ids() -> None:
    page = Page(uri=PageUri("a.md"), url="a/", title="A", repeated=frozenset("x"), depth=1)
    links = [replace(link(target, "page"), fragment="x") for target in ("a.md", "b.md")]
    findings = rules.apply(rules.Facts(graph=LinkGraph.of([page], links)), {}).findings
    assert [finding.evidence["links"] for finding in findings if finding.rule == "duplicate_id"] == [1]

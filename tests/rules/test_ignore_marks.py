"""A mark silences one rule for one link, is counted, and says so when it has nothing left to do."""

from __future__ import annotations

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import IgnoreMark, Link, Page, PageUri, SourceLink, SourceLocation

A = PageUri("a.md")


def link(target: str, line: int, *marks: IgnoreMark, text: str = "text") -> Link:
    return Link(
        source=A,
        kind="page",
        href=target,
        target=target,
        text=text,
        marks=marks,
        number=line,
    )


def outcome(*links: Link, page_marks: tuple[IgnoreMark, ...] = (), depth: int | None = 1) -> rules.Judgement:
    page = Page(uri=A, url="a/", title="A", depth=depth, file="a.md", marks=page_marks)
    facts = rules.Facts(graph=LinkGraph.of([page], links), source=source)
    return rules.apply(facts, {"dead_end_page": "info"})


def source(link: Link) -> SourceLink:
    return SourceLink(location=SourceLocation("a.md", link.number, 1), href=link.href, base=link.source)


def rules_and_lines(result: rules.Judgement) -> list[tuple[str, int | None]]:
    return [
        (finding.rule, finding.location.line)
        for finding in result.findings
        if finding.rule != "dead_end_page"
    ]


def test_one_rule_at_one_link() -> None:
    result = outcome(
        link("gone.md", 1, IgnoreMark("broken_page", number=1)),
        link("gone.md", 2),
        link("gone.md", 3, IgnoreMark("broken_page", number=2), text="here"),
    )
    assert rules_and_lines(result) == [("broken_page", 2), ("vague_text", 3)]
    assert result.ignored == 2


def test_all_rules_at_one_link() -> None:
    result = outcome(link("gone.md", 1, IgnoreMark(None), text="here"))
    assert rules_and_lines(result) == []
    assert result.ignored == 2


def test_marks_add_up() -> None:
    marks = IgnoreMark("broken_page", number=1), IgnoreMark("vague_text", number=2)
    assert rules_and_lines(outcome(link("gone.md", 1, *marks, text="here"))) == []


def test_a_rule_about_the_page_is_silenced_by_a_mark_anywhere_on_it() -> None:
    marks = IgnoreMark("orphan_page"), IgnoreMark("dead_end_page", number=1)
    for result in (
        outcome(page_marks=marks, depth=None),
        outcome(link("a.md", 1, *marks), depth=None),
    ):
        assert [finding.rule for finding in result.findings if finding.rule != "self_link"] == []
        assert result.ignored == 2


def test_two_images_of_one_link_share_a_mark() -> None:
    mark = IgnoreMark("broken_page", number=1)
    assert rules_and_lines(outcome(link("gone.md", 1, mark), link("a.md", 1, mark, text="other"))) == [
        ("self_link", 1)
    ]


def test_an_idle_mark_is_a_finding_at_its_link() -> None:
    result = outcome(link("b.md", 7, IgnoreMark("broken_asset")))
    assert rules_and_lines(result) == [("broken_page", 7), ("unused_ignore", 7)]
    assert result.ignored == 0

"""A suggestion is a mention that the site's own links say should be one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from advise.sites import graph_of, texts_of

from mkdocs_backlinks.advise import Suggestion, suggest
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Link, Page, PageUri

CASES = yaml.safe_load((Path(__file__).parent / "suggest.yml").read_text(encoding="utf-8"))


def suggestions(pages: dict[str, str], **options: Any) -> tuple[Suggestion, ...]:  # noqa: ANN401
    return suggest(graph_of(pages), texts_of(pages), **options)


def shown(one: Suggestion) -> str:
    return f"{one.location.file}:{one.location.line}:{one.location.column} {one.replacement}"


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    pages = {**case.get("more", {}), "page.md": case["page"]}
    for number in range(case.get("linking", 2)):
        pages[f"linking-{number}.md"] = (
            f"# Number {number}\n\nSee [{case.get('text', 'batch jobs')}](jobs.md)."
        )
    for number in range(case.get("unlinked", 0)):
        pages[f"unlinked-{number}.md"] = f"# Other {number}\n\nOf {case.get('text', 'batch jobs')}."
    pages["jobs.md"] = case.get("target", "# All about jobs\n\nText.")
    found = suggestions(pages, **case.get("options", {"least_confidence": 0}))
    assert [shown(one) for one in found if one.page == "page.md"] == case["expected"]


PAGE = """\
# Page

First of all. Then start batch jobs, e.g. by
night, and wait. At last go home.
"""


def test_a_suggestion_has_all_that_an_author_needs() -> None:
    linking = {f"{name}.md": "# A page\n\nSee [batch jobs](jobs.md)." for name in "abc"}
    (one,) = suggestions({**linking, "page.md": PAGE, "jobs.md": "# Batch jobs\n\nx"})
    assert (one.target, one.title, one.text, one.linked_from) == ("jobs.md", "Batch jobs", "batch jobs", 3)
    assert str(one.sentence) == "Then start batch jobs, e.g. by night, and wait."
    assert (one.sentence.before, one.sentence.text) == ("Then start ", "batch jobs")
    assert one.probability == 0.8, "three pages link and one has the title, of five that use the phrase"
    assert 0.35 <= one.confidence <= one.probability


def test_a_row_of_a_table_is_a_sentence() -> None:
    linking = {f"{name}.md": "[batch jobs](jobs.md)" for name in "abcdef"}
    table = "| x | y |\n|---|---|\n| First | one |\n| then | batch jobs |\n| and | more |"
    (one,) = suggestions({**linking, "page.md": table, "jobs.md": "# J"})
    assert str(one.sentence) == "then | batch jobs |"


def test_what_pages_without_a_source_link_does_not_count() -> None:
    pages = {f"{name}.md": "[batch jobs](jobs.md)" for name in "abcdef"}
    pages |= {"page.md": "batch jobs", "jobs.md": "# J"}
    texts = texts_of({"page.md": pages["page.md"], "jobs.md": pages["jobs.md"]})
    assert len(suggest(graph_of(pages), texts_of(pages))) == 1
    assert suggest(graph_of(pages), texts) == ()


def test_weakly_linked_targets_come_first() -> None:
    pages = {f"{n}.md": "# P\n\nSee [warm storage](popular.md) or [x](popular.md#x)." for n in range(8)}
    pages |= {f"l{n}.md": "# P\n\nSee [cold storage](lonely.md)." for n in range(8)}
    pages |= {f"m{n}.md": f"# M\n\nSee [others {n}](popular.md)." for n in range(40)}
    pages |= {
        "popular.md": "# Pop\n\nx",
        "lonely.md": "# Lone\n\nx",
        "p.md": "# P\n\nWarm storage.\nThe warm storage.",
    }
    pages |= {"a.md": "# A\n\nUse warm storage.", "b.md": "# B\n\nUse cold storage."}
    assert next(one.target for one in suggestions(pages, least_confidence=0)) == "lonely.md"


def test_the_number_for_a_page_is_the_authors_to_choose() -> None:
    pages = {f"{n}.md": "# P\n\n[one thing](a.md) [other thing](b.md)" for n in range(3)}
    pages |= {"a.md": "# A\n\nx", "b.md": "# B\n\nx", "p.md": "# P\n\nThe one thing and the other thing."}
    assert len(suggestions(pages)) == 1
    assert len(suggestions(pages, per_page=5)) == 2
    assert suggestions(pages, per_page=5, least_confidence=1) == ()


def test_a_redirect_leads_to_its_page() -> None:
    page = Page(uri=PageUri("jobs.md"), url="jobs/", title="Jobs, all of them")
    other = Page(uri=PageUri("p.md"), url="p/", title="P", file="docs/p.md")
    third = Page(uri=PageUri("q.md"), url="q/", title="Q")
    old = Link(source=third.uri, kind="page", href="/old/", target="old/", text="batch jobs")
    graph = LinkGraph.of([page, other, third], [old])
    moved = replace(graph, moved={"old/": "jobs.md#x"})
    texts = texts_of({"p.md": "Start batch jobs.", "q.md": "Old."})
    assert suggest(graph, texts, least_confidence=0) == ()
    assert [one.replacement for one in suggest(moved, texts, least_confidence=0)] == ["[batch jobs](jobs.md)"]


@pytest.mark.parametrize("uri", ["\ud800.md", "a\nb.md", "no-ending"])
def test_a_page_without_a_name_to_write_is_no_target(uri: str) -> None:
    pages = [
        Page(uri=PageUri(uri), url="a/", title="Batch jobs of arrays"),
        Page(uri=PageUri("p.md"), url="p/", title="P"),
    ]
    graph = LinkGraph.of(pages, [])
    assert suggest(graph, texts_of({"p.md": "Start batch jobs of arrays."}), least_confidence=0) == ()


@pytest.mark.parametrize(
    ("uri", "href"), [("a (1).md", "a%20%281%29.md"), ("c:x.md", "c%3Ax.md"), ("é/ü.md", "%C3%A9/%C3%BC.md")]
)
def test_an_address_is_written_so_that_markdown_reads_it(uri: str, href: str) -> None:
    pages = [
        Page(uri=PageUri(uri), url="a/", title="Batch jobs of arrays"),
        Page(uri=PageUri("p.md"), url="p/", title="P"),
    ]
    (one,) = suggest(LinkGraph.of(pages, []), texts_of({"p.md": "Batch jobs of arrays."}), least_confidence=0)
    assert one.replacement == f"[Batch jobs of arrays]({href})"


@pytest.mark.parametrize(
    "pages",
    [
        {},
        {"a.md": ""},
        {"a.md": "# A\n\nA a A [a](a.md)"},
        {"a.md": "# 🎉\n\n🎉 [🎉](b.md)", "b.md": "# 🎉🎉\n\n🎉"},
        {f"{n}.md": "# Same title\n\nSame title, same text." for n in range(50)},
        {"a.md": "# A\n\n" + "[some thing](b.md) " * 2_000, "b.md": "# B\n\nsome thing"},
        {
            "a.md": "# A\n\n" + " ".join(f"[thing {n}](b.md)" for n in range(2_000)),
            "b.md": "# B\n\nthing 7 thing 8",
        },
    ],
    ids=["none", "empty", "one", "emoji", "equal", "many links", "many phrases"],
)
def test_odd_sites_get_a_sensible_answer_or_none(pages: dict[str, str]) -> None:
    assert all(one.target != one.page for one in suggestions(pages))

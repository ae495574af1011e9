"""What is written is one more link, at its place and to its target; nothing else of a file changes."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from advise.sites import graph_of, index_in, project
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_backlinks.advise import Suggestion, WriteOutcome, read_all, suggest, write
from mkdocs_backlinks.advise.markdown_files import SourceFile
from mkdocs_backlinks.advise.markdown_files import write as put
from mkdocs_backlinks.errors import SourceFileError
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Page, PageUri, SourceLocation

LINKING = {f"{name}.md": "# A page\n\nSee [batch jobs](guide/jobs.md)." for name in "abcd"}
SITE = {**LINKING, "guide/jobs.md": "# All of it\n\nText."}

# Pieces of a page: half of them hold a mention, in running text or where no link may be.
PIECES = [
    "Now start batch jobs.",
    "# Batch jobs\n",
    "`batch jobs` and batch jobs",
    "* batch jobs\n* other [things](../a.md)",
    "> Quoted: batch jobs [x](../b.md)",
    "```\nbatch jobs\n```",
    "    batch jobs",
    "| batch jobs | x |\n|---|---|\n| **batch jobs** | [y](../c.md) |",
    '!!! note "batch jobs"\n\n    Some batch jobs.',
    "<div>batch jobs</div>",
    "A <b>bold</b> word, 🎉 batch jobs",
    "请提交 batch jobs [[x]]",
    "[batch jobs][ref]\n\n[ref]: https://example.org",
    "Term\n:   batch jobs\\",
    "1. one\n\n    batch jobs (soon)",
    "a $formula$ {{ batch jobs }} *batch jobs*",
]


def suggestions(root: Path, pages: Mapping[str, str]) -> tuple[Suggestion, ...]:
    graph = graph_of(pages)
    return suggest(graph, read_all(graph, root).by_page, least_confidence=0)


def links(graph: LinkGraph, uri: str) -> Counter[tuple[str, str]]:
    return Counter((link.target, link.text) for link in graph.outgoing[PageUri(uri)])


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_a_written_suggestion_is_one_more_link_at_that_place(pieces: list[str], end: str, bom: bool) -> None:
    text = "\n\n".join(pieces)
    raw = ("\ufeff" if bom else "").encode() + text.replace("\n", end).encode()
    with TemporaryDirectory() as folder:
        root = project(Path(folder), {**SITE, "guide/page.md": raw})
        before = index_in(root, {**SITE, "guide/page.md": text}).graph
        found = [
            one for one in suggestions(root, {**SITE, "guide/page.md": text}) if one.page == "guide/page.md"
        ]
        outcomes = write(found, root)
        assert [one.refused for one in outcomes] == [""] * len(found)
        after, sources = index_in(root, {**SITE, "guide/page.md": text})
        written = (root / "docs/guide/page.md").read_bytes()
    for one in found:
        more = links(after, one.page) - links(before, one.page)
        assert more == {("guide/jobs.md", "batch jobs"): 1}
        (link,) = (link for link in after.outgoing[one.page] if sources.of(link).location == one.location)
        assert (link.target, link.text) == (one.target, one.text)
        assert written.replace(one.replacement.encode(), one.text.encode(), 1) == raw


def one_suggestion(root: Path, text: str = "Now start batch jobs.") -> Suggestion:
    pages = {**SITE, "guide/page.md": text}
    project(root, pages)
    (found,) = suggestions(root, pages)
    return found


CHANGED = {
    "the text is gone": "Now start other jobs.",
    "the file is shorter": "",
    "it is code now": "Now `start batch jobs`.",
    "it is a heading now": "# start batch jobs.",
    "it is a link now": "Now start [batch jobs](jobs.md)",
    "it is in a comment now": "Now <!--  batch jobs -->",
}


@pytest.mark.parametrize("text", CHANGED.values(), ids=CHANGED)
def test_what_no_longer_fits_is_refused(tmp_path: Path, text: str) -> None:
    one = one_suggestion(tmp_path)
    file = tmp_path / "docs/guide/page.md"
    file.write_text(text, encoding="utf-8")
    assert write([one], tmp_path) == (WriteOutcome(one, "the text there has changed"),)
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "file",
    [
        "../out.md",
        "/etc/passwd",
        "docs/../../out.md",
        "docs/link.md",
        "docs",
        "docs/no.md",
        "mkdocs.yml",
        "a\0b.md",
    ],
)
def test_no_file_outside_the_project_is_read_or_written(tmp_path: Path, file: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    one = one_suggestion(root)
    outside = tmp_path / "out.md"
    outside.write_text("Now start batch jobs.", encoding="utf-8")
    (root / "docs/link.md").symlink_to(outside)
    graph = LinkGraph.of([Page(uri=PageUri("out.md"), url="out/", title="Out", file=file)], [])
    assert read_all(graph, root).by_page == {}
    (outcome,) = write([replace(one, location=replace(one.location, file=file))], root)
    assert outcome.refused
    assert outside.read_text(encoding="utf-8") == "Now start batch jobs."


def test_a_file_that_is_no_utf_8_is_left_alone(tmp_path: Path) -> None:
    one = one_suggestion(tmp_path)
    file = tmp_path / "docs/guide/page.md"
    file.write_bytes(b"Now start batch jobs \xff")
    (outcome,) = write([one], tmp_path)
    assert "is not UTF-8" in outcome.refused
    assert file.read_bytes() == b"Now start batch jobs \xff"


def test_several_links_go_into_one_file(tmp_path: Path) -> None:
    one = one_suggestion(tmp_path, "Now start batch jobs.\nMore batch jobs, of batch jobs.")
    more = [replace(one, location=SourceLocation("docs/guide/page.md", 2, column)) for column in (6, 21)]
    assert [outcome.suggestion for outcome in write([one, *more], tmp_path)] == [one, *more]
    assert (tmp_path / "docs/guide/page.md").read_text(encoding="utf-8") == (
        "Now start [batch jobs](jobs.md).\nMore [batch jobs](jobs.md), of [batch jobs](jobs.md)."
    )


def test_a_second_run_finds_the_page_linked(tmp_path: Path) -> None:
    pages = {**SITE, "guide/page.md": "Now start batch jobs, and batch jobs."}
    project(tmp_path, pages)
    assert len(write(suggestions(tmp_path, pages), tmp_path)) == 1
    assert suggestions(tmp_path, pages) == ()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    source = SourceFile(tmp_path / "gone" / "a.md", lines=("x",), ends=(), bom=False)
    with pytest.raises(SourceFileError, match=r"Cannot write .*a\.md: No such file"):
        put(source)


@pytest.mark.skipif(os.name == "nt", reason="permissions are those of POSIX")
def test_permissions_stay_and_nothing_is_left_behind(tmp_path: Path) -> None:
    one = one_suggestion(tmp_path)
    file = tmp_path / "docs/guide/page.md"
    file.chmod(0o640)
    write([one], tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in file.parent.iterdir()) == ["jobs.md", "page.md"]

"""`structure` prints what an author can act on, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from advise.sites import graph_of

from mkdocs_backlinks import cli
from mkdocs_backlinks.advise import WEAKNESSES
from mkdocs_backlinks.index import LinkGraph, SourceLinks, dump
from mkdocs_backlinks.model import Page, PageUri, Related

PAGES = {
    "index.md": "# Home\n\n[Guide](guide.md)",
    "guide.md": "# Guide\n\n[Home](index.md)",
    "lost.md": "# Lost\n\n[Guide](guide.md)",
}
RELATED = {PageUri("lost.md"): (Related(PageUri("guide.md"), 0.5, ()),)}


def written(path: Path, graph: LinkGraph) -> str:
    path.write_text(
        "".join(dump(graph, SourceLinks(), site_url=None, related=RELATED, equity={})), encoding="utf-8"
    )
    return str(path)


@pytest.fixture
def index(tmp_path: Path) -> str:
    return written(tmp_path / "index.json", graph_of(PAGES))


TABLE = """\
Pages: 3. Links from page to page: 3. Islands: 0.
Within reach of the home page: 2. Clicks to the farthest: 1.
Weaknesses: orphan 1.

weakness    equity    in texts   out depth clicks  page
orphan         0.0     0     0     1     -      -  lost.md
    No page links to it: link from guide.md.
"""


def test_the_table(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["structure", index]) == cli.CLEAN
    assert capsys.readouterr().out == TABLE


def test_json(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["structure", index, "--format", "json", "--limit", "1"]) == cli.CLEAN
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], len(found["pages"])) == (1, 1)
    figures = {"pages": 3, "links": 3, "reached": 2, "farthest": 1, "islands": 0}
    assert found["summary"] == {**figures, **{str(one): 0 for one in WEAKNESSES}, "orphan": 1}
    assert found["pages"][0] == {
        "page": "lost.md",
        "title": "Lost",
        "equity": 0.0,
        "linked_from": 0,
        "links_to": 1,
        "depth": None,
        "clicks": None,
        "texts": 0,
        "text": "",
        "text_share": 0.0,
        "island": 0,
        "weaknesses": ["orphan"],
        "advice": "No page links to it: link from guide.md.",
    }


def test_csv(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["structure", index, "--format", "csv"]) == cli.CLEAN
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["page"] for row in rows] == ["lost.md", "guide.md", "index.md"]
    assert (rows[0]["weaknesses"], rows[0]["clicks"]) == ("orphan", "")


def test_what_a_change_did(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended = {**PAGES, "guide.md": PAGES["guide.md"] + " [Lost](lost.md)", "new.md": "# New"}
    new = written(tmp_path / "new.json", graph_of(mended))
    assert cli.run(["structure", new, "--compare", index]) == cli.CLEAN
    out = capsys.readouterr().out
    assert "pages             3 ->       4\n" in out
    assert "orphan            1 ->       0\n" in out
    assert "new.md  new page, now isolated\n    No link leads here or on:" in out
    assert "lost.md  now near_orphan, no longer orphan, " in out
    assert "+1 linking pages\n" in out
    assert cli.run(["structure", index, "--compare", index]) == cli.CLEAN
    assert capsys.readouterr().out.endswith("\n\nNo page has changed.\n")


def test_what_a_change_did_for_programs(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = written(tmp_path / "new.json", graph_of({**PAGES, "new.md": "# New"}))
    assert cli.run(["structure", new, "--compare", index, "--format", "json"]) == cli.CLEAN
    found = json.loads(capsys.readouterr().out)
    assert (found["summary"]["before"]["pages"], found["summary"]["after"]["pages"]) == (3, 4)
    assert found["changes"][0] == {
        "page": "new.md",
        "before": False,
        "after": True,
        "equity": 0.0,
        "linked_from": 0,
        "gained": ["isolated"],
        "lost": [],
        "advice": "No link leads here or on: link from a page on the same subject, and back.",
    }
    assert cli.run(["structure", new, "--compare", index, "--format", "csv"]) == cli.CLEAN
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (rows[0]["page"], rows[0]["before"], rows[0]["gained"]) == ("new.md", "False", "isolated")


@pytest.mark.parametrize("limit", [None, 1])
def test_what_is_left_out_is_counted(
    tmp_path: Path, limit: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    index = written(tmp_path / "index.json", graph_of({f"{n}.md": "x" for n in range(60)}))
    assert cli.run(["structure", index, *(["--limit", str(limit)] if limit else [])]) == cli.CLEAN
    assert f"{60 - (limit or 50)} more pages are not shown" in capsys.readouterr().out


def test_a_site_without_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["structure", written(tmp_path / "index.json", LinkGraph.of([], []))]) == cli.CLEAN
    assert "No page is weakly linked." in capsys.readouterr().out


def test_nothing_hostile_reaches_the_terminal_or_a_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = Page(uri=PageUri("a\x1b[2J\n::error::.md"), url="a/", title="=HYPERLINK()")
    index = written(
        tmp_path / "index.json", LinkGraph.of([evil, Page(uri=PageUri("b.md"), url="b/", title="B")], [])
    )
    assert cli.run(["structure", index]) == cli.CLEAN
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())
    assert cli.run(["structure", index, "--format", "csv"]) == cli.CLEAN
    assert next(csv.DictReader(io.StringIO(capsys.readouterr().out)))["title"] == "'=HYPERLINK()"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["structure"], "Missing argument"),
        (["structure", "missing.json"], "Cannot read the link index missing.json"),
        (["structure", "{index}", "--compare", "missing.json"], "Cannot read the link index missing.json"),
        (["structure", "{index}", "--limit", "0"], "not in the range"),
        (["structure", "{damaged}"], "is a damaged link index"),
    ],
)
def test_wrong_use_exits_with_3(
    index: str, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.json"
    damaged.write_text(Path(index).read_text(encoding="utf-8").replace('"depth": null', '"depth": "x"'))
    files = {"index": index, "damaged": str(damaged)}
    assert cli.run([argument.format(**files) for argument in arguments]) == cli.MISUSED
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


@pytest.mark.parametrize("command", ["structure", "suggest"])
def test_mkdocs_is_not_imported(index: str, command: str) -> None:
    code = (
        "import sys; from mkdocs_backlinks import cli; code = cli.run(sys.argv[1:]);"
        "sys.exit(code or bool({'mkdocs', 'mkdocs_backlinks.adapter', 'aiohttp'} & set(sys.modules)))"
    )
    root = str(Path(index).parent)
    (Path(index).parent / "docs").mkdir()
    (Path(index).parent / "docs" / "lost.md").write_text(PAGES["lost.md"], encoding="utf-8")
    arguments = [command, index, *(["--root", root] if command == "suggest" else [])]
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=False, timeout=60)
    assert done.returncode == 0

"""`suggest` shows what may be linked and writes only what the author picks."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from advise.sites import index_of, project

from mkdocs_backlinks import advise, cli
from mkdocs_backlinks.index import dump

LINKING = {f"{name}.md": f"# Page {name}\n\nSee [batch jobs](jobs.md)." for name in "abcdefgh"}
SITE = {
    **LINKING,
    "jobs.md": "# All jobs\n\nText.",
    "p.md": "# P\n\nFirst start batch jobs.",
    "q.md": "# Q\n\nThen wait for batch jobs.",
}
PLACES = ["docs/p.md:3:13", "docs/q.md:3:15"]


@pytest.fixture
def index(tmp_path: Path) -> str:
    return written(project(tmp_path, SITE), SITE)


def written(root: Path, pages: dict[str, str]) -> str:
    file = root / "site" / "backlinks.json"
    file.parent.mkdir()
    file.write_text("".join(dump(*index_of(pages), site_url=None, related={}, equity={})), encoding="utf-8")
    return str(file)


def source(index: str, page: str) -> str:
    return (Path(index).parent.parent / "docs" / page).read_text(encoding="utf-8")


def test_the_table_says_where_and_what(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["suggest", index]) == cli.CLEAN
    out, err = capsys.readouterr()
    assert out.split("\n\n")[0].splitlines() == [
        "docs/p.md:3:13",
        "  First start batch jobs.",
        "  write: [batch jobs](jobs.md)",
        '  to: "All jobs", to which 8 pages link; confidence 0.41',
    ]
    assert out.endswith("2 suggestions. To write some: --write.\n")
    assert err == ""


def test_as_json_and_csv(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["suggest", index, "--format", "json"]) == cli.CLEAN
    document = json.loads(capsys.readouterr().out)
    first = document["suggestions"][0]
    assert document["version"] == 1
    assert first == {
        "file": "docs/p.md",
        "line": 3,
        "column": 13,
        "page": "p.md",
        "target": "jobs.md",
        "title": "All jobs",
        "text": "batch jobs",
        "replacement": "[batch jobs](jobs.md)",
        "sentence": "First start batch jobs.",
        "probability": 0.8,
        "confidence": first["confidence"],
        "linked_from": 8,
    }
    assert cli.run(["suggest", index, "--format", "csv"]) == cli.CLEAN
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["file"] for row in rows] == ["docs/p.md", "docs/q.md"]
    assert list(rows[0]) == list(first)


def test_only_what_is_named_is_written(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["suggest", index, "--write", "--only", PLACES[1]]) == cli.CLEAN
    assert capsys.readouterr().out == "docs/q.md:3:15  written\n1 link written.\n"
    assert source(index, "q.md") == "# Q\n\nThen wait for [batch jobs](jobs.md)."
    assert source(index, "p.md") == SITE["p.md"]


def test_a_place_without_suggestion_stops_before_anything_is_written(
    index: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["suggest", index, "--write", "--only", PLACES[0], "--only", "docs/p.md:1:1"]
    assert cli.run(arguments) == cli.MISUSED
    assert "there is no suggestion at docs/p.md:1:1" in capsys.readouterr().err
    assert source(index, "p.md") == SITE["p.md"]


@pytest.mark.parametrize(
    ("answers", "code", "linked"),
    [
        ("y\ny\n", cli.CLEAN, ["p.md", "q.md"]),
        ("n\ny\n", cli.CLEAN, ["q.md"]),
        ("y\nq\n", cli.CLEAN, ["p.md"]),
        ("q\n", cli.CLEAN, []),
        ("y\n", cli.INTERRUPTED, []),
        ("", cli.INTERRUPTED, []),
    ],
)
def test_the_author_is_asked_about_each(index: str, answers: str, code: int, linked: list[str]) -> None:
    """Nothing is written before the last answer."""
    command = [sys.executable, "-m", "mkdocs_backlinks", "suggest", index, "--write"]
    done = subprocess.run(command, input=answers, text=True, capture_output=True, check=False, timeout=60)
    assert done.returncode == code, done.stderr
    assert [page for page in ("p.md", "q.md") if source(index, page) != SITE[page]] == linked


def test_what_changes_while_the_author_thinks_is_not_written(index: str) -> None:
    file = Path(index).parent.parent / "docs" / "p.md"
    command = [sys.executable, "-m", "mkdocs_backlinks", "suggest", index, "--write"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while "confidence" not in process.stdout.readline():
            pass
        file.write_text("# P\n\nAnother text.", encoding="utf-8")
        out, _ = process.communicate("y\ny\n", timeout=60)
    assert process.returncode == cli.FOUND
    assert "docs/p.md:3:13  not written: the text there has changed\n" in out
    assert out.endswith("docs/q.md:3:15  written\n1 link written.\n")
    assert source(index, "p.md") == "# P\n\nAnother text."


def test_the_sources_may_be_elsewhere(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = tmp_path / "elsewhere" / "backlinks.json"
    elsewhere.parent.mkdir()
    elsewhere.write_text(Path(index).read_text(encoding="utf-8"), encoding="utf-8")
    (elsewhere.parent / "mkdocs.yml").touch()
    assert cli.run(["suggest", str(elsewhere)]) == cli.MISUSED
    assert "None of the 11 sources is in" in capsys.readouterr().err
    assert cli.run(["suggest", str(elsewhere), "--root", str(tmp_path)]) == cli.CLEAN
    assert "2 suggestions." in capsys.readouterr().out


def test_missing_sources_are_told(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "abcp":
        (Path(index).parent.parent / "docs" / f"{name}.md").unlink()
    assert cli.run(["suggest", index]) == cli.CLEAN
    out, err = capsys.readouterr()
    assert "1 suggestion." in out
    assert err.count("Note: There is no Markdown file") == 3
    assert err.endswith("Note: 4 sources in all cannot be read.\n")


def test_nothing_hostile_reaches_the_terminal_or_a_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {**SITE, "jobs.md": "# =cmd()\x1b[31m\n\nText.", "p.md": "# P\n\n=1+1 \x1b[2J batch jobs"}
    index = written(project(tmp_path, pages), pages)
    assert cli.run(["suggest", index]) == cli.CLEAN
    assert "\x1b" not in capsys.readouterr().out
    assert cli.run(["suggest", index, "--format", "csv"]) == cli.CLEAN
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["title"][:6] for row in rows] == ["'=cmd("] * 2


@pytest.mark.parametrize("pages", [{}, {"a.md": "# A\n\nOnly a page."}], ids=["none", "one"])
def test_sites_without_anything_to_suggest(
    tmp_path: Path, pages: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["suggest", written(project(tmp_path, pages), pages)]) == cli.CLEAN
    assert capsys.readouterr().out == "0 suggestions.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["suggest"], "Missing argument"),
        (["suggest", "missing.json"], "Cannot read the link index missing.json"),
        (["suggest", "x.json", "--per-page", "0"], "not in the range"),
        (["suggest", "x.json", "--min-confidence", "2"], "not in the range"),
        (["suggest", "x.json", "--root", "no-such-folder"], "does not exist"),
        (["suggest", "x.json", "--format", "xml"], "is not one of"),
        (["suggest", "x.json", "--write", "--format", "csv"], "--write goes with the table"),
    ],
)
def test_wrong_use_exits_with_3(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == cli.MISUSED
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_the_help_names_the_confidence_that_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["suggest", "--help"]) == cli.CLEAN
    assert f"[default: {advise.LEAST_CONFIDENCE}]" in " ".join(capsys.readouterr().out.split())

"""The cache gives back what was put into it, and a build goes on whatever has happened to the file."""

from __future__ import annotations

import pickle
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from check.records import HERE, MONDAY, PATIENT, TABLES, at, checked, recalled, remembered
from hypothesis import given

from mkdocs_backlinks.check.history.cache import load, save
from mkdocs_backlinks.check.history.record import Record, next_record
from mkdocs_backlinks.model import Url, Verdict


def record(verdict: Verdict, before: Record | None = None, **facts: Any) -> Record:  # noqa: ANN401
    made = next_record(before, checked(**facts), verdict, MONDAY, {"etag": '"1"'})
    assert made is not None
    return made


OK = remembered(record("ok"), "cache")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "plugin" / "backlinks" / "external.sqlite"


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def loaded(file: Path) -> dict[Url, Record]:
    found = load(file, {HERE})
    assert found.note is None
    return dict(found.records)


@given(TABLES)
@PATIENT
def test_records_come_back_as_they_were(table: dict[Url, Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "external.sqlite"
        assert save(file, table, MONDAY) is None
        assert load(file, table.keys()).records == recalled(table, "cache")


def test_what_is_not_wanted_is_not_loaded(file: Path) -> None:
    save(file, {HERE: OK}, MONDAY)
    assert load(file, {Url("https://example.org/other")}).records == {}


def test_there_is_no_cache_yet(file: Path) -> None:
    assert load(file, {HERE}) == type(load(file, {HERE}))({})
    assert not file.parent.exists()


def test_two_builds_do_not_lose_what_the_other_found(file: Path) -> None:
    other = Url("https://example.org/b")
    save(file, {HERE: OK}, MONDAY)
    save(file, {other: OK}, MONDAY)
    assert load(file, {HERE, other}).records.keys() == {HERE, other}


def test_what_nobody_asks_for_is_forgotten(file: Path) -> None:
    other = Url("https://example.org/b")
    save(file, {HERE: OK}, MONDAY)
    save(file, {other: OK}, at(89))
    assert HERE in loaded(file)
    save(file, {other: OK}, at(91))
    assert HERE not in loaded(file)


def test_another_checker_leaves_the_past_only(file: Path) -> None:
    failing = record("broken", OK, status=404)
    save(file, {HERE: failing}, MONDAY)
    change(file, "UPDATE records SET checker = checker - 1")
    past = loaded(file)[HERE]
    assert (past.evidence, past.runs, past.last_ok) == (None, 1, failing.last_ok)
    save(file, {HERE: OK}, MONDAY)
    assert loaded(file) == {HERE: OK}


def test_a_build_beside_that_writes_is_waited_for_and_then_left_alone(file: Path) -> None:
    save(file, {HERE: OK}, MONDAY)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        note = load(file, {HERE}, timeout=0).note
        assert note is not None
        assert "locked" in note
        note = save(file, {HERE: OK}, MONDAY, timeout=0)
        assert note is not None
        assert "locked" in note
    assert loaded(file) == {HERE: OK}


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_begun_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert load(file, {HERE}).records == {}
    assert (load(file, {HERE}).note is None) == (content == b"")
    assert save(file, {HERE: OK}, MONDAY) is None
    assert loaded(file) == {HERE: OK}


def test_a_file_with_a_hole_is_begun_anew(file: Path) -> None:
    urls = [Url(f"https://example.org/{number}") for number in range(500)]
    save(file, dict.fromkeys(urls, OK), MONDAY)
    content = bytearray(file.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    assert load(file, set(urls)).note is not None
    assert save(file, {HERE: OK}, MONDAY) is None
    assert loaded(file) == {HERE: OK}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE records SET evidence = '{'",
        "UPDATE records SET evidence = '[]'",
        'UPDATE records SET evidence = \'{"status": "x"}\'',
        "UPDATE records SET since = 'yesterday'",
        "UPDATE records SET evidence = x'ff'",
    ],
)
def test_a_row_that_nobody_wrote_is_noted(file: Path, damage: str) -> None:
    save(file, {HERE: OK}, MONDAY)
    change(file, damage)
    found = load(file, {HERE})
    assert found.records == {}
    assert found.note is not None
    save(file, {HERE: OK}, MONDAY)
    assert loaded(file) == {HERE: OK}


def test_an_older_schema_is_replaced_and_a_newer_one_left_alone(file: Path) -> None:
    file.parent.mkdir(parents=True)
    change(file, "CREATE TABLE records (address TEXT)")
    note = load(file, {HERE}).note
    assert note is not None
    assert "an older version" in note
    assert save(file, {HERE: OK}, MONDAY) is None
    assert loaded(file) == {HERE: OK}
    change(file, "PRAGMA user_version = 99")
    for note in (load(file, {HERE}).note, save(file, {}, MONDAY)):
        assert note is not None
        assert "a newer version" in note


def test_a_place_that_is_no_folder_is_noted(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    note = save(tmp_path / "taken" / "backlinks" / "external.sqlite", {HERE: OK}, MONDAY)
    assert note is not None
    assert "could not be written" in note


CHILD = """
import os, pickle, resource, sys
from pathlib import Path
from mkdocs_backlinks.check.history.cache import load, save
file, records, now = pickle.loads(sys.stdin.buffer.read())
{limit}
print(save(Path(file), records, now))
"""


def save_elsewhere(file: Path, limit: str) -> str:
    """The note of a save in a process with less space or fewer rights."""
    records = {Url(f"https://example.org/{number}"): OK for number in range(2000)}
    given = pickle.dumps((str(file), records, MONDAY))
    child = [sys.executable, "-c", CHILD.format(limit=limit)]
    done = subprocess.run(child, input=given, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_full_disk_leaves_what_was_there(file: Path) -> None:
    save(file, {HERE: OK}, MONDAY)
    note = save_elsewhere(file, "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))")
    assert "could not be written" in note
    assert loaded(file) == {HERE: OK}


@pytest.mark.skipif(sys.platform == "win32", reason="other rights")
def test_a_folder_that_may_not_be_written_is_noted() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "external.sqlite"
        save(file, {HERE: OK}, MONDAY)
        file.chmod(0o444)
        Path(folder).chmod(0o555)
        # To root everything is open, so that somebody else has to try.
        assert "could not be written" in save_elsewhere(file, "if os.geteuid() == 0: os.setuid(65534)")
        Path(folder).chmod(0o755)
        assert loaded(file) == {HERE: OK}


KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE records SET evidence = 'x', url = 'y'")
connection.executemany("INSERT INTO records SELECT ? || url, checker, verdict, expires, fine, runs, since,"
    " etag, modified, evidence, written FROM records WHERE url = 'y'", [(str(n),) for n in range(3000)])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_process_that_is_killed_leaves_a_valid_file(file: Path) -> None:
    save(file, {HERE: OK}, MONDAY)
    assert subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False).returncode == -9
    assert loaded(file) == {HERE: OK}

"""The lockfile is one sorted line for each address, says the same in the same bytes, and loses nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from check.records import HERE, MONDAY, PATIENT, TABLES, at, checked, recalled, target
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.history.lockfile import Lockfile, due, parse, read, render, updated, write
from mkdocs_backlinks.check.history.record import CHECKER, Record, next_record
from mkdocs_backlinks.errors import LockFileError
from mkdocs_backlinks.model import Evidence, Url, Verdict

B = Url("https://example.org/b")
C = Url("https://example.org/c")
HEAD = json.dumps({"lockfile": 1, "checker": CHECKER})


def known(url: str = HERE, verdict: Verdict = "ok", days: float = 0, **facts: int) -> Record:
    record = next_record(None, checked(url, days, **facts), verdict, at(days))
    assert record is not None
    return record


def judge(evidence: Evidence) -> Verdict:
    return "ok" if evidence.status == 200 else "broken"


def written(*records: Record) -> str:
    return render(Lockfile({record.evidence.url: record for record in records if record.evidence}))


def test_the_file_reads_like_a_list() -> None:
    assert written(known(C, "broken", status=404, attempts=2), known()) == (
        '{"lockfile": 1, "checker": 1}\n'
        '{"url": "https://example.org/a", "verdict": "ok", "expires": "2026-03-12T12:00:00+00:00",'
        ' "fine": "2026-03-02T12:00:00+00:00", "via": "network", "status": 200,'
        ' "checked_at": "2026-03-02T12:00:00+00:00"}\n'
        '{"url": "https://example.org/c", "verdict": "broken", "runs": 1,'
        ' "since": "2026-03-02T12:00:00+00:00", "via": "network", "status": 404,'
        ' "checked_at": "2026-03-02T12:00:00+00:00", "attempts": 2}\n'
    )


@given(TABLES)
@PATIENT
def test_a_lock_comes_back_as_it_was(table: dict[Url, Record]) -> None:
    assert parse(render(Lockfile(table))) == Lockfile(recalled(table, "lock"))


@given(TABLES)
@PATIENT
def test_the_lines_are_sorted_and_one_for_each_address(table: dict[Url, Record]) -> None:
    lines = render(Lockfile(table)).splitlines()[1:]
    assert [json.loads(line)["url"] for line in lines] == sorted(table)
    assert all(line.isascii() and line.isprintable() for line in lines)


@given(TABLES)
@PATIENT
def test_the_order_of_the_lines_does_not_matter(table: dict[Url, Record]) -> None:
    head, *lines = render(Lockfile(table)).splitlines()
    assert render(parse("\n".join([head, *reversed(lines)]))) == render(Lockfile(table))


def test_an_address_more_is_a_line_more() -> None:
    before, after = written(known(), known(C)), written(known(), known(B), known(C))
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        line for line in after.splitlines() if f'"{B}"' in line
    ]


def test_nothing_is_written_where_nothing_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "links" / "external.lock"
    assert read(file) == Lockfile()
    assert write(file, Lockfile({HERE: known()}))
    assert not write(file, read(file))
    assert read(file) == Lockfile(recalled({HERE: known()}, "lock"))
    assert [path.name for path in file.parent.iterdir()] == ["external.lock"]


def test_a_file_that_cannot_be_replaced_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "external.lock"
    (folder / "x").mkdir(parents=True)
    with pytest.raises(OSError, match="external"):
        write(folder, Lockfile({HERE: known()}))
    assert [path.name for path in tmp_path.iterdir()] == ["external.lock"]
    with pytest.raises(LockFileError, match="Cannot read the lockfile"):
        read(folder)


LINE = json.dumps({"url": HERE, "verdict": "ok", "status": 200})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "x.lock, line 1: expected the line of a lockfile of version 1"),
        ("[]", "x.lock, line 1: expected the line"),
        (LINE, "x.lock, line 1: expected the line"),
        ('{"lockfile": 2, "checker": 1}', "x.lock, line 1: expected the line"),
        (f"{HEAD}\n<<<<<<< HEAD\n{LINE}", "x.lock, line 2: this is not JSON, perhaps a conflict"),
        (f"{HEAD}\n{LINE}\n{LINE}", "x.lock, line 3: https://example.org/a stands in an earlier line"),
        (f"{HEAD}\n\n[]", "x.lock, line 3: expected an object"),
        (f"{HEAD}\n{'[' * 60_000}", "x.lock, line 2: this is not JSON"),
        (f"{HEAD}\n{' ' * 70_000}x", "x.lock, line 2: the line is too long"),
        (f"{HEAD}\n{{}}", 'x.lock, line 2: "url" cannot be None'),
        (f'{HEAD}\n{{"url": 3}}', 'x.lock, line 2: "url" cannot be 3'),
        (f'{HEAD}\n{{"url": "javascript:x"}}', 'x.lock, line 2: "url" cannot be'),
        (f'{HEAD}\n{{"url": "HTTPS://example.org"}}', 'x.lock, line 2: "url" cannot be'),
        (f'{HEAD}\n{{"url": "{HERE}", "status": 200}}', 'x.lock, line 2: "verdict" is needed. Put the line'),
        (f'{HEAD}\n{LINE[:-1]}, "expires": "soon"}}', "x.lock, line 2: \"expires\" cannot be 'soon'. Put"),
        (f'{HEAD}\n{LINE[:-1]}, "fine": []}}', r'x.lock, line 2: "fine" cannot be \[\]. Put'),
        (f'{HEAD}\n{LINE[:-1]}, "runs": 1000}}', 'x.lock, line 2: "runs" cannot be 1000. Put'),
        (f'{HEAD}\n{LINE[:-1]}, "title": ""}}', 'x.lock, line 2: "title" is not a field'),
    ],
)
def test_a_line_that_nobody_wrote_is_named(text: str, complaint: str) -> None:
    with pytest.raises(LockFileError, match=complaint):
        parse(text, "x.lock")


@given(st.text(max_size=60))
@PATIENT
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"{HEAD}\n{text}", f"{HEAD}\n{LINE[:-1]}{text}"):
        with suppress(LockFileError):
            assert parse(whole).checker == CHECKER


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.lock").write_bytes(b"\xff\xfe")
    with pytest.raises(LockFileError, match=r"Cannot read the lockfile x\.lock"):
        read(tmp_path / "x.lock")


OLD = Lockfile({HERE: known(), B: known(B, days=-40), C: known(C, "broken", days=-10, status=404)})
NEW = Url("https://example.org/new")


@pytest.mark.parametrize(
    ("budget", "expected"),
    [(0, []), (1, [NEW]), (2, [NEW, B]), (9, [NEW, B, C])],
)
def test_an_update_begins_with_what_waited_longest(budget: int, expected: list[Url]) -> None:
    assert due(OLD, [target(url) for url in (HERE, B, C, NEW, NEW)], budget, at(1)) == tuple(expected)


def test_a_failure_of_years_can_still_be_written_and_read() -> None:
    lock = Lockfile({C: replace(known(C, "broken", status=404), runs=999)})
    later = updated(lock, {C}, [checked(C, 900, status=404)], judge, at(900))
    assert parse(render(later)).records[C].runs == 999


def test_a_link_to_a_new_place_makes_a_page_due() -> None:
    lock = Lockfile({HERE: replace(known(), evidence=checked(fragments=(("a", "present"),)))})
    assert due(lock, [target(HERE, "a")], 9, at(1)) == ()
    assert due(lock, [target(HERE, "a", "b")], 9, at(1)) == (HERE,)


def test_another_checker_makes_all_due() -> None:
    assert due(Lockfile(OLD.records, CHECKER - 1), [target(HERE)], 9, at(1)) == (HERE,)


def test_an_update_takes_in_what_was_found_and_leaves_out_what_nobody_links_to() -> None:
    answers = [
        checked(C, 1, status=404),
        checked(NEW, 1),
        checked("https://example.org/other"),
        Evidence(url=HERE, failure="deferred"),
        checked(B, via="cache"),
    ]
    lock = updated(OLD, {HERE, C, NEW}, answers, judge, at(1))
    assert lock.records.keys() == {HERE, C, NEW}
    assert (lock.records[C].runs, lock.records[C].failing_since) == (2, OLD.records[C].failing_since)
    assert lock.records[HERE] == OLD.records[HERE]
    assert lock.records[NEW].last_ok == "2026-03-03T12:00:00+00:00"


def test_an_update_with_nothing_new_changes_nothing() -> None:
    assert updated(OLD, OLD.records.keys(), [], judge, MONDAY) == OLD

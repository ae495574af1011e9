"""The cache: records of earlier builds on this machine, in one SQLite file.

A file that cannot be read or written never fails a build; it counts as empty, and a note says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs_backlinks.check.history.record import CHECKER, Record
from mkdocs_backlinks.check.history.record_json import kept_evidence, parse_facts, parse_timestamp, to_json
from mkdocs_backlinks.check.read.evidence import timestamp
from mkdocs_backlinks.model import Url

SCHEMA = 1
KEEP_DAYS = 90
"""Records that no build has written for so long are deleted."""

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another build that is writing."""

_CREATE = """CREATE TABLE IF NOT EXISTS records (
    url TEXT NOT NULL, checker INTEGER NOT NULL, verdict TEXT NOT NULL, expires TEXT, fine TEXT,
    runs INTEGER NOT NULL, since TEXT, etag TEXT, modified TEXT, evidence TEXT, written TEXT NOT NULL,
    PRIMARY KEY (url, checker)) WITHOUT ROWID"""
_SELECT = """SELECT url, checker, verdict, expires, fine, runs, since, etag, modified, evidence FROM records
    WHERE url IN (SELECT value FROM json_each(?)) ORDER BY url, checker = ?, checker"""
_INSERT = "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_Row = tuple[str, int, str, str | None, str | None, int, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Records by address, and a `note` on a file that could not be read."""

    records: Mapping[Url, Record]
    note: str | None = None


def load(file: Path, wanted: Collection[Url], *, timeout: float = BUSY_TIMEOUT) -> Loaded:
    """Return the records of the addresses in `wanted`, without evidence if another version of the check
    made them."""
    if not file.is_file():
        return Loaded({})
    try:
        # "rw", so that a transaction of a killed process can be rolled back.
        with _opened(file, timeout, "rw") as connection:
            version = _version(connection)
            if version != SCHEMA:
                return Loaded({}, _other_schema(file, version) if file.stat().st_size else None)
            rows = connection.execute(_SELECT, (json.dumps(list(wanted)), CHECKER)).fetchall()
        return Loaded({Url(row[0]): _record(row) for row in rows})
    except (sqlite3.Error, ValueError, TypeError) as error:
        return Loaded({}, f"The cache {file.name} cannot be read ({error}); every address was asked anew.")


def save(
    file: Path, records: Mapping[Url, Record], now: datetime, *, timeout: float = BUSY_TIMEOUT
) -> str | None:
    """Add the records to the file; return a note on a failure, else None.

    Each call is one transaction: a process that is killed leaves the file as it was before.
    """
    rows = [_row(url, record, timestamp(now)) for url, record in records.items()]
    oldest = timestamp(now - timedelta(days=KEEP_DAYS))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _write(file, rows, oldest, timeout)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            _remove(file)
            return _write(file, rows, oldest, timeout)
    except (sqlite3.Error, OSError) as error:
        return f"The cache {file.name} could not be written ({error}); the next build will ask again."


def _write(file: Path, rows: Collection[tuple[object, ...]], oldest: str, timeout: float) -> str | None:
    with _opened(file, timeout, "rwc") as connection:
        # From here on no other process can create the table, or fill it.
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)
        if version > SCHEMA:
            return _other_schema(file, version)
        if version < SCHEMA:
            connection.execute("DROP TABLE IF EXISTS records")
        connection.execute(_CREATE)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.executemany(_INSERT, rows)
        connection.execute("DELETE FROM records WHERE written < ?", (oldest,))
        connection.execute("COMMIT")
    return None


@contextmanager
def _opened(file: Path, timeout: float, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, timeout=timeout, isolation_level=None, uri=True)) as connection:
        yield connection


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _other_schema(file: Path, version: int) -> str:
    age = "a newer version of the plugin, and is left alone" if version > SCHEMA else "an older version"
    return f"The cache {file.name} was written by {age}; every address was asked anew."


def _remove(file: Path) -> None:
    """Remove a damaged file, and the journal that belongs to it."""
    file.unlink()
    with suppress(FileNotFoundError):
        file.with_name(file.name + "-journal").unlink()


def _row(url: Url, record: Record, now: str) -> tuple[object, ...]:
    evidence = json.dumps(to_json(record.evidence)) if record.evidence else None
    past = (record.last_ok, record.runs, record.failing_since)
    return url, CHECKER, record.verdict, record.expires, *past, record.etag, record.modified, evidence, now


def _record(row: _Row) -> Record:
    url, checker, verdict, expires, last_ok, runs, since, etag, modified, facts = row
    record = Record(
        evidence=None,
        verdict=verdict,  # type: ignore[arg-type]
        last_ok=last_ok,
        runs=runs,
        failing_since=parse_timestamp(since) if since is not None else None,
    )
    if checker != CHECKER or facts is None:
        return record
    evidence = kept_evidence(Url(url), _facts(facts), "cache")
    return replace(record, evidence=evidence, expires=expires, etag=etag, modified=modified)


@lru_cache(maxsize=1024)  # many addresses gave the same facts in one second
def _facts(text: str) -> Mapping[str, Any]:
    facts = json.loads(text)
    if not isinstance(facts, dict):
        raise TypeError("expected an object")
    return parse_facts(facts)

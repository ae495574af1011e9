"""What this machine knows of addresses from earlier builds, in one SQLite file.

Whatever is wrong with the file, a build goes on as if it were empty, and a note says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs_backlinks.check.read.evidence import stamp
from mkdocs_backlinks.check.remember.record import CHECKER, Record, a_moment, fields_of, recalled, to_json
from mkdocs_backlinks.model import Url

SCHEMA = 1
KEEP_DAYS = 90
"""Addresses that no build has asked for so long are forgotten."""

PATIENCE = 5.0
"""Seconds to wait for another build that is writing."""

_TABLE = """CREATE TABLE IF NOT EXISTS records (
    url TEXT NOT NULL, checker INTEGER NOT NULL, verdict TEXT NOT NULL, expires TEXT, fine TEXT,
    runs INTEGER NOT NULL, since TEXT, etag TEXT, modified TEXT, evidence TEXT, written TEXT NOT NULL,
    PRIMARY KEY (url, checker)) WITHOUT ROWID"""
_READ = """SELECT url, checker, verdict, expires, fine, runs, since, etag, modified, evidence FROM records
    WHERE url IN (SELECT value FROM json_each(?)) ORDER BY url, checker = ?, checker"""
_WRITE = "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_Row = tuple[str, int, str, str | None, str | None, int, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records by address; `note` says what was wrong with the file, if anything."""

    records: Mapping[Url, Record]
    note: str | None = None


def load(file: Path, wanted: Collection[Url], *, patience: float = PATIENCE) -> Loaded:
    """What is known of the addresses in `wanted`. Of what another version of the check found, only how long
    it has failed and whether it was fine is known."""
    if not file.is_file():
        return Loaded({})
    try:
        # "rw", so that what a killed process left half-written can be rolled back.
        with _opened(file, patience, "rw") as connection:
            version = _version(connection)
            if version != SCHEMA:
                return Loaded({}, _other_schema(file, version) if file.stat().st_size else None)
            rows = connection.execute(_READ, (json.dumps(list(wanted)), CHECKER)).fetchall()
        return Loaded({Url(row[0]): _record(row) for row in rows})
    except (sqlite3.Error, ValueError, TypeError) as error:
        return Loaded({}, f"The cache {file.name} cannot be read ({error}); every address was asked anew.")


def save(
    file: Path, records: Mapping[Url, Record], now: datetime, *, patience: float = PATIENCE
) -> str | None:
    """Add the records to the file; the note is None where all went well.

    Each call is one transaction, so that a process that is killed leaves what was there before.
    """
    rows = [_row(url, record, stamp(now)) for url, record in records.items()]
    oldest = stamp(now - timedelta(days=KEEP_DAYS))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _write(file, rows, oldest, patience)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            _remove(file)
            return _write(file, rows, oldest, patience)
    except (sqlite3.Error, OSError) as error:
        return f"The cache {file.name} could not be written ({error}); the next build will ask again."


def _write(file: Path, rows: Collection[tuple[object, ...]], oldest: str, patience: float) -> str | None:
    with _opened(file, patience, "rwc") as connection:
        # Only now nobody else can make the table, or fill it.
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)
        if version > SCHEMA:
            return _other_schema(file, version)
        if version < SCHEMA:
            connection.execute("DROP TABLE IF EXISTS records")
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.executemany(_WRITE, rows)
        connection.execute("DELETE FROM records WHERE written < ?", (oldest,))
        connection.execute("COMMIT")
    return None


@contextmanager
def _opened(file: Path, patience: float, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, timeout=patience, isolation_level=None, uri=True)) as connection:
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
    past = (record.fine, record.runs, record.since)
    return url, CHECKER, record.verdict, record.expires, *past, record.etag, record.modified, evidence, now


def _record(row: _Row) -> Record:
    url, checker, verdict, expires, fine, runs, since, etag, modified, found = row
    since = a_moment(since) if since is not None else None
    if checker != CHECKER or found is None:
        return Record(evidence=None, verdict=verdict, fine=fine, runs=runs, since=since)  # type: ignore[arg-type]
    return Record(
        evidence=recalled(Url(url), _fields(found), "cache"),
        verdict=verdict,  # type: ignore[arg-type]
        expires=expires,
        fine=fine,
        runs=runs,
        since=since,
        etag=etag,
        modified=modified,
    )


@lru_cache(maxsize=1024)  # many addresses gave the same answer in one second
def _fields(text: str) -> Mapping[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError("expected an object")
    return fields_of(found)

"""The lockfile: what is known of external addresses as a text that is committed, one line for each address.

Equal records give equal bytes, so that a commit shows what was asked anew and nothing else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.read.evidence import stamp
from mkdocs_backlinks.check.read.fragments import wanted
from mkdocs_backlinks.check.remember.memory import covers, is_fresh, remember
from mkdocs_backlinks.check.remember.record import (
    CHECKER,
    Record,
    a_moment,
    a_number,
    a_verdict,
    fields_of,
    read_field,
    recalled,
    to_json,
)
from mkdocs_backlinks.errors import LockFileError
from mkdocs_backlinks.model import Evidence, Json, Target, Url, Verdict

VERSION = 1
LONGEST_LINE = 64 * 1024
"""Characters; no address that a browser takes needs a line like that."""

_PAST: Mapping[str, Callable[[Json], object]] = {
    "verdict": a_verdict,
    "expires": a_moment,
    "fine": a_moment,
    "runs": a_number,
    "since": a_moment,
}


@dataclass(frozen=True, slots=True)
class Lock:
    """The records by address, and the version of the check that found them."""

    records: Mapping[Url, Record] = field(default_factory=dict)
    checker: int = CHECKER


def read(file: Path) -> Lock:
    """The lock in a file, empty where there is none; LockFileError names the line that cannot be read."""
    if not file.exists():
        return Lock()
    try:
        return parse(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise LockFileError(f"Cannot read the lockfile {file.name}: {error}.") from error


def parse(text: str, name: str = "lockfile") -> Lock:
    """The lock that a text holds, in whatever order; LockFileError names `name` and the line."""
    lines = text.split("\n")
    checker = _head(lines[0], name)
    records: dict[Url, Record] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            url, record = _entry(_object(line))
        except (ValueError, TypeError) as error:
            raise LockFileError(f"{name}, line {number}: {error}. {_MEND}") from error
        if url in records:
            raise LockFileError(f"{name}, line {number}: {url} stands in an earlier line already. {_MEND}")
        records[url] = record
    return Lock(records, checker)


def render(lock: Lock) -> str:
    """The text of a lock: a line about the file, then a line for each address, sorted."""
    head = json.dumps({"lockfile": VERSION, "checker": lock.checker})
    return "".join(f"{line}\n" for line in (head, *_lines(lock.records)))


def write(file: Path, lock: Lock) -> bool:
    """Put the lock into its file and say whether that changed anything; OSError leaves the file as it was."""
    text = render(lock)
    if file.is_file() and file.read_bytes() == text.encode():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        new.write_bytes(text.encode())
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return True


def due(lock: Lock, linked: Iterable[Target], budget: int, now: datetime) -> tuple[Url, ...]:
    """The addresses to ask in one update of the lockfile: at most `budget`, those that waited longest first.

    What is not in the file yet comes before all else. A link to a new place in a known page makes that due.
    """
    stale = {target.url for target in linked if not _holds(lock, target, stamp(now))}
    return tuple(sorted(stale, key=lambda url: (_age(lock, url), url))[:budget])


def updated(
    lock: Lock,
    linked: Collection[Url],
    found: Iterable[Evidence],
    judge: Callable[[Evidence], Verdict],
    now: datetime,
) -> Lock:
    """The lock after an update: what was found is taken in, what nobody links to any more is left out.

    An address that there was no time to ask stays as it was.
    """
    records = {url: record for url, record in lock.records.items() if url in linked}
    for evidence in found:
        if evidence.failure == "deferred" or evidence.url not in linked:
            continue
        record = remember(records.get(evidence.url), evidence, judge(evidence), now)
        if record is not None:
            records[evidence.url] = record
    return Lock(records)


_MEND = "Put the line right, or take it out: it is then asked anew."


def _head(line: str, name: str) -> int:
    try:
        head = _object(line)
    except (ValueError, TypeError):
        head = {}
    version, checker = head.get("lockfile"), head.get("checker")
    if version != VERSION or not isinstance(checker, int):
        raise LockFileError(
            f"{name}, line 1: expected the line of a lockfile of version {VERSION}."
            " Update the plugin, or delete the file and write it anew."
        )
    return checker


def _object(line: str) -> dict[str, Json]:
    if len(line) > LONGEST_LINE:
        raise ValueError("the line is too long")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON, perhaps a conflict that was not resolved") from None
    if not isinstance(found, dict):
        raise TypeError("expected an object")
    return found


def _entry(given: dict[str, Json]) -> tuple[Url, Record]:
    written = given.pop("url", None)
    url = urls.normalise(written) if isinstance(written, str) else None
    if url is None or url != written or not url.startswith(("http:", "https:")):
        raise ValueError(f'"url" cannot be {written!r:.100}')
    if "verdict" not in given:
        raise ValueError('"verdict" is needed')
    past: dict[str, Any] = {
        name: read_field(name, reader, given.pop(name)) for name, reader in _PAST.items() if name in given
    }
    return url, Record(evidence=recalled(url, fields_of(given), "lock"), **past)


def _lines(records: Mapping[Url, Record]) -> Iterator[str]:
    for url in sorted(records):
        record = records[url]
        if record.evidence is not None:
            past = {name: value for name in _PAST if (value := getattr(record, name))}
            via = {"via": record.evidence.found_via}
            yield json.dumps({"url": url, **past, **via, **to_json(record.evidence)})


def _holds(lock: Lock, target: Target, now: str) -> bool:
    record = lock.records.get(target.url)
    if record is None or lock.checker != CHECKER:
        return False
    return covers(record, wanted(target)) and is_fresh(record, now)


def _age(lock: Lock, url: Url) -> str:
    record = lock.records.get(url)
    return (record.evidence.checked_at or "") if record and record.evidence else ""

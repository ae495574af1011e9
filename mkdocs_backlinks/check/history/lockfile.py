"""The lockfile: records of external addresses as a text to commit, one line for each address.

Equal records give equal bytes, so that a commit shows the addresses that were checked again and nothing else.
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
from mkdocs_backlinks.check.history.record import CHECKER, Record, covers, is_fresh, next_record
from mkdocs_backlinks.check.history.record_json import (
    kept_evidence,
    parse_facts,
    parse_field,
    parse_number,
    parse_timestamp,
    parse_verdict,
    to_json,
)
from mkdocs_backlinks.check.read.evidence import timestamp
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.errors import LockFileError
from mkdocs_backlinks.model import Evidence, Json, Target, Url, Verdict

VERSION = 1
MAX_LINE = 64 * 1024
"""Characters; no address that a browser takes needs a line of this length."""

_HISTORY: Mapping[str, tuple[str, Callable[[Json], object]]] = {
    "verdict": ("verdict", parse_verdict),
    "expires": ("expires", parse_timestamp),
    "fine": ("last_ok", parse_timestamp),
    "runs": ("runs", parse_number),
    "since": ("failing_since", parse_timestamp),
}
"""Fields of a line that are no evidence, each with its attribute of `Record` and its parser."""

_HINT = "Put the line right, or take it out: it is then asked anew."


@dataclass(frozen=True, slots=True)
class Lockfile:
    """Records by address, and the version of the check that made them."""

    records: Mapping[Url, Record] = field(default_factory=dict)
    checker: int = CHECKER


def read(file: Path) -> Lockfile:
    """Return the records of a file, none where it does not exist; LockFileError names the bad line."""
    if not file.exists():
        return Lockfile()
    try:
        return parse(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise LockFileError(f"Cannot read the lockfile {file.name}: {error}.") from error


def parse(text: str, name: str = "lockfile") -> Lockfile:
    """Return the records of a text, in any order of lines; LockFileError has `name` and the bad line."""
    lines = text.split("\n")
    checker = _head(lines[0], name)
    records: dict[Url, Record] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            url, record = _entry(_object(line))
        except (ValueError, TypeError) as error:
            raise LockFileError(f"{name}, line {number}: {error}. {_HINT}") from error
        if url in records:
            raise LockFileError(f"{name}, line {number}: {url} stands in an earlier line already. {_HINT}")
        records[url] = record
    return Lockfile(records, checker)


def render(lockfile: Lockfile) -> str:
    """Return the text of a lockfile: a line about the file, then a line for each address, sorted."""
    head = json.dumps({"lockfile": VERSION, "checker": lockfile.checker})
    return "".join(f"{line}\n" for line in (head, *_lines(lockfile.records)))


def write(file: Path, lockfile: Lockfile) -> bool:
    """Write the file and return True if that changed it; OSError leaves the file as it was."""
    text = render(lockfile)
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


def due(lockfile: Lockfile, linked: Iterable[Target], budget: int, now: datetime) -> tuple[Url, ...]:
    """Return the addresses to check in one update: at most `budget`, those without a record first, then those
    checked longest ago. A link to a new fragment makes its page due."""
    stale = {target.url for target in linked if not _is_current(lockfile, target, timestamp(now))}
    return tuple(sorted(stale, key=lambda url: (_checked_at(lockfile, url), url))[:budget])


def updated(
    lockfile: Lockfile,
    linked: Collection[Url],
    new_evidence: Iterable[Evidence],
    judge: Callable[[Evidence], Verdict],
    now: datetime,
) -> Lockfile:
    """Return the lockfile with new evidence, and without addresses that are no longer linked.

    The record of a deferred address stays as it was.
    """
    records = {url: record for url, record in lockfile.records.items() if url in linked}
    for evidence in new_evidence:
        if evidence.failure == "deferred" or evidence.url not in linked:
            continue
        record = next_record(records.get(evidence.url), evidence, judge(evidence), now)
        if record is not None:
            records[evidence.url] = record
    return Lockfile(records)


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
    if len(line) > MAX_LINE:
        raise ValueError("the line is too long")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON, perhaps a conflict that was not resolved") from None
    if not isinstance(value, dict):
        raise TypeError("expected an object")
    return value


def _entry(entry: dict[str, Json]) -> tuple[Url, Record]:
    written = entry.pop("url", None)
    url = urls.normalise(written) if isinstance(written, str) else None
    if url is None or url != written or not url.startswith(("http:", "https:")):
        raise ValueError(f'"url" cannot be {written!r:.100}')
    if "verdict" not in entry:
        raise ValueError('"verdict" is needed')
    history: dict[str, Any] = {
        attribute: parse_field(name, parser, entry.pop(name))
        for name, (attribute, parser) in _HISTORY.items()
        if name in entry
    }
    return url, Record(evidence=kept_evidence(url, parse_facts(entry), "lock"), **history)


def _lines(records: Mapping[Url, Record]) -> Iterator[str]:
    for url in sorted(records):
        record = records[url]
        if record.evidence is not None:
            values = {name: getattr(record, attribute) for name, (attribute, _) in _HISTORY.items()}
            history = {name: value for name, value in values.items() if value}
            via = {"via": record.evidence.found_via}
            yield json.dumps({"url": url, **history, **via, **to_json(record.evidence)})


def _is_current(lockfile: Lockfile, target: Target, now: str) -> bool:
    record = lockfile.records.get(target.url)
    if record is None or lockfile.checker != CHECKER:
        return False
    return covers(record, linked_fragments(target)) and is_fresh(record, now)


def _checked_at(lockfile: Lockfile, url: Url) -> str:
    record = lockfile.records.get(url)
    return (record.evidence.checked_at or "") if record and record.evidence else ""

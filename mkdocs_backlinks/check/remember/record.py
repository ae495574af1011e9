"""What is kept of an address between runs, and its one form as JSON, for the cache and for the lockfile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, TypeVar, cast, get_args

from mkdocs_backlinks.model import Evidence, Failure, Hop, Json, Presence, Url, Verdict, Via

T = TypeVar("T")

CHECKER = 1
"""The version of the check. It goes up when what was found out before must be found out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one address; all moments are UTC in ISO 8601.

    `evidence` is None where nothing is known but the past. It may be used until `expires`; None is for
    what every run must ask again. `fine` is when the address last answered well, `runs` how many runs in a
    row it has failed since, the first of them at `since`. `etag` and `modified` are what the server
    said for a later request on condition (RFC 9110 §13.1).
    """

    evidence: Evidence | None
    verdict: Verdict
    expires: str | None = None
    fine: str | None = None
    runs: int = 0
    since: str | None = None
    etag: str | None = None
    modified: str | None = None


def to_json(evidence: Evidence) -> dict[str, Json]:
    """All that is not as usual, without the address itself and the streak, which belongs to a run.

    `via` says how it was found out, and not that it was remembered meanwhile.
    """
    given: dict[str, Json] = {
        name: value
        for name in _PLAIN
        if (value := getattr(evidence, name)) != _USUAL[name] and value is not None
    }
    if evidence.found_via != _USUAL["via"]:
        given["via"] = evidence.found_via
    if evidence.final_url is not None and evidence.final_url != evidence.url:
        given["final_url"] = evidence.final_url
    if evidence.hops:
        given["hops"] = [[hop.url, hop.status] for hop in evidence.hops]
    if evidence.fragments:
        given["fragments"] = dict(evidence.fragments)
    return given


def fields_of(given: Mapping[str, Json]) -> Mapping[str, Any]:
    """The reverse, as fields of `Evidence`; ValueError names the one that nobody can have written.

    Whoever reads has no way to tell a file that was edited from one that was written, so all is checked.
    """
    read = {name: read_field(name, _READERS.get(name), value) for name, value in given.items()}
    if (read.get("status") is None) == (read.get("failure") is None):
        raise ValueError('one of "status" and "failure" is needed')
    return {"origin": read.pop("via", _USUAL["via"]), **read}


def recalled(url: Url, fields: Mapping[str, Any], via: Via) -> Evidence:
    """Evidence on an address out of a memory."""
    return Evidence(url=url, via=via, **{"final_url": url, **fields})


def read_field(name: str, reader: Callable[[Json], T] | None, value: Json) -> T:
    """What a field holds; ValueError for one that nobody knows, and for what it cannot hold."""
    if reader is None:
        raise ValueError(f'"{name}" is not a field')
    try:
        return reader(value)
    except (TypeError, ValueError):
        raise ValueError(f'"{name}" cannot be {value!r:.60}') from None


def a_moment(value: Json) -> str:
    """A moment with its offset from UTC; ValueError for anything else."""
    moment = _text(value)
    if not _has_offset(moment):
        raise ValueError
    return moment


def a_verdict(value: Json) -> Verdict:
    """The name of a verdict; ValueError for anything else."""
    return cast("Verdict", _verdict(value))


def a_number(value: Json) -> int:
    """A whole number from 0 to 999; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999:
        raise ValueError
    return value


@lru_cache(maxsize=1024)  # many addresses were asked in one second
def _has_offset(moment: str) -> bool:
    return datetime.fromisoformat(moment).tzinfo is not None


def _text(value: Json) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError
    return value


def _truth(value: Json) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _word(allowed: Any) -> Callable[[Json], str]:  # noqa: ANN401 (a Literal has no type of its own)
    words = frozenset(get_args(allowed))

    def read(value: Json) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return read


def _hops(value: Json) -> tuple[Hop, ...]:
    if not isinstance(value, list):
        raise TypeError
    pairs = [pair for pair in value if isinstance(pair, list) and len(pair) == 2]
    if len(pairs) != len(value):
        raise ValueError
    return tuple(Hop(Url(_text(url)), a_number(status)) for url, status in pairs)


def _fragments(value: Json) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise TypeError
    return tuple((_text(name), _presence(state)) for name, state in value.items())


_presence = _word(Presence)
_verdict = _word(Verdict)
_READERS: Mapping[str, Callable[[Json], object]] = {
    "status": a_number,
    "failure": _word(Failure),
    "detail": _text,
    "https": _truth,
    "checked_at": a_moment,
    "via": _word(Literal["network", "authority"]),
    "attempts": a_number,
    "control": _truth,
    "method": _text,
    "wall": _text,
    "parked": _text,
    "final_url": _text,
    "hops": _hops,
    "fragments": _fragments,
}
_PLAIN = tuple(name for name in _READERS if name not in ("via", "final_url", "hops", "fragments"))
_USUAL: Mapping[str, object] = {one.name: one.default for one in fields(Evidence)}

"""What is kept of an address between runs, and its one form as JSON, for the cache and for the lockfile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast, get_args

from mkdocs_backlinks.model import Evidence, Failure, Hop, Json, Presence, Url, Verdict, Via

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
    """All that is not as usual, without the address itself and the streak, which belongs to a run."""
    given: dict[str, Json] = {
        name: value
        for name in _PLAIN
        if (value := getattr(evidence, name)) != _USUAL[name] and value is not None
    }
    if evidence.final_url is not None and evidence.final_url != evidence.url:
        given["final_url"] = evidence.final_url
    if evidence.hops:
        given["hops"] = [[hop.url, hop.status] for hop in evidence.hops]
    if evidence.fragments:
        given["fragments"] = dict(evidence.fragments)
    return given


def from_json(url: Url, given: Mapping[str, Json]) -> Evidence:
    """The reverse; ValueError names the field that nobody can have written.

    Whoever reads has no way to tell a file that was edited from one that was written, so all is checked.
    """
    read: dict[str, Any] = {"final_url": url}
    for name, value in given.items():
        reader = _READERS.get(name)
        if reader is None:
            raise ValueError(f'"{name}" is not a field')
        try:
            read[name] = reader(value)
        except (TypeError, ValueError):
            raise ValueError(f'"{name}" cannot be {value!r:.60}') from None
    if (read.get("status") is None) == (read.get("failure") is None):
        raise ValueError('one of "status" and "failure" is needed')
    return Evidence(url=url, **read)


def a_moment(value: Json) -> str:
    """A moment with its offset from UTC; ValueError for anything else."""
    if datetime.fromisoformat(_text(value)).tzinfo is None:
        raise ValueError
    return str(value)


def a_verdict(value: Json) -> Verdict:
    """The name of a verdict; ValueError for anything else."""
    return cast("Verdict", _verdict(value))


def a_number(value: Json) -> int:
    """A whole number from 0 to 999; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999:
        raise ValueError
    return value


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
    "via": _word(Via),
    "attempts": a_number,
    "control": _truth,
    "method": _text,
    "wall": _text,
    "parked": _text,
    "final_url": _text,
    "hops": _hops,
    "fragments": _fragments,
}
_PLAIN = tuple(name for name in _READERS if name not in ("final_url", "hops", "fragments"))
_USUAL: Mapping[str, object] = {one.name: one.default for one in fields(Evidence)}

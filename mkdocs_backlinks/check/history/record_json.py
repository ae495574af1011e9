"""Evidence as JSON, in the one form that the cache and the lockfile share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, TypeVar, cast, get_args

from mkdocs_backlinks.model import Evidence, Failure, Hop, Json, Presence, Url, Verdict, Via

T = TypeVar("T")


def to_json(evidence: Evidence) -> dict[str, Json]:
    """Return all facts that differ from their default, without the address itself and the streak.

    `via` is how the evidence was found out, not that it was kept meanwhile.
    """
    facts: dict[str, Json] = {
        name: value
        for name in _PLAIN
        if (value := getattr(evidence, name)) != _DEFAULTS[name] and value is not None
    }
    if evidence.found_via != _DEFAULTS["via"]:
        facts["via"] = evidence.found_via
    if evidence.final_url is not None and evidence.final_url != evidence.url:
        facts["final_url"] = evidence.final_url
    if evidence.hops:
        facts["hops"] = [[hop.url, hop.status] for hop in evidence.hops]
    if evidence.fragments:
        facts["fragments"] = dict(evidence.fragments)
    return facts


def parse_facts(facts: Mapping[str, Json]) -> Mapping[str, Any]:
    """Return facts in the form of `to_json` as fields of `Evidence`; ValueError names an impossible one.

    A file that was edited looks like one that was written, so every value is checked.
    """
    values = {name: parse_field(name, _PARSERS.get(name), value) for name, value in facts.items()}
    if (values.get("status") is None) == (values.get("failure") is None):
        raise ValueError('one of "status" and "failure" is needed')
    return {"origin": values.pop("via", _DEFAULTS["via"]), **values}


def kept_evidence(url: Url, facts: Mapping[str, Any], via: Via) -> Evidence:
    """Return the evidence that a cache or lockfile holds of an address."""
    return Evidence(url=url, via=via, **{"final_url": url, **facts})


def parse_field(name: str, parse: Callable[[Json], T] | None, value: Json) -> T:
    """Return the value of a field; ValueError for an unknown field and an impossible value."""
    if parse is None:
        raise ValueError(f'"{name}" is not a field')
    try:
        return parse(value)
    except (TypeError, ValueError):
        raise ValueError(f'"{name}" cannot be {value!r:.60}') from None


def parse_timestamp(value: Json) -> str:
    """Return a moment with its offset from UTC; ValueError for anything else."""
    moment = _text(value)
    if not _has_offset(moment):
        raise ValueError
    return moment


def parse_verdict(value: Json) -> Verdict:
    """Return the name of a verdict; ValueError for anything else."""
    return cast("Verdict", _verdict(value))


def parse_number(value: Json) -> int:
    """Return a whole number from 0 to 999; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999:
        raise ValueError
    return value


@lru_cache(maxsize=1024)  # many addresses are checked in one second
def _has_offset(moment: str) -> bool:
    return datetime.fromisoformat(moment).tzinfo is not None


def _text(value: Json) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError
    return value


def _boolean(value: Json) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _word(allowed: Any) -> Callable[[Json], str]:  # noqa: ANN401 (a Literal has no type of its own)
    words = frozenset(get_args(allowed))

    def parse(value: Json) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return parse


def _hops(value: Json) -> tuple[Hop, ...]:
    if not isinstance(value, list):
        raise TypeError
    pairs = [pair for pair in value if isinstance(pair, list) and len(pair) == 2]
    if len(pairs) != len(value):
        raise ValueError
    return tuple(Hop(Url(_text(url)), parse_number(status)) for url, status in pairs)


def _fragments(value: Json) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise TypeError
    return tuple((_text(name), _presence(state)) for name, state in value.items())


_presence = _word(Presence)
_verdict = _word(Verdict)
_PARSERS: Mapping[str, Callable[[Json], object]] = {
    "status": parse_number,
    "failure": _word(Failure),
    "detail": _text,
    "https": _boolean,
    "checked_at": parse_timestamp,
    "via": _word(Literal["network", "authority"]),
    "attempts": parse_number,
    "control": _boolean,
    "method": _text,
    "wall": _text,
    "parked": _text,
    "final_url": _text,
    "hops": _hops,
    "fragments": _fragments,
}
_PLAIN = tuple(name for name in _PARSERS if name not in ("via", "final_url", "hops", "fragments"))
_DEFAULTS: Mapping[str, object] = {field.name: field.default for field in fields(Evidence)}

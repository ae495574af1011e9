"""Retries and pauses: trouble that may pass, how long to back off, and the pauses that hosts ask for.

`Retry-After` is RFC 9110 §10.2.3. `RateLimit` and its older relatives never became a standard; these are the
forms of the IETF drafts and of GitHub, GitLab, Docker Hub and the Hugging Face Hub.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from mkdocs_backlinks.check.request import MAX_RETRIES
from mkdocs_backlinks.check.response import Response

FIRST_BACK_OFF = 0.5
MAX_BACK_OFF = 30.0
"""Seconds before the first retry, and before any."""

TRANSIENT = frozenset({408, 425, 429, *range(500, 600)})

_LIMITED = (429, 503)
_WAITING = (*_LIMITED, 301, 302, 303, 307, 308)

# A larger number is an epoch in seconds (2001-09-09): nobody asks for a pause of thirty years.
_EPOCH = 1_000_000_000

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?")
_DURATION = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,9})s(?:ec)?)?", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:^|[;,])\s*([a-z]+)\s*=\s*(\d{1,15})", re.IGNORECASE)
_PREFIXES = ("ratelimit-", "x-ratelimit-", "x-rate-limit-")


def retries_for(response: Response) -> int:
    """Return how many retries a response like this deserves."""
    if response.status is not None:
        return MAX_RETRIES if response.status in TRANSIENT else 0
    if response.failure not in ("connection", "timeout"):
        return 0
    # A server that is not there will not be there in a moment; a broken connection is another matter.
    return 1 if response.stage == "connect" else MAX_RETRIES


def back_off(times: int, jitter: float) -> float:
    """Return the seconds to wait after the `times`-th trouble in a row, and up to a quarter more by `jitter`.

    Each wait is twice as long as the one before; `jitter` in 0…1 spreads the requests of a crowd.
    """
    return min(MAX_BACK_OFF, FIRST_BACK_OFF * float(1 << min(times - 1, 9))) * (1 + jitter / 4)


def is_inconclusive(response: Response) -> bool:
    """Return True if a response says nothing about its host: some that are well never answer to HEAD."""
    return response.method == "HEAD" and response.stage == "exchange"


def is_silent(response: Response) -> bool:
    """Return True if the host said nothing at all."""
    return response.failure in ("connection", "timeout")


def is_overload(response: Response) -> bool:
    """Return True if the host said that it has too many requests, or gave up."""
    return response.status in _LIMITED or is_silent(response)


def asked_pause(response: Response, now: Callable[[], datetime]) -> float | None:
    """Return the seconds for which the host wants no request, or None if it does not say so."""
    pauses = [_reset(remaining, reset, response, now) for remaining, reset in _quotas(response)]
    if response.status in _WAITING and response.retry_after:
        pauses.append(seconds(response.retry_after, now))
    return max((pause for pause in pauses if pause is not None), default=None)


def seconds(field: str, now: Callable[[], datetime]) -> float | None:
    """Return the seconds of a field: a number, `1m30s`, a date or an epoch; None for anything else."""
    text = field.strip()
    if not text.isascii():
        return None
    if _NUMBER.fullmatch(text):
        number = float(text)
        return max(0.0, number - now().timestamp()) if number >= _EPOCH else number
    duration = _DURATION.fullmatch(text.replace(" ", ""))
    if duration and any(duration.groups()):
        hours, minutes, rest = (int(part or 0) for part in duration.groups())
        return float(hours * 3600 + minutes * 60 + rest)
    return _until(text, now)


def _until(text: str, now: Callable[[], datetime]) -> float | None:
    try:
        date = parsedate_to_datetime(text)
        moment = date if date.tzinfo else date.replace(tzinfo=timezone.utc)
        wait = (moment - now()).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None


def _quotas(response: Response) -> Iterator[tuple[str | None, str | None]]:
    """Yield the requests that remain of each quota of the response, and when it is renewed."""
    for prefix in _PREFIXES:
        yield response.headers.get(f"{prefix}remaining"), response.headers.get(f"{prefix}reset")
    for quota in response.headers.get("ratelimit", "").split(","):
        parameters = dict(_PARAMETER.findall(quota.partition(";")[2] if '"' in quota else quota))
        yield parameters.get("r"), parameters.get("t")
    parameters = dict(_PARAMETER.findall(response.headers.get("ratelimit", "")))
    yield parameters.get("remaining"), parameters.get("reset")


def _reset(
    remaining: str | None, reset: str | None, response: Response, now: Callable[[], datetime]
) -> float | None:
    """Return the seconds until a quota is renewed that is used up or was exceeded."""
    is_used_up = response.status in _LIMITED or (remaining is not None and remaining.strip() == "0")
    return seconds(reset, now) if is_used_up and reset else None

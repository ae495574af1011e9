"""How long a host wants to be left alone, read from the fields that servers say it with.

`Retry-After` is RFC 9110 §10.2.3. `RateLimit` and its older relatives never became a standard; what is read
here are the forms of the IETF drafts and of GitHub, GitLab, Docker Hub and the Hugging Face Hub.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from mkdocs_backlinks.check.response import Response

_LIMITED = (429, 503)
_WAITING = (*_LIMITED, 301, 302, 303, 307, 308)

# An epoch in seconds is read as one from here on (2001-09-09): nobody asks for a pause of thirty years.
_EPOCH = 1_000_000_000

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?")
_DURATION = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,9})s(?:ec)?)?", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:^|[;,])\s*([a-z]+)\s*=\s*(\d{1,15})", re.IGNORECASE)
_PREFIXES = ("ratelimit-", "x-ratelimit-", "x-rate-limit-")


def asked_pause(response: Response, now: Callable[[], datetime]) -> float | None:
    """Seconds from now for which the host wants no request, or None if it does not say so."""
    wishes = []
    if response.status in _WAITING and response.retry_after:
        wishes.append(seconds(response.retry_after, now))
    wishes.extend(_reset(left, reset, response, now) for left, reset in _limits(response))
    known = [wish for wish in wishes if wish is not None]
    return max(known) if known else None


def seconds(field: str, now: Callable[[], datetime]) -> float | None:
    """The seconds that a field means: a number, `1m30s`, a date or an epoch; None for what makes no sense."""
    text = field.strip()
    if not text.isascii():
        return None
    if _NUMBER.fullmatch(text):
        number = float(text)
        return max(0.0, number - now().timestamp()) if number >= _EPOCH else number
    spans = _DURATION.fullmatch(text.replace(" ", ""))
    if spans and any(spans.groups()):
        hours, minutes, rest = (int(span or 0) for span in spans.groups())
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


def _limits(response: Response) -> Iterator[tuple[str | None, str | None]]:
    """What is left of each quota that the answer speaks of, and when it is renewed."""
    if not any("limit" in name for name in response.headers):
        return
    for prefix in _PREFIXES:
        yield response.headers.get(f"{prefix}remaining"), response.headers.get(f"{prefix}reset")
    for quota in response.headers.get("ratelimit", "").split(","):
        known = dict(_PARAMETER.findall(quota.partition(";")[2] if '"' in quota else quota))
        yield known.get("r"), known.get("t")
    whole = dict(_PARAMETER.findall(response.headers.get("ratelimit", "")))
    yield whole.get("remaining"), whole.get("reset")


def _reset(
    left: str | None, reset: str | None, response: Response, now: Callable[[], datetime]
) -> float | None:
    """The pause that a quota asks for: until it is renewed, when nothing is left of it or it was exceeded."""
    is_used_up = response.status in _LIMITED or (left is not None and left.strip() == "0")
    return seconds(reset, now) if is_used_up and reset else None

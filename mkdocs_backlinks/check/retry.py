"""What may be a passing trouble is asked again, patiently, and never after the run's time is up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from mkdocs_backlinks.check.answer import Answer, Fetcher
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Url

BACK_OFF = (1.0, 2.0)
"""Seconds before the second and the third attempt, plus up to a quarter so that crowds disperse."""

TRANSIENT = frozenset({408, 425, 429, *range(500, 600)})


class Retry:
    """Asks up to three times; `deadline` is the moment on `timing.clock` when the run ends.

    While it waits it stands outside the throttle, so it keeps nobody from being asked.
    """

    def __init__(self, inner: Fetcher, timing: Timing, deadline: float) -> None:
        self._inner = inner
        self._timing = timing
        self._deadline = deadline

    async def fetch(self, url: Url) -> Answer:
        answer = await self._inner.fetch(url)
        for attempt, back_off in enumerate(BACK_OFF):
            if attempt >= patience(answer):
                break
            wait = self._wait(answer, back_off)
            if self._timing.clock() + wait >= self._deadline:
                return _deferred(answer, wait)
            await self._timing.sleep(wait)
            answer = await self._inner.fetch(url)
        return answer

    def _wait(self, answer: Answer, back_off: float) -> float:
        asked = retry_after(answer.retry_after, self._timing.now) if answer.retry_after else None
        return max(asked or 0.0, back_off * (1 + self._timing.jitter() / 4))


def patience(answer: Answer) -> int:
    """How often an answer like this deserves another attempt."""
    if answer.status is not None:
        return 2 if answer.status in TRANSIENT else 0
    if answer.failure not in ("connection", "timeout"):
        return 0
    return 2 if answer.stage == "exchange" else 1


def retry_after(field: str, now: Callable[[], datetime]) -> float | None:
    """Seconds to wait by a Retry-After field, or None if it makes no sense (RFC 9110 §10.2.3)."""
    text = field.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
        moment = date if date.tzinfo else date.replace(tzinfo=timezone.utc)
        return max(0.0, (moment - now()).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _deferred(answer: Answer, wait: float) -> Answer:
    said = answer.detail or f"answered {answer.status}"
    return replace(
        answer,
        status=None,
        failure="deferred",
        detail=f"{said}; to be asked again in {wait:.0f} s, after the end of this check",
    )

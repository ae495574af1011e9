"""Which trouble may pass, how often it is worth another request, and how long to wait before it."""

from __future__ import annotations

from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.check.question import AGAIN

FIRST = 0.5
MOST = 30.0
"""Seconds before the second request, and before any."""

TRANSIENT = frozenset({408, 425, 429, *range(500, 600)})


def patience(answer: Answer) -> int:
    """How often an answer like this deserves another request."""
    if answer.status is not None:
        return AGAIN if answer.status in TRANSIENT else 0
    if answer.failure not in ("connection", "timeout"):
        return 0
    # Where nobody listens, nobody will in a moment; a line that broke is another matter.
    return 1 if answer.stage == "connect" else AGAIN


def back_off(times: int, jitter: float) -> float:
    """Seconds to wait after the `times`-th trouble in a row, and up to a quarter more by `jitter` in 0…1.

    Each wait is twice as long as the one before, so that crowds disperse.
    """
    return min(MOST, FIRST * float(1 << min(times - 1, 9))) * (1 + jitter / 4)


def tells_nothing(answer: Answer) -> bool:
    """Whether an answer says nothing of its host: some never answer to HEAD, and are well."""
    return answer.method == "HEAD" and answer.stage == "exchange"


def is_silent(answer: Answer) -> bool:
    """Whether the host said nothing at all."""
    return answer.failure in ("connection", "timeout")


def is_overload(answer: Answer) -> bool:
    """Whether the host bears less than it was given: it said so, or it gave up."""
    return answer.status in (429, 503) or is_silent(answer)

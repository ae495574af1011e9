"""Which trouble may pass, how often it is worth another request, and how long to wait before it."""

from __future__ import annotations

from mkdocs_backlinks.check.request import MAX_RETRIES
from mkdocs_backlinks.check.response import Response

FIRST = 0.5
MOST = 30.0
"""Seconds before the second request, and before any."""

TRANSIENT = frozenset({408, 425, 429, *range(500, 600)})


def patience(response: Response) -> int:
    """How often an answer like this deserves another request."""
    if response.status is not None:
        return MAX_RETRIES if response.status in TRANSIENT else 0
    if response.failure not in ("connection", "timeout"):
        return 0
    # Where nobody listens, nobody will in a moment; a line that broke is another matter.
    return 1 if response.stage == "connect" else MAX_RETRIES


def back_off(times: int, jitter: float) -> float:
    """Seconds to wait after the `times`-th trouble in a row, and up to a quarter more by `jitter` in 0…1.

    Each wait is twice as long as the one before, so that crowds disperse.
    """
    return min(MOST, FIRST * float(1 << min(times - 1, 9))) * (1 + jitter / 4)


def is_inconclusive(response: Response) -> bool:
    """Whether an answer says nothing of its host: some never answer to HEAD, and are well."""
    return response.method == "HEAD" and response.stage == "exchange"


def is_silent(response: Response) -> bool:
    """Whether the host said nothing at all."""
    return response.failure in ("connection", "timeout")


def is_overload(response: Response) -> bool:
    """Whether the host bears less than it was given: it said so, or it gave up."""
    return response.status in (429, 503) or is_silent(response)

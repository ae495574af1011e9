"""Decide by its streak if a failing address counts: the web has bad days, and what is gone stays gone."""

from __future__ import annotations

from mkdocs_backlinks.model import Evidence, Streak

RUNS, DAYS = 3, 3
"""Least number of runs in a row, and of days between the first and the last, that prove a failure."""


def is_proven(streak: Streak) -> bool:
    return streak.runs >= RUNS and streak.days >= DAYS


def is_forgiven(evidence: Evidence) -> bool:
    """True if a failure is overlooked for now: the address was fine before, and has not failed for long.

    An address that nobody has ever seen answer is new, and is forgiven nothing.
    """
    streak = evidence.streak
    return streak is not None and streak.was_fine and not is_proven(streak)


def streak_text(streak: Streak) -> str:
    """Return the streak in words: `in 4 runs over 6 days`."""
    runs = "1 run" if streak.runs == 1 else f"{streak.runs} runs"
    days = "1 day" if streak.days == 1 else f"{streak.days} days"
    return f"in {runs} over {days}"

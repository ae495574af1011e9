"""What the command answers to the shell; scripts rely on these numbers."""

from __future__ import annotations

CLEAN, FOUND, UNVERIFIED, MISUSED, INTERRUPTED = 0, 1, 2, 3, 130
"""Nothing wrong, findings, no address could be verified, wrong use, stopped by Ctrl-C."""

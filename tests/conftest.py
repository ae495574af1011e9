"""What holds for all tests."""

from __future__ import annotations

import signal

from hypothesis import settings

# How long a case takes says something about the machine, not about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A script's job in the background is told to ignore Ctrl-C, and all that it starts would be as well.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

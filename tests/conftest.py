"""Settings of all tests."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

SHARED_SITES = ("site", "site_of", "handbook")
"""Fixtures that build a site once for several tests."""

# How long a case takes says something about the machine, not about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A script's job in the background is told to ignore Ctrl-C, and all that it starts would be as well.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that share a built site to one worker, so that each site is built once."""
    for item in items:
        shared = [name for name in SHARED_SITES if name in getattr(item, "fixturenames", ())]
        if shared:
            parameters = getattr(item, "callspec", None)
            variant = parameters.params.get("theme", parameters.params.get("site", "")) if parameters else ""
            folder = item.path.parent if "site_of" in shared else item.path
            item.add_marker(pytest.mark.xdist_group(f"{folder.name}-{variant}"))

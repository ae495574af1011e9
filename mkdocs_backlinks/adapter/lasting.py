"""What lives as long as a build is not gone over again and again in search of garbage.

While pages are converted and rendered, Python's collector looks again and again at everything that is
alive. The modules of the plugin and its index would add to every look. So they are set aside, with all else
that is there by then, and given back when the build ends.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_look_for_garbage(*, but_before: bool) -> Iterator[None]:
    """Nothing is looked at while the block runs, for what makes little garbage and much that stays.

    What is to be set aside afterwards needs a look `but_before`: what is garbage by then would stay as well.
    """
    was_enabled = gc.isenabled()
    if was_enabled and but_before:
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def set_aside() -> None:
    """Leave out what is alive now, until `give_back`."""
    gc.freeze()


def give_back() -> None:
    """Look at everything again, so that what a build leaves behind is found."""
    gc.unfreeze()

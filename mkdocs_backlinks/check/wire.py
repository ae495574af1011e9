"""Values between the two processes of a check; nobody else can reach the line."""

from __future__ import annotations

import pickle
from typing import Any, BinaryIO


def say(line: BinaryIO, value: object) -> None:
    """Send a value; OSError or ValueError where nobody is at the other end, or the line is closed."""
    line.write(pickle.dumps(value))
    line.flush()


def hear(line: BinaryIO) -> Any:  # noqa: ANN401 (whatever the other side says)
    """The next value; EOFError where the other side has ended, be it in the middle of a word."""
    try:
        return pickle.load(line)  # noqa: S301 (said by this program)
    except pickle.UnpicklingError as error:
        raise EOFError from error

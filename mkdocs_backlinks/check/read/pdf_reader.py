"""Reads a PDF from standard input and writes its pages and named places as JSON, as a process of its own."""

from __future__ import annotations

import json
import sys
from io import BytesIO

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 1
"""Twice of what a file of five thousand pages takes, and all that a hostile one gets."""


def main() -> None:
    """Any failure ends the process; whoever started it then knows nothing of the file."""
    from pypdf import PdfReader  # noqa: PLC0415

    limit()
    reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
    found = {"pages": len(reader.pages), "names": sorted(map(str, reader.named_destinations))}
    sys.stdout.write(json.dumps(found))


def limit() -> None:
    """Let the system end this process when it takes more than it should."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # not on Windows, where the time by the clock is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))


if __name__ == "__main__":
    main()

"""The process that reads a PDF from standard input and writes its page count and destinations as JSON."""

from __future__ import annotations

import json
import sys
from io import BytesIO

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 1
"""Twice the time of a file of five thousand pages."""


def main() -> None:
    """Read and write once; any failure ends the process without output."""
    from pypdf import PdfReader  # noqa: PLC0415

    limit()
    reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
    contents = {"pages": len(reader.pages), "names": sorted(map(str, reader.named_destinations))}
    sys.stdout.write(json.dumps(contents))


def limit() -> None:
    """Limit the memory and the CPU time of this process."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows; the parent limits the wall time
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))


if __name__ == "__main__":
    main()

"""Judges whether a PDF has the page or named destination that a fragment opens (RFC 8118 §3).

Needs the extra `pdf`. The file is read by a process with little time and memory: a hostile file can keep a
parser busy for ever.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Presence

SECONDS = 3.0
"""Wall time; the process limits its CPU time itself."""

READER = ("-m", "mkdocs_backlinks.check.read.pdf_reader")

_PAGE = re.compile(r"(?:^|&)page=(\d{1,9})(?:&|$)")
_NAME = re.compile(r"(?:^|&)nameddest=([^&]+)")


def judge_pdf(
    body: bytes, *, seconds: float = SECONDS, reader: tuple[str, ...] = READER
) -> Callable[[str], Presence]:
    """Return a function that judges a fragment of the PDF; without the extra, all are unknown."""
    pages, names = _contents(body, seconds, reader) if find_spec("pypdf") else (0, frozenset())

    def judge(fragment: str) -> Presence:
        parameters = urls.decode_fragment(fragment)
        page, name = _PAGE.search(parameters), _NAME.search(parameters)
        if not pages:
            return "unknown"
        if page:
            return "present" if 1 <= int(page[1]) <= pages else "absent"
        if name:
            return "present" if name[1] in names else "absent"
        return "present" if parameters in names else "unknown"

    return judge


def _contents(body: bytes, seconds: float, reader: tuple[str, ...]) -> tuple[int, frozenset[str]]:
    """Return the number of pages and the named destinations; 0 pages for a file not read in time."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module, in the same Python)
            [sys.executable, *reader], input=body, capture_output=True, timeout=seconds, check=True
        )
        contents = json.loads(done.stdout)
        return int(contents["pages"]), frozenset(map(str, contents["names"]))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return 0, frozenset()

"""Whether a PDF has the page or the named place that a link opens (RFC 8118 §3); needs the extra `pdf`.

The file is read by a process of its own, with little time and memory: a hostile one can keep a reader busy
for ever.
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
"""By the clock; what the reader takes of the processor, it limits itself."""

READER = ("-m", "mkdocs_backlinks.check.read.pdf_reader")

_PAGE = re.compile(r"(?:^|&)page=(\d{1,9})(?:&|$)")
_NAME = re.compile(r"(?:^|&)nameddest=([^&]+)")


def judge_pdf(
    body: bytes, *, seconds: float = SECONDS, reader: tuple[str, ...] = READER
) -> Callable[[str], Presence]:
    """Says of a fragment whether the PDF has it; of all that it is not known without the extra."""
    pages, names = _contents(body, seconds, reader) if find_spec("pypdf") else (0, frozenset())

    def judge(fragment: str) -> Presence:
        said = urls.decode_fragment(fragment)
        page, name = _PAGE.search(said), _NAME.search(said)
        if not pages:
            return "unknown"
        if page:
            return "present" if 1 <= int(page[1]) <= pages else "absent"
        if name:
            return "present" if name[1] in names else "absent"
        return "present" if said in names else "unknown"

    return judge


def _contents(body: bytes, seconds: float, reader: tuple[str, ...]) -> tuple[int, frozenset[str]]:
    """The number of pages and the names of places; 0 pages for what cannot be read in time."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module, in the same Python)
            [sys.executable, *reader], input=body, capture_output=True, timeout=seconds, check=True
        )
        found = json.loads(done.stdout)
        return int(found["pages"]), frozenset(map(str, found["names"]))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return 0, frozenset()

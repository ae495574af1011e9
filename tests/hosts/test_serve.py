"""`mkdocs serve` shows sections that follow every edit, fails nothing, and asks nothing of the web."""

from __future__ import annotations

import queue
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import pytest
from building import write_files
from loopback import Loopback, reply

CONFIG = """
site_name: Test
site_url: https://example.org/docs/
theme: {name: mkdocs}
plugins:
  - backlinks: {external: {allow_private: [127.0.0.1]}}
"""
DEADLINE = 60


@contextmanager
def served(root: Path, *flags: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    """The address of the site, and a function that waits for words in what the command prints."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", address, *flags]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout
        reader = threading.Thread(target=_copy, args=(process.stdout, lines))
        reader.start()
        try:
            yield f"http://{address}/docs/", lambda words: _wait(lines, words)
        finally:
            process.terminate()
            reader.join()


def _copy(stream: TextIO, lines: queue.Queue[str]) -> None:
    for line in stream:
        lines.put(line)


def _wait(lines: queue.Queue[str], words: str) -> str:
    """Everything printed up to the line that holds `words`."""
    seen = ""
    end = time.monotonic() + DEADLINE
    while words not in seen and time.monotonic() < end:
        with suppress(queue.Empty):
            seen += lines.get(timeout=1)
    if words not in seen:
        pytest.fail(f"{words!r} was not printed, but:\n{seen}")
    return seen


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=DEADLINE) as response:  # noqa: S310  (loopback)
        text: str = response.read().decode("utf-8")
    return text


def sources(html: str) -> list[str]:
    """The pages in the backlinks section."""
    found = html.partition('id="__backlinks"')[2].partition("</section>")[0]
    return re.findall(r'<li><a href="([^"]*)"', found)


@pytest.mark.parametrize("flags", [(), ("--clean",), ("--dirty",)], ids=["plain", "clean", "dirty"])
def test_serve(tmp_path: Path, flags: tuple[str, ...]) -> None:
    with Loopback({"/x": reply(404)}) as web:
        pages = {
            "mkdocs.yml": CONFIG,
            "docs/index.md": f"# Home\n\n[broken](nope.md) [dead]({web.url('/x')}) [a](a.md)",
            "docs/a.md": "# A",
            "docs/b.md": "# B\n\n[a](https://example.org/docs/a/)",
            "docs/c.md": "# C",
        }
        write_files(tmp_path, pages)
        with served(tmp_path, *flags) as (url, wait):
            first = wait("Serving on")
            assert "broken_page" in first
            assert sources(get(url + "a/")) == ["../", "../b/"], "the author's own address counts as well"
            write_files(tmp_path, {"docs/c.md": "# C\n\n[a](a.md)", "docs/a.md": "# A\n\nNow more."})
            second = wait("Reloading browsers")
            assert "broken_page" in second
            assert sources(get(url + "a/")) == ["../", "../b/", "../c/"]
    assert web.requests == []

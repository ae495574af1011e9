"""A run that is killed leaves what it has found out by then."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import count, islice
from pathlib import Path

from check.fakes import NOON
from check.records import HERE, at, checked
from loopback import Loopback, reply, silence

from mkdocs_backlinks.check.history.cache import load, save
from mkdocs_backlinks.check.history.history import History
from mkdocs_backlinks.check.run_options import HistoryFiles, RunOptions

RUN = """
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from check.fakes import NOON, ask, internet
from mkdocs_backlinks.check.run_options import HistoryFiles, RunOptions

hours, environment = count(), internet()
timing = replace(environment.timing, now=lambda: NOON + timedelta(hours=next(hours)))
memory = HistoryFiles(judge=lambda _: "ok", cache=Path(sys.argv[1]))
options = RunOptions(history=memory, progress=lambda evidence: print(evidence.url, flush=True))
ask(*sys.argv[2:], environment=replace(environment, timing=timing), options=options, timeout=60)
"""
"""A run on whose clock an hour passes with each look at it, so that everything is kept at once."""


def test_what_was_found_before_a_run_was_killed_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "external.sqlite"
    with Loopback({**{f"/{at}": reply() for at in range(9)}, "/silent": silence()}) as server:
        pages = [server.url(f"/{at}") for at in range(9)]
        silent = server.url("/silent")
        command = [sys.executable, "-c", RUN, str(file), silent, *pages]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": ":".join(sys.path)}
        ) as run:
            assert run.stdout is not None
            answered = {line.strip() for line in islice(run.stdout, 9)}
            run.kill()
    assert answered == set(pages)
    left = load(file, {*pages, silent})
    assert left.note is None
    assert left.records.keys() == answered
    assert save(file, left.records, NOON) is None


def test_what_another_build_keeps_from_being_written_is_written_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "external.sqlite"
    assert save(file, {}, NOON) is None
    days = count()
    memory = RunOptions(history=HistoryFiles(judge=lambda _: "ok", cache=file))
    past = History(memory, lambda: at(next(days)))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        past.record(checked(), {})
    assert load(file, {HERE}).records == {}
    past.save()
    assert load(file, {HERE}).records.keys() == {HERE}
    assert past.notes == []

"""Measures a check that knows its 10,000 addresses already, from its start to the last verdict.

    python benchmarks/cache.py [--addresses 10000] [--rounds 7]

Asked for: ≤ 0.3 s in all, for the cache. Each round is a process of its own, so that the imports of the check
count; those that a build has paid for by then, of the index and the rules, do not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

ASKED_FOR = 0.3
FILES = {"cache": "external.sqlite", "lockfile": "external.lock"}
NOW = datetime.now(timezone.utc)
PER_SECOND = 25
"""Addresses that an earlier run checked in one second."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--addresses", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--measure", nargs=2, metavar=("KIND", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure[0], Path(chosen.measure[1]), chosen.addresses)))
        return
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), chosen.addresses)
        for kind in FILES:
            times = [in_a_process(kind, folder, chosen.addresses) for _ in range(chosen.rounds)]
            goal = f" (asked for: {ASKED_FOR} s)" if kind == "cache" else ""
            seconds, cpu = (statistics.median(column) for column in zip(*times, strict=True))
            print(f"{kind}: {chosen.addresses:,} known in {seconds:.3f} s, {cpu:.3f} s of CPU{goal}")


def addresses(number: int) -> list[str]:
    return [f"https://host-{index % 400}.example/guide/page-{index}.html" for index in range(number)]


def prepare(folder: Path, number: int) -> None:
    """A cache and a lockfile that know every address; one in ten has moved, one in twenty has a fragment."""
    from mkdocs_backlinks.check.history import cache, lockfile  # noqa: PLC0415
    from mkdocs_backlinks.check.history.record import next_record  # noqa: PLC0415
    from mkdocs_backlinks.check.read.evidence import timestamp  # noqa: PLC0415
    from mkdocs_backlinks.model import Evidence, Hop, Url  # noqa: PLC0415
    from mkdocs_backlinks.verdicts import verdict  # noqa: PLC0415

    records = {}
    for index, address in enumerate(addresses(number)):
        url = Url(address)
        evidence = Evidence(
            url=url,
            status=200,
            final_url=Url(address + "x") if index % 10 == 0 else url,
            hops=(Hop(url, 301),) if index % 10 == 0 else (),
            fragments=(("install", "present"),) if index % 20 == 1 else (),
            checked_at=timestamp(NOW - timedelta(seconds=index // PER_SECOND)),
        )
        record = next_record(None, evidence, verdict(evidence), NOW, {"etag": f'"{index}"'})
        assert record is not None
        records[url] = record
    assert cache.save(folder / FILES["cache"], records, NOW) is None
    lockfile.write(folder / FILES["lockfile"], lockfile.Lockfile(records))


def measure(kind: str, folder: Path, number: int) -> tuple[float, float]:
    """Seconds from the first import of the check to the last verdict: by the clock, and of CPU."""
    from mkdocs_backlinks.model import Target, Url  # noqa: PLC0415
    from mkdocs_backlinks.settings import ExternalSettings  # noqa: PLC0415
    from mkdocs_backlinks.verdicts import verdict  # noqa: PLC0415

    targets = [Target(Url(address), ()) for address in addresses(number)]
    files = {kind: folder / FILES[kind]}
    start, cpu = time.perf_counter(), time.process_time()
    from mkdocs_backlinks import check  # noqa: PLC0415

    options = check.RunOptions(history=check.HistoryFiles(judge=verdict, **files))
    result = check.start(targets, ExternalSettings(), options).result()
    verdicts = [verdict(evidence) for evidence in result.evidence]
    seconds = time.perf_counter() - start, time.process_time() - cpu
    assert len(verdicts) == number, f"only {len(verdicts)} of {number} addresses were known"
    assert {evidence.via for evidence in result.evidence} <= {"cache", "lock"}
    assert result.notes == ()
    return seconds


def in_a_process(kind: str, folder: str, number: int) -> tuple[float, float]:
    command = [sys.executable, __file__, "--addresses", str(number), "--measure", kind, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, cpu = json.loads(done.stdout)
    return seconds, cpu


if __name__ == "__main__":
    main()

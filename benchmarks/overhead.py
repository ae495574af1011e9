"""Measure what the plugin adds to a build with Material: CPU and peak memory, as ratios to the bare build.

    python benchmarks/overhead.py DOCS [--rounds 5]     DOCS is a folder of Markdown
    python benchmarks/overhead.py DOCS --counted        instructions in place of seconds, by valgrind
    python benchmarks/overhead.py --link-heavy          200 pages of a command's reference, 75 links each
    python benchmarks/overhead.py --smoke               the handbook, once

Bounds on the CSC guide: everything ≤ 1.10 × the bare CPU, without related pages ≤ 1.05 ×, memory ≤ 1.25 ×.
Bound on the link-heavy site: with the link index and the report as files ≤ 1.15 × the bare CPU.
The files come on top: they need the source location of every link.
Instructions are the same in each run, where seconds differ by a tenth on a machine that others use as well;
to count them takes twenty times as long.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from link_heavy import write_reference
from material_site import build_command
from measuring import Cost, counted, in_turn, ratio

HANDBOOK = Path(__file__).parents[1] / "example-site" / "docs"
QUIET = {"external": {"check": "off"}}
VARIANTS: dict[str, dict[str, Any] | None] = {
    "bare": None,
    "index": {**QUIET, "related": {"enabled": False}, "backlinks": {"enabled": False}},
    "without-related": {**QUIET, "related": {"enabled": False}},
    "everything": QUIET,
    "with-files": {**QUIET, "index": "index.json", "reports": {"json": "report.json"}},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("docs", nargs="?", type=Path, default=HANDBOOK)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=list(VARIANTS), help="with `bare`")
    parser.add_argument("--link-heavy", action="store_true", help="a generated site in place of DOCS")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--counted", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        docs = work / "docs" if chosen.link_heavy else chosen.docs.resolve()
        if chosen.link_heavy:
            write_reference(docs)
        commands = {name: build_command(work, name, docs, VARIANTS[name]) for name in chosen.only}
        if chosen.counted:
            _print_instructions(counted(commands, work))
        else:
            costs = in_turn(commands, 1 if chosen.smoke else chosen.rounds, work)
            if "with-files" in commands:
                _print_site(work, len(list(docs.rglob("*.md"))))
            _print_costs(costs)


def _print_instructions(counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        print(f"{name:16} {count:20,} instructions  {count / counts['bare']:.3f} × bare")


def _print_costs(costs: Mapping[str, list[Cost]]) -> None:
    print(f"{'':16} {'CPU s':>8} {'× bare':>8} {'MB':>8} {'× bare':>8}")
    for name, runs in costs.items():
        cpu = median(run.cpu for run in runs)
        memory = median(run.memory for run in runs)
        ratios = ratio(costs, name, "bare", "cpu"), ratio(costs, name, "bare", "memory")
        print(f"{name:16} {cpu:8.2f} {ratios[0]:8.3f} {memory:8.1f} {ratios[1]:8.3f}")


def _print_site(work: Path, pages: int) -> None:
    """Print the size of the built site; exit with the log if the build has no sections or no index."""
    sections = sum(
        "__backlinks" in page.read_text(encoding="utf-8")
        for page in (work / "site-with-files").rglob("*.html")
    )
    index = work / "index.json"
    if not sections or not index.is_file():
        sys.exit((work / "with-files.log").read_text(encoding="utf-8"))
    links = len(json.loads(index.read_text(encoding="utf-8"))["links"])
    print(f"{pages} pages, {sections} of them with backlinks, {links} links in the index")


if __name__ == "__main__":
    main()

"""What the plugin adds to a build with Material: CPU and peak memory, as ratios to the bare build.

    python benchmarks/overhead.py DOCS [--rounds 5]     DOCS is a folder of Markdown
    python benchmarks/overhead.py DOCS --counted        instructions in place of seconds, by valgrind
    python benchmarks/overhead.py --smoke               the handbook, once

Asked for on the CSC guide: everything ≤ 1.10 × the bare CPU, without related pages ≤ 1.04 ×, memory ≤ 1.25 ×.
The link index and the report as files come on top: they need the place of every link.
Instructions are the same in each run, where seconds differ by a tenth on a machine that others use as well;
to count them takes twenty times as long.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from material_site import build_command
from measuring import counted, in_turn, ratio

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
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--counted", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        commands = {
            name: build_command(work, name, chosen.docs.resolve(), VARIANTS[name]) for name in chosen.only
        }
        if chosen.counted:
            counts = counted(commands, work)
            for name, count in counts.items():
                print(f"{name:16} {count:20,} instructions  {count / counts['bare']:.3f} × bare", flush=True)
            return
        costs = in_turn(commands, 1 if chosen.smoke else chosen.rounds, work)
        if "with-files" in commands:
            _say(work, len(list(chosen.docs.rglob("*.md"))))
    print(f"{'':16} {'CPU s':>8} {'× bare':>8} {'MB':>8} {'× bare':>8}")
    for name in chosen.only:
        cpu = sorted(cost.cpu for cost in costs[name])[len(costs[name]) // 2]
        memory = sorted(cost.memory for cost in costs[name])[len(costs[name]) // 2]
        ratios = ratio(costs, name, "bare", "cpu"), ratio(costs, name, "bare", "memory")
        print(f"{name:16} {cpu:8.2f} {ratios[0]:8.3f} {memory:8.1f} {ratios[1]:8.3f}")


def _say(work: Path, pages: int) -> None:
    """The builds must have done their work, whatever they found."""
    sections = sum(
        "__backlinks" in page.read_text(encoding="utf-8")
        for page in (work / "site-with-files").rglob("*.html")
    )
    if not sections or not (work / "index.json").is_file():
        sys.exit((work / "with-files.log").read_text(encoding="utf-8"))
    print(f"{pages} pages, {sections} of them with backlinks")


if __name__ == "__main__":
    main()

"""Measure what importing the plugin adds to importing MkDocs' build, in milliseconds and as a ratio.

    python benchmarks/imports.py [--rounds 15]

Bound: ≤ 40 ms. It is CPU time of whole processes in turn, so that other work counts little. Most of it
are modules of MkDocs itself, which every site loads with its configuration; they are shown apart.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import Cost, in_turn, ratio

BARE = "import mkdocs.commands.build"
OPTIONS = "import mkdocs.plugins, mkdocs.config.config_options"
HEAVY = "import sys; print(sorted({'aiohttp', 'bs4', 'asyncio'} & set(sys.modules)))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    commands = {
        "bare": [sys.executable, "-c", BARE],
        "options": [sys.executable, "-c", f"{BARE}; {OPTIONS}"],
        "plugin": [sys.executable, "-c", f"{BARE}; import mkdocs_backlinks.plugin"],
        "heavy": [sys.executable, "-c", f"{BARE}; import mkdocs_backlinks.plugin; {HEAVY}"],
    }
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        costs = in_turn(commands, rounds, work)
        heavy = (work / "heavy.log").read_text(encoding="utf-8").strip()
    added, of_mkdocs = (_added(costs, name) for name in ("plugin", "options"))
    times = ratio(costs, "plugin", "bare", "cpu")
    print(f"the plugin adds {added:.0f} ms (bound: 40), × {times:.3f}")
    print(f"of which MkDocs' own plugins and options: {of_mkdocs:.0f} ms")
    print(f"heavy modules that came with it: {heavy}")


def _added(costs: dict[str, list[Cost]], name: str) -> float:
    """Return the median CPU of a command beyond the bare one, in milliseconds."""
    pairs = zip(costs[name], costs["bare"], strict=True)
    return statistics.median((cost.cpu - bare.cpu) * 1000 for cost, bare in pairs)


if __name__ == "__main__":
    main()

"""What importing the plugin adds to importing MkDocs' build, in milliseconds and as a ratio.

    python benchmarks/imports.py [--rounds 15]

Asked for: ≤ 40 ms. It is CPU time of whole processes in turn, so that other work counts little.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import in_turn, ratio

BARE = "import mkdocs.commands.build"
HEAVY = "import sys; print(sorted({'aiohttp', 'bs4', 'asyncio'} & set(sys.modules)))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    commands = {
        "bare": [sys.executable, "-c", BARE],
        "plugin": [sys.executable, "-c", f"{BARE}; import mkdocs_backlinks.plugin"],
        "heavy": [sys.executable, "-c", f"{BARE}; import mkdocs_backlinks.plugin; {HEAVY}"],
    }
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        costs = in_turn(commands, rounds, work)
        heavy = (work / "heavy.log").read_text(encoding="utf-8").strip()
    added = [(one.cpu - other.cpu) * 1000 for one, other in zip(costs["plugin"], costs["bare"], strict=True)]
    times = ratio(costs, "plugin", "bare", "cpu")
    print(f"the plugin adds {statistics.median(added):.0f} ms (asked for: 40), × {times:.3f}")
    print(f"heavy modules that came with it: {heavy}")


if __name__ == "__main__":
    main()

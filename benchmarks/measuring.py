"""Run commands in turn as whole processes and compare their costs, pair by pair or by instructions."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COUNTING = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one run: CPU seconds of the process and its children, and peak memory in MB."""

    cpu: float
    memory: float


def run(command: Sequence[str], cwd: Path, log: Path) -> Cost:
    """Return the cost of one run; its output goes to `log`."""
    _, _, usage = os.wait4(_begin(command, cwd, log).pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int, cwd: Path) -> dict[str, list[Cost]]:
    """Return the costs of `rounds` runs of each command, A B C A B C …, after a run that does not count."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            cost = run(command, cwd, cwd / f"{name}.log")
            if turn:
                costs[name].append(cost)
    return costs


def counted(commands: Mapping[str, Sequence[str]], cwd: Path) -> dict[str, int]:
    """Return the instructions of a second run of each, which do not depend on what else the machine does."""
    processes = {}
    for name, command in commands.items():
        run(command, cwd, cwd / f"{name}.log")
        processes[name] = _begin([*COUNTING, *command], cwd, cwd / f"{name}.log", PYTHONHASHSEED="0")
    return {name: _instructions(process, cwd / f"{name}.log") for name, process in processes.items()}


def _begin(command: Sequence[str], cwd: Path, log: Path, **variables: str) -> subprocess.Popen[bytes]:
    # An installed package has its bytecode; a checkout gets it from the first run, which is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("wb") as output:
        return subprocess.Popen(command, cwd=cwd, stdout=output, stderr=output, env=environment | variables)


def _instructions(process: subprocess.Popen[bytes], log: Path) -> int:
    process.wait()
    text = log.read_text(encoding="utf-8", errors="replace")
    count = re.search(r"I\s+refs:\s+([\d,]+)", text)
    if count is None:
        sys.exit(text)
    return int(count[1].replace(",", ""))


def ratio(costs: Mapping[str, list[Cost]], name: str, base: str, figure: str) -> float:
    """Return the median ratio of a figure of one command to that of another, each pair from one turn."""
    pairs = zip(costs[name], costs[base], strict=True)
    return float(
        statistics.median(
            getattr(cost, figure) / getattr(cost_of_base, figure) for cost, cost_of_base in pairs
        )
    )

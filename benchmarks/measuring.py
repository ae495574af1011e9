"""Runs commands in turn as whole processes and compares what they cost, pair by pair."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: CPU seconds of the process and its children, and peak memory in MB."""

    cpu: float
    memory: float


def run(command: Sequence[str], cwd: Path, log: Path) -> Cost:
    """The cost of one run; what it prints goes to `log`."""
    # An installed package has its bytecode; a checkout gets it from the first run, which is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int, cwd: Path) -> dict[str, list[Cost]]:
    """`rounds` runs of each command, A B C A B C …, after one of each that is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            cost = run(command, cwd, cwd / f"{name}.log")
            if turn:
                costs[name].append(cost)
    return costs


def ratio(costs: Mapping[str, list[Cost]], name: str, base: str, figure: str) -> float:
    """The median of the ratios of one command's figure to another's, each pair from one turn."""
    pairs = zip(costs[name], costs[base], strict=True)
    return float(statistics.median(getattr(one, figure) / getattr(other, figure) for one, other in pairs))

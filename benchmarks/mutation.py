"""Change the code bit by bit and see whether a test notices: the share of mutants that the tests kill.

    python benchmarks/mutation.py                          a sample of each package, about half an hour
    python benchmarks/mutation.py relate rules --sample 80 --seed 2
    python benchmarks/mutation.py urls.py --sample 0          all mutants of one package
    python benchmarks/mutation.py --file mkdocs_backlinks/relate/walk.py --tests tests/relate

Bound: ≥ .85 killed. It needs the extra `mutation`. Mutants come from cosmic-ray, which also changes constants
and decorated functions, as all rules are. A sample by seed is drawn from each package. Each worker has a copy
of the checkout.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_item import MutationSpec, WorkResult

ROOT = Path(__file__).parents[1]
PACKAGE = "mkdocs_backlinks"
BOUND = 0.85
TESTS = {
    "verdicts": ["tests/verdicts", "tests/rules"],
    "rules": ["tests/rules"],
    "urls.py": ["tests/test_urls.py"],
    "check/fetch": ["tests/check/fetch"],
    "relate": ["tests/relate"],
    "report": ["tests/report"],
}
"""The tests that must notice, by path below the package."""

OPERATORS = (
    "AddNot ExceptionReplacer NumberReplacer ReplaceAndWithOr ReplaceBreakWithContinue "
    "ReplaceContinueWithBreak ReplaceFalseWithTrue ReplaceOrWithAnd ReplaceTrueWithFalse "
    "ZeroIterationForLoop "
    "ReplaceBinaryOperator_Add_Sub ReplaceBinaryOperator_BitAnd_BitXor ReplaceBinaryOperator_Div_Mul "
    "ReplaceBinaryOperator_FloorDiv_Mul ReplaceBinaryOperator_Mod_Mul ReplaceBinaryOperator_Mul_Div "
    "ReplaceBinaryOperator_Pow_Mul ReplaceBinaryOperator_Sub_Add ReplaceBinaryOperator_Sub_BitAnd "
    "ReplaceComparisonOperator_Eq_NotEq ReplaceComparisonOperator_GtE_Gt ReplaceComparisonOperator_GtE_Lt "
    "ReplaceComparisonOperator_Gt_GtE ReplaceComparisonOperator_Gt_LtE ReplaceComparisonOperator_IsNot_Is "
    "ReplaceComparisonOperator_Is_IsNot ReplaceComparisonOperator_LtE_Gt ReplaceComparisonOperator_LtE_Lt "
    "ReplaceComparisonOperator_Lt_GtE ReplaceComparisonOperator_Lt_LtE ReplaceComparisonOperator_NotEq_Eq "
    "ReplaceUnaryOperator_Delete_Not ReplaceUnaryOperator_USub_UAdd"
).split()
"""The opposite and the boundary of each operator; of all others most fail to run, or mean the same."""

SKIPPED_LINES = ("@dataclass", "TYPE_CHECKING", "# pragma: no cover")
"""Parts of lines on which no mutant is worth a test: a frozen value may as well be none."""

PYTEST = "-m pytest -x -q -n 0 -p no:cacheprovider --override-ini=addopts="
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change; `path` is below the checkout, and `tests` are to notice it."""

    path: str
    operator: str
    occurrence: int
    line: int
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.operator} {self.occurrence}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("packages", nargs="*", help=f"of {', '.join(TESTS)}; all unless named")
    parser.add_argument("--file", type=Path, action="append", default=[], help="in place of packages")
    parser.add_argument("--tests", nargs="+", default=[], help="for each --file")
    parser.add_argument("--sample", type=int, default=120, help="mutants of each package; 0 means all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--show", action="store_true", help="the difference that each survivor makes")
    chosen = parser.parse_args()
    groups = {name: _files(name) for name in chosen.packages or TESTS}
    if chosen.file:
        groups = {path.as_posix(): [path] for path in chosen.file}
    total = killed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, files in groups.items():
            tests = tuple(chosen.tests or TESTS[name])
            mutants = [mutant for file in files for mutant in _mutants(file, tests)]
            sample = random.Random(chosen.seed).sample(  # noqa: S311 - the same sample for the same seed
                mutants, min(chosen.sample or len(mutants), len(mutants))
            )
            results = _run(sample, Path(folder), chosen.workers)
            killed += _print(name, len(mutants), results, is_shown=chosen.show)
            total += len(results)
    print(f"{killed} of {total} killed, {killed / total:.3f} (bound {BOUND})")


def _files(name: str) -> list[Path]:
    path = Path(PACKAGE, name)
    return [path] if path.suffix else sorted(path.rglob("*.py"))


def _mutants(file: Path, tests: tuple[str, ...]) -> Iterator[Mutant]:
    """Yield all mutants of a file, except on the lines that are skipped."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    nodes = list(ast_nodes(get_ast_from_path(ROOT / file)))
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        positions = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, ((line, _), _) in enumerate(positions):
            if not any(part in lines[line - 1] for part in SKIPPED_LINES):
                yield Mutant(file.as_posix(), name, occurrence, line, tests)


def _run(mutants: Sequence[Mutant], folder: Path, workers: int) -> list[tuple[Mutant, WorkResult]]:
    """Test each mutant, after the tests have passed on a copy without any."""
    command = [sys.executable, *PYTEST.split(), *mutants[0].tests]
    copy = _copy(folder)
    began = time.monotonic()
    subprocess.run(
        command, cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, check=True, stdout=sys.stderr
    )
    limit = max(SECONDS, 5 * (time.monotonic() - began))
    with ProcessPoolExecutor(workers, initializer=_enter_copy, initargs=(folder,)) as pool:
        return list(zip(mutants, pool.map(_test, mutants, [limit] * len(mutants)), strict=True))


def _copy(folder: Path) -> Path:
    copy = Path(tempfile.mkdtemp(dir=folder))
    for name in ("mkdocs_backlinks", "tests", "benchmarks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _enter_copy(folder: Path) -> None:
    """Make a copy for this worker alone; an editable install would win over it without `PYTHONPATH`."""
    copy = _copy(folder)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)


def _test(mutant: Mutant, limit: float) -> WorkResult:
    position = (mutant.line, 0), (mutant.line, 1)
    spec = MutationSpec(Path(mutant.path), f"core/{mutant.operator}", mutant.occurrence, *position)
    command = " ".join([sys.executable, PYTEST, *mutant.tests])
    return mutate_and_test([spec], command, limit)


def _print(name: str, mutants: int, results: Sequence[tuple[Mutant, WorkResult]], *, is_shown: bool) -> int:
    killed = sum(bool(result.is_killed) for _, result in results)
    print(f"{name:12} {killed:5} of {len(results):5} killed, {killed / len(results):.3f}", end="")
    print(f"  ({mutants} mutants in all)", flush=True)
    for mutant, result in results:
        if not result.is_killed:
            print(f"    survived: {mutant}")
            print(result.diff if is_shown else "", end="\n" if is_shown else "")
    return killed


if __name__ == "__main__":
    main()

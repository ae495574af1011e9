"""Measure an edit of one page under `mkdocs serve`: the plugin's CPU, as a share of the rebuild.

    python benchmarks/serve.py DOCS [--edits 5] [--edit heading] [--only "without related"]
    python benchmarks/serve.py --smoke              the handbook, once

DOCS is a folder of Markdown. The times are the medians of the edits; the time of the first build is printed
for comparison. Bound: the plugin takes at most 3 % of a rebuild (row `all`, column `share`). An edit adds a
link, or a heading, for which all suggestions are made again.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from material_site import configure
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from overhead import HANDBOOK

from mkdocs_backlinks import gate, index, inject, relate

OPTIONS: dict[str, dict[str, Any]] = {
    "without related": {"external": {"check": "off"}, "related": {"enabled": False}},
    "everything": {"external": {"check": "off"}},
}
EDITS = {"link": "\n\nEdit {}: see [home](/).\n", "heading": "\n\n## Edit {}\n\nMore.\n"}
STAGES: list[tuple[str, Any, str]] = [
    ("index", index, "build"),
    ("relate", relate, "relate"),
    ("sections", inject.SectionRenderer, "of"),
    ("gate", gate, "close"),
]
BOUND = 0.03
Times = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("docs", nargs="?", type=Path, default=HANDBOOK)
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--edit", choices=EDITS, default="link")
    parser.add_argument("--only", choices=OPTIONS)
    parser.add_argument("--smoke", action="store_true")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for name in [chosen.only] if chosen.only else OPTIONS:
        with tempfile.TemporaryDirectory() as folder:
            docs = Path(shutil.copytree(chosen.docs, Path(folder, "docs")))
            edits = [EDITS[chosen.edit]] * (1 if chosen.smoke else chosen.edits)
            builds = _serve(Path(folder), docs, OPTIONS[name], edits)
        print(f"{name:18} {'first build':>12} {'after an edit':>14} ms {'share':>9}")
        for part in builds[0]:
            after = median(times[part] for times in builds[1:])
            share = median(times[part] / times["build"] for times in builds[1:])
            verdict = f" (bound {BOUND:.0%})" if part == "all" else ""
            print(f"  {part:16} {builds[0][part] * 1000:12.1f} {after * 1000:14.1f} {share:12.3%}{verdict}")


def _serve(work: Path, docs: Path, options: dict[str, Any], edits: Sequence[str]) -> list[Times]:
    """Return the times of the first build and of a build after each edit, as `mkdocs serve` runs them."""
    path = configure(work, "serve", docs, options)
    pages = sorted(docs.rglob("*.md"), key=lambda page: page.stat().st_size)
    page = pages[len(pages) // 2]
    times = [_build(path, first=True)]
    for number, edit in enumerate(edits):
        with page.open("a", encoding="utf-8") as file:
            file.write(edit.format(number))
        times.append(_build(path, first=False))
    return times


def _build(path: Path, *, first: bool) -> Times:
    times: Times = dict.fromkeys(["all", "index", "relate", "sections", "gate", "build"], 0.0)
    config = load_config(str(path))
    if first:
        config.plugins.on_startup(command="serve", dirty=False)
    _time_hooks(config, times)
    with ExitStack() as stack, suppress(Abort, BuildError):
        for name, owner, function in STAGES:
            stack.enter_context(
                mock.patch.object(owner, function, _timed(times, (name,), getattr(owner, function)))
            )
        _timed(times, ("build",), build)(config)
    return times


def _time_hooks(config: MkDocsConfig, times: Times) -> None:
    plugin = config.plugins["backlinks"]
    for event, methods in config.plugins.events.items():
        for number, method in enumerate(methods):
            if getattr(method, "__self__", None) is plugin:
                names = ("all", "sections") if event == "page_context" else ("all",)
                methods[number] = _timed(times, names, method)


def _timed(times: Times, names: Sequence[str], function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its CPU time added to the `times` of these names."""

    def call(*arguments: Any, **named: Any) -> Any:
        begin = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            for name in names:
                times[name] += time.process_time() - begin

    return call


if __name__ == "__main__":
    main()

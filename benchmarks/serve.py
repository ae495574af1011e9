"""What an edit of one page costs under `mkdocs serve`: the plugin's own CPU in the build that follows it.

    python benchmarks/serve.py DOCS [--edits 5] [--edit heading] [--only "without related"]
    python benchmarks/serve.py --smoke              the handbook, once

DOCS is a folder of Markdown. Asked for on the CSC guide: index ≤ 10 ms, related pages ≤ 100 ms, all but
related pages ≤ 50 ms, where a build takes 21 s, which is .24 % of it. The times are the medians of the edits;
that of the first build stands beside them, and so does the share of the whole build.
An edit adds a link, or a heading, for which all suggestions are sought again.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

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
        print(f"{name:18} {'first build':>12} {'after an edit':>14} ms {'of it':>7}")
        for part in builds[0]:
            after = median(times[part] for times in builds[1:])
            share = median(times[part] / times["build"] for times in builds[1:])
            print(f"  {part:16} {builds[0][part] * 1000:12.1f} {after * 1000:14.1f} {share:10.3%}")


def _serve(work: Path, docs: Path, options: dict[str, Any], edits: Sequence[str]) -> list[Times]:
    """The times of the first build and of one after each edit, as `mkdocs serve` runs them."""
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
    undo = [
        _timed(times, "index", index, "build"),
        _timed(times, "relate", relate, "relate"),
        _timed(times, "sections", inject.SectionRenderer, "of"),
        _timed(times, "gate", gate, "close"),
    ]
    _time_hooks(config, times)
    try:
        _Counted(times, ("build",), build)(config)
    except (Abort, BuildError):
        pass
    finally:
        for again in undo:
            again()
    return times


def _time_hooks(config: MkDocsConfig, times: Times) -> None:
    plugin = config.plugins["backlinks"]
    for event, methods in config.plugins.events.items():
        for place, method in enumerate(methods):
            if getattr(method, "__self__", None) is plugin:
                names = ("all", "sections") if event == "page_context" else ("all",)
                methods[place] = _Counted(times, names, method)


def _timed(times: Times, name: str, module: Any, function: str) -> Callable[[], None]:
    """Count the time of a stage, and return how to stop that."""
    before = getattr(module, function)
    counted = _Counted(times, (name,), before)

    def call(*args: Any, **named: Any) -> Any:  # unlike an object, a function can be a method
        return counted(*args, **named)

    setattr(module, function, call)
    return lambda: setattr(module, function, before)


class _Counted:
    """A function whose time is counted; it equals the function, by which the plugin may look for it."""

    def __init__(self, times: Times, names: Sequence[str], call: Callable[..., Any]) -> None:
        self._times, self._names, self._call = times, names, call

    def __call__(self, *args: Any, **named: Any) -> Any:
        begin = time.process_time()
        try:
            return self._call(*args, **named)
        finally:
            taken = time.process_time() - begin
            for name in self._names:
                self._times[name] += taken

    def __eq__(self, other: object) -> bool:
        return self._call == other

    def __hash__(self) -> int:
        return hash(self._call)


if __name__ == "__main__":
    main()

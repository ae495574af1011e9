"""Cost of one ranking on sites of several sizes, which are made from the pages of a real one.

python benchmarks/ranking_cost.py GRAPH SIZE PART     one part of `related.py --counted`
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from measuring import counted

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Link, Page, PageUri
from mkdocs_backlinks.relate import TermStatistics, relate
from mkdocs_backlinks.settings import RelatedSettings

SIZES = (700, 1_700, 10_000)
EDITS = 3
SPECIAL = 6
"""Words of so many letters are other words in each copy of the site; shorter ones are common to all."""


def print_seconds(graph: LinkGraph) -> None:
    """Print the CPU seconds of a full ranking and of one after an edit, and the memory of a full one."""
    print(f"{'pages':>8} {'links':>8} {'full':>8} {'after an edit':>14}   s {'peak':>8} MB")
    for size in SIZES:
        site = of_size(graph, size)
        full = min(_seconds(site) for _ in range(1 if size > 5_000 else 3))
        edit, peak = _after_an_edit(site), _most_allocated(site) / 1e6
        print(f"{size:8} {len(site.links):8} {full:8.2f} {edit:14.3f} {peak:12.0f}", flush=True)


def print_instructions(graph: LinkGraph, bare: Sequence[str], work: Path) -> None:
    """Print the instructions of a full ranking and of one after an edit, as shares of the command `bare`."""
    file = work / "graph.pickle"
    file.write_bytes(pickle.dumps((list(graph.pages.values()), list(graph.links))))
    parts = {
        f"{size} {part}": [sys.executable, __file__, str(file), str(size), part]
        for size in SIZES[:2]
        for part in ("site", "full", "kept", "edited")
    }
    counts = counted({"bare": bare, **parts}, work)
    for size in SIZES[:2]:
        full = counts[f"{size} full"] - counts[f"{size} site"]
        edit = (counts[f"{size} edited"] - counts[f"{size} kept"]) / EDITS
        shares = f"full {full / counts['bare']:.2%}, after an edit {edit / counts['bare']:.2%}"
        print(f"{size:8} pages: {shares} of the instructions of a bare build")


def do(graph: LinkGraph, part: str) -> None:
    """Do one part of what is counted: the difference of two parts is the cost of one thing."""
    if part == "full":
        _seconds(graph)
    if part in ("kept", "edited"):
        terms = TermStatistics()
        _seconds(graph, terms)
        for edit in range(EDITS if part == "edited" else 0):
            _seconds(_edited(graph, edit), terms)


def of_size(graph: LinkGraph, size: int) -> LinkGraph:
    """Return the first pages of a site, or as many copies of it side by side as are needed."""
    pages: dict[PageUri, Page] = {}
    links: list[Link] = []
    while len(pages) < size:
        copy = len(pages) // len(graph.pages)
        for page in list(graph.pages.values())[: size - len(pages)]:
            named = replace(page, uri=_uri(copy, page.uri), title=_reworded(page.title, copy))
            pages[named.uri] = replace(named, text=_reworded(page.text, copy))
        links += _copied(graph, copy)
    return LinkGraph.of(
        pages.values(), [link for link in links if link.source in pages and link.target in pages]
    )


def _copied(graph: LinkGraph, copy: int) -> Iterator[Link]:
    for link in graph.links:
        if link.kind == "page":
            target = _uri(copy, PageUri(link.target))
            yield replace(
                link, source=_uri(copy, link.source), target=target, text=_reworded(link.text, copy)
            )


def _uri(copy: int, uri: PageUri) -> PageUri:
    return PageUri(f"copy{copy}/{uri}") if copy else uri


def _reworded(text: str, copy: int) -> str:
    return " ".join(f"{word}{copy}" if copy and len(word) >= SPECIAL else word for word in text.split())


def _seconds(graph: LinkGraph, terms: TermStatistics | None = None) -> float:
    gc.disable()  # as a build does while it ranks, see adapter/site_build.py
    start = time.process_time()
    relate(graph, RelatedSettings(), terms)
    seconds = time.process_time() - start
    gc.enable()
    return seconds


def _after_an_edit(graph: LinkGraph) -> float:
    """Return the median of several edits, each a sentence at the end of the page in the middle."""
    terms = TermStatistics()
    _seconds(graph, terms)
    return median(_seconds(_edited(graph, edit), terms) for edit in range(EDITS))


def _edited(graph: LinkGraph, edit: int) -> LinkGraph:
    uri = list(graph.pages)[len(graph.pages) // 2]
    page = replace(graph.pages[uri], text=f"{graph.pages[uri].text} Edit {edit}: see the start page.")
    return LinkGraph.of({**graph.pages, uri: page}.values(), graph.links)


def _most_allocated(graph: LinkGraph) -> int:
    tracemalloc.start()
    relate(graph, RelatedSettings())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    known = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 (written by `print_instructions`)
    do(of_size(LinkGraph.of(*known), int(sys.argv[2])), sys.argv[3])
    os._exit(0)  # what Python tidies up at its end is no part of it

"""Cost of the index on generated sites: seconds of its stages, growth with their size, and memory.

    python benchmarks/index.py [--pages 1000 10000] [--links 20]

Asked for: ≤ 6 s for 10,000 pages with 200,000 links, ≤ 11 × from 1,000 to 10,000 pages, ≤ 250 MB more memory.
Each size runs in a process of its own; the pages stand in memory before the clock starts.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from mkdocs_backlinks.index import PageSource, SiteSource, build
from mkdocs_backlinks.index.html.page_content import read
from mkdocs_backlinks.index.markdown.markdown_links import scan
from mkdocs_backlinks.model import Page, PageUri

WORDS = (
    "batch compute driver entry fabric graph handle index job kernel limit memory node option queue".split()
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--links", type=int, default=20, help="links of a page")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one, chosen.links)))
        return
    print(
        f"{'pages':>8} {'links':>8} {'index s':>8} {'× first':>8} {'read s':>8} {'scan s':>8} {'MB more':>8}"
    )
    first = 0.0
    for pages in chosen.pages:
        command = [sys.executable, __file__, "--one", str(pages), "--links", str(chosen.links)]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        first = first or figures["index"]
        print(
            f"{pages:8,} {figures['links']:8,} {figures['index']:8.2f} {figures['index'] / first:8.2f}"
            f" {figures['read']:8.2f} {figures['scan']:8.2f} {figures['memory']:8.0f}"
        )


def measure(pages: int, links: int) -> dict[str, float]:
    """CPU seconds of the whole index and of its two readers alone, and the memory that the graph added."""
    sources = list(generated(pages, links))
    site = SiteSource(bases=["https://example.org/"], assets=frozenset(), sources={})
    before = resident()
    gc.disable()
    start = time.process_time()
    graph, located = build(site, sources)
    seconds = time.process_time() - start
    gc.enable()
    memory = resident() - before
    assert len(graph.links) == pages * links
    assert all(located.of(link).location.line for link in graph.links)
    return {
        "links": len(graph.links),
        "index": seconds,
        "read": timed(lambda: [read(source.html) for source in sources]),
        "scan": timed(lambda: [scan(source.markdown() or "") for source in sources]),
        "memory": memory,
    }


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def resident() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def generated(pages: int, links: int) -> Iterator[PageSource]:
    chance = random.Random(7)  # noqa: S311  (a benchmark keeps no secrets)
    for number in range(pages):
        markdown, html = page_of(number, pages, links, chance)
        page = Page(
            uri=PageUri(f"s{number % 50}/p{number}.md"), url=f"s{number % 50}/p{number}/", title=f"P{number}"
        )
        yield PageSource(page=page, html=html, markdown=partial(str, markdown), file=f"docs/{page.uri}")


def page_of(number: int, pages: int, links: int, chance: random.Random) -> tuple[str, str]:
    """A page of prose as Markdown and as the HTML that MkDocs makes of it."""
    markdown, html = [f"# Page {number}\n"], [f'<h1 id="page-{number}">Page {number}</h1>']
    for part in range(links):
        target = chance.randrange(pages)
        words = " ".join(chance.choices(WORDS, k=30))
        name = f"the {chance.choice(WORDS)} {part}"
        markdown.append(f"{words}. See [{name}](../s{target % 50}/p{target}.md) for more. {words}.\n")
        html.append(
            f'<p>{words}. See <a href="../../s{target % 50}/p{target}/">{name}</a> for more. {words}.</p>'
        )
    return "\n".join(markdown), "\n".join(html)


if __name__ == "__main__":
    main()

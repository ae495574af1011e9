"""Measure the sections: of all pages of a site, and of a page to which thousands link.

    python benchmarks/sections.py DOCS [--rounds 5]     DOCS is a folder of Markdown
    python benchmarks/sections.py --smoke               the handbook, once

Bounds: on the CSC guide ≤ 2 % of the CPU of the bare build; a page with 5,000 backlinks in < 0.5 s and
under 100 kB of HTML.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import jinja2
from material_site import configure
from measuring import run
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.inject import TEMPLATES, SectionRenderer, load_templates
from mkdocs_backlinks.model import Excerpt, Heading, Link, Page, PageUri
from mkdocs_backlinks.settings import Settings

HANDBOOK = Path(__file__).parents[1] / "example-site" / "docs"
OPTIONS = {"external": {"check": "off"}, "wikilinks": True}
BACKLINKS = 5_000
LARGE = PageUri("large.md")


class IndexedError(Exception):
    """Raised at the first page of a build; `args` hold the renderer of its sections."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("docs", nargs="?", type=Path, default=HANDBOOK)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--smoke", action="store_true")
    chosen = parser.parse_args()
    rounds = 1 if chosen.smoke else chosen.rounds
    with tempfile.TemporaryDirectory() as folder:
        measure_site(Path(folder), chosen.docs.resolve(), rounds)
    measure_page(rounds)


def measure_site(work: Path, docs: Path, rounds: int) -> None:
    """Measure the sections of all pages next to a whole build without the plugin."""
    config = configure(work, "bare", docs, None)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config)]
    bare = statistics.median(run(command, work, work / "log").cpu for _ in range(rounds))
    built = renderer_of(configure(work, "sections", docs, OPTIONS))
    seconds, size = timed(lambda: written(built.site.graph, built), rounds)
    print(
        f"{len(built.site.graph.pages)} pages: {seconds:.3f} s for {size / 1e6:.2f} MB of sections,", end=" "
    )
    print(f"{seconds / bare:.2%} of the {bare:.1f} s of a bare build")


def measure_page(rounds: int) -> None:
    """Measure the section of a page to which `BACKLINKS` pages link."""
    pages = [Page(uri=LARGE, url="large/", title="The page")]
    links = []
    for number in range(BACKLINKS):
        uri = PageUri(f"{number}.md")
        pages.append(Page(uri=uri, url=f"{number}/", title=f"A page with a title, {number}"))
        excerpt = Excerpt(
            "Jobs that take long are put into ", "the queue", ", where they wait for their turn."
        )
        heading = Heading("jobs", "How to run a job")
        links.append(Link(source=uri, kind="page", href="", target=LARGE, heading=heading, excerpt=excerpt))
    renderer = SectionRenderer.of(LinkGraph.of(pages, links), {}, Settings(), load_templates(environment()))
    seconds, size = timed(lambda: len(renderer.render(LARGE, "").content.encode()), rounds)
    print(f"{BACKLINKS} backlinks of one page: {seconds:.3f} s for {size / 1e3:.0f} kB")


def renderer_of(config: Path) -> SectionRenderer:
    """Return the renderer of a build, taken from it once the pages are indexed."""

    def stop(renderer: SectionRenderer, *_: object) -> None:
        raise IndexedError(renderer)

    logging.disable()
    with mock.patch.object(SectionRenderer, "render", stop):
        try:
            build(load_config(str(config)))
        except IndexedError as indexed:
            renderer: SectionRenderer = indexed.args[0]
            return renderer
    sys.exit("no page of the site has a section")


def written(graph: LinkGraph, built: SectionRenderer) -> int:
    renderer = SectionRenderer.of(graph, built.related, built.settings, load_templates(environment()))
    return sum(len(renderer.render(uri, "").content.encode()) for uri in graph.pages)


def timed(act: Callable[[], int], rounds: int) -> tuple[float, int]:
    """Return the median of the CPU seconds, and the size of the result."""
    spent, size = [], 0
    for _ in range(rounds):
        began = time.process_time()
        size = act()
        spent.append(time.process_time() - began)
    return statistics.median(spent), size


def environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))  # noqa: S701  (as MkDocs makes it)


if __name__ == "__main__":
    main()

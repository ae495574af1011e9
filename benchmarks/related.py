"""Quality of related pages on real documentation, and the time that they take.

    python benchmarks/related.py FOLDER [--seed 7]     FOLDER holds Markdown, at any depth
    python benchmarks/related.py FOLDER --cost         the time it takes for 700, 1,700 and 10,000 such pages
    python benchmarks/related.py FOLDER --counted      the same for 700 and 1,700 as shares of a bare build of
                                                       FOLDER with Material, in instructions

Every figure comes from real builds whose index is asked. Two questions are put:

sections   Half of the pages with a hand-written "See also", chosen by the seed, lose that section. Are its
           links among the related pages? With `min_score: 0, skip_linked: false`.
hold-out   A tenth of all links between pages, from pages with at least three, become plain text. Are their
           targets among the related pages? With `min_score: 0, skip_linked: true`.

hit@k is the share of pages with at least one right answer among the first k, found@10 that of all right
answers that are among the first ten. Popularity and TF-IDF cosine are asked the same.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ranking_cost
import yaml
from cutting import gold_lines, without_lines, without_links
from material_site import build_command
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from rankings import FIRST, Answers, Ranking, figures, popularity, tf_idf

from mkdocs_backlinks import relate, rules
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri, Related
from mkdocs_backlinks.relate.weights import DEFAULT_WEIGHTS
from mkdocs_backlinks.settings import RelatedSettings

EXTENSIONS: list[Any] = [
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
]
HOOKS = """
def on_page_markdown(markdown, page, **_):
    page.meta.pop("template", None)
"""
"""A page may ask for a template of its site's theme, which is not here."""

MOST_HELD_OUT = 1_500
LEAST_LINKS = 3


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: its index, the graph that was ranked, and the CPU seconds of the ranking."""

    index: dict[str, Any]
    graph: LinkGraph
    seconds: float

    def related(self, uri: str) -> list[str]:
        page = next(page for page in self.index["pages"] if page["uri"] == uri)
        return [related["uri"] for related in page["related"]]

    def links(self) -> list[dict[str, Any]]:
        """Return the links from page to page."""
        pages = {page["uri"] for page in self.index["pages"]}
        return [
            link
            for link in self.index["links"]
            if link["kind"] == "page" and link["target"] in pages and link["target"] != link["source"]
        ]

    def outgoing(self) -> dict[str, set[str]]:
        outgoing: dict[str, set[str]] = {}
        for link in self.links():
            outgoing.setdefault(link["source"], set()).add(link["target"])
        return outgoing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cost", action="store_true")
    parser.add_argument("--counted", action="store_true")
    chosen = parser.parse_args()
    pages = {
        path.relative_to(chosen.folder).as_posix(): path.read_text(encoding="utf-8-sig", errors="replace")
        for path in sorted(chosen.folder.rglob("*.md"))
    }
    whole = build(pages, skip_linked=True)
    print(f"{len(pages)} pages, {len(whole.links())} links between them")
    if chosen.cost:
        ranking_cost.print_seconds(whole.graph)
        return
    if chosen.counted:
        with tempfile.TemporaryDirectory() as work:
            bare = build_command(Path(work), "bare", chosen.folder.resolve(), None)
            ranking_cost.print_instructions(whole.graph, bare, Path(work))
        return
    seconds = whole.seconds, *(ask(pages, whole, chosen.seed) for ask in (sections, hold_out))
    print(f"\nRanking all pages: {min(seconds):.2f} s")


def sections(pages: Mapping[str, str], whole: Built, seed: int) -> float:
    """Ask for the links of hand-written sections; returns the seconds of the ranking."""
    lines = {uri: gold_lines(text) for uri, text in pages.items()}
    gold: dict[str, set[str]] = {}
    for link in whole.links():
        if link["line"] in lines[link["source"]]:
            gold.setdefault(link["source"], set()).add(link["target"])
    asked = random.Random(seed).sample(sorted(gold), len(gold) // 2)  # noqa: S311
    if not asked:
        print("\nsections: no page has a hand-written one")
        return whole.seconds
    cut = build({**pages, **{uri: without_lines(pages[uri], lines[uri]) for uri in asked}}, skip_linked=False)
    print(f"\nsections: {len(asked)} of {len(gold)} pages with a hand-written one")
    report(cut, {uri: gold[uri] for uri in sorted(asked)}, visible={})
    return cut.seconds


def hold_out(pages: Mapping[str, str], whole: Built, seed: int) -> float:
    """Ask for links that became plain text; returns the seconds of the ranking."""
    places: dict[tuple[str, str], list[tuple[int, int] | None]] = {}
    for link in whole.links():
        place = (link["line"], link["column"]) if link["line"] else None
        places.setdefault((link["source"], link["target"]), []).append(place)
    outgoing = whole.outgoing()
    eligible = sorted(pair for pair in places if len(outgoing[pair[0]]) >= LEAST_LINKS)
    count = min(MOST_HELD_OUT, len(places) // 10, len(eligible))
    chosen = random.Random(seed).sample(eligible, count)  # noqa: S311
    cut_pages = dict(pages)
    for source in sorted({source for source, _ in chosen}):
        positions = [position for pair in chosen if pair[0] == source for position in places[pair]]
        known = [position for position in positions if position is not None]
        text = without_links(pages[source], known) if len(known) == len(positions) else None
        cut_pages[source] = pages[source] if text is None else text
    cut = build(cut_pages, skip_linked=True)
    remaining = cut.outgoing()
    gold: dict[str, set[str]] = {}
    for source, target in sorted(chosen):
        if target not in remaining.get(source, ()):
            gold.setdefault(source, set()).add(target)
    print(f"\nhold-out: {sum(map(len, gold.values()))} links of {len(gold)} pages")
    report(cut, gold, visible=remaining)
    return cut.seconds


def report(cut: Built, gold: Answers, visible: Answers) -> None:
    """Print a line of figures for each ranking."""
    rankings: dict[str, Ranking] = {
        "popularity": popularity(cut.outgoing()),
        "TF-IDF cosine": tf_idf(cut.graph),
        "related pages": cut.related,
    }
    print(f"{'':16} {'hit@5':>8} {'hit@10':>8} {'found@10':>8} {'MAP@10':>8} {'MRR':>8}")
    for name, ranking in rankings.items():
        firsts = {uri: _without(ranking(uri), {uri, *visible.get(uri, ())}) for uri in gold}
        print(f"{name:16} " + " ".join(f"{figure:8.3f}" for figure in figures(firsts, gold)))


def _without(ranking: Sequence[str], left_out: set[str]) -> list[str]:
    return [uri for uri in ranking if uri not in left_out][:FIRST]


def build(pages: Mapping[str, str], *, skip_linked: bool) -> Built:
    """Build a site of the pages with the plugin and read the index that it exports."""
    options = {
        "external": {"check": "off"},
        "rules": dict.fromkeys(rules.NAMES, "ignore"),
        "related": {"limit": FIRST, "min_score": 0, "skip_linked": skip_linked},
        "index": "index.json",
    }
    with tempfile.TemporaryDirectory() as folder, _watched() as runs, _silence():
        work = Path(folder)
        for uri, text in pages.items():
            path = work / "docs" / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        config = {
            "site_name": "Benchmark",
            "theme": "mkdocs",
            "markdown_extensions": EXTENSIONS,
            "plugins": [{"backlinks": options}],
            "hooks": ["hooks.py"],
        }
        (work / "hooks.py").write_text(HOOKS, encoding="utf-8")
        (work / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        loaded = load_config(str(work / "mkdocs.yml"))
        loaded.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(loaded)
        index = json.loads((work / "index.json").read_text(encoding="utf-8"))
    ((graph, seconds),) = runs
    return Built(index, graph, seconds)


@contextmanager
def _watched() -> Iterator[list[tuple[LinkGraph, float]]]:
    """Note the graph that is ranked, which has the texts that no index has, and the seconds that it takes."""
    runs: list[tuple[LinkGraph, float]] = []
    original = relate.relate

    def watched(
        graph: LinkGraph,
        settings: RelatedSettings,
        terms: relate.TermStatistics | None = None,
        weights: relate.RankingWeights = DEFAULT_WEIGHTS,
    ) -> Mapping[PageUri, tuple[Related, ...]]:
        start = time.process_time()
        related = original(graph, settings, terms, weights)
        runs.append((graph, time.process_time() - start))
        return related

    relate.relate = watched
    try:
        yield runs
    finally:
        relate.relate = original


@contextmanager
def _silence() -> Iterator[None]:
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


if __name__ == "__main__":
    main()

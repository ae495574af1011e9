"""Quality of the suggestions of `mkdocs-backlinks suggest` on real documentation.

    python benchmarks/suggest.py FOLDER [--seed 7]     FOLDER holds Markdown, at any depth

A tenth of all links between pages, chosen by the seed, become plain text. The cut site is built and asked for
its suggestions, one a page. A suggestion is right if it names a page and a target whose link was cut.

all pages   Every suggestion counts. Those for links that the authors never set are counted as wrong, however
            good they are.
cut pages   Only the suggestions on pages that have lost a link count.

recall is the share of the cut links that are suggested.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping
from pathlib import Path

from cutting import without_links
from related import Built, build

from mkdocs_backlinks import advise
from mkdocs_backlinks.advise import PageMarkdown
from mkdocs_backlinks.model import PageUri

Gold = Mapping[str, set[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    pages = {
        path.relative_to(chosen.folder).as_posix(): path.read_text(encoding="utf-8-sig", errors="replace")
        for path in sorted(chosen.folder.rglob("*.md"))
    }
    whole = build(pages, skip_linked=True)
    cut_pages, pairs = cut(pages, whole, chosen.seed)
    built = build(cut_pages, skip_linked=True)
    remaining = built.outgoing()
    gold: dict[str, set[str]] = {}
    for source, target in pairs:
        if target not in remaining.get(source, ()):
            gold.setdefault(source, set()).add(target)
    links = sum(map(len, gold.values()))
    print(f"{len(pages)} pages, {len(whole.links())} links between them; {links} cut, on {len(gold)} pages")
    report(built, cut_pages, gold)


def cut(pages: Mapping[str, str], whole: Built, seed: int) -> tuple[Mapping[str, str], list[tuple[str, str]]]:
    """Return the pages without a tenth of their links, and the source and target of each that is gone."""
    places: dict[tuple[str, str], list[tuple[int, int] | None]] = {}
    for link in whole.links():
        if link["element"] == "a":
            place = (link["line"], link["column"]) if link["line"] else None
            places.setdefault((link["source"], link["target"]), []).append(place)
    pairs = sorted(random.Random(seed).sample(sorted(places), len(places) // 10))  # noqa: S311
    cut_pages = dict(pages)
    for source in sorted({source for source, _ in pairs}):
        positions = [position for pair in pairs if pair[0] == source for position in places[pair]]
        known = [position for position in positions if position is not None]
        text = without_links(pages[source], known) if len(known) == len(positions) else None
        cut_pages[source] = pages[source] if text is None else text
    return cut_pages, pairs


def report(built: Built, pages: Mapping[str, str], gold: Gold) -> None:
    texts = {PageUri(uri): PageMarkdown(f"docs/{uri}", text) for uri, text in pages.items()}
    start = time.process_time()
    suggestions = advise.suggest(built.graph, texts)
    seconds = time.process_time() - start
    right = sum(suggestion.target in gold.get(suggestion.page, ()) for suggestion in suggestions)
    on_cut = sum(suggestion.page in gold for suggestion in suggestions)
    print(f"{'':10} {'suggested':>9} {'right':>6} {'precision':>9} {'recall':>7}")
    for name, suggested in (("all pages", len(suggestions)), ("cut pages", on_cut)):
        precision = right / suggested if suggested else 0.0
        recall = right / max(1, sum(map(len, gold.values())))
        print(f"{name:10} {suggested:9} {right:6} {precision:9.3f} {recall:7.3f}")
    print(f"\nSuggestions for all pages: {seconds:.2f} s")


if __name__ == "__main__":
    main()

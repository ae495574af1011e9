"""Share of the links for which the index finds where in the Markdown they were written, and the right place.

    python benchmarks/positions.py FOLDER [--base PATH ...]

FOLDER is a folder of Markdown; the site is built with Material and its usual extensions, and snippets are
looked for in FOLDER and in each PATH. Nothing of the package's own reading of Markdown is used: how many
links a source makes is what Python-Markdown makes of it alone, and what a place shows is what
Python-Markdown makes of the source from that place on.

Asked for on the CSC guide: ≥ 99 % of the links that are written in Markdown get a place, and 100 % of the
places show that link's text or address. The exit code is 1 where that is not so.
"""

from __future__ import annotations

import argparse
import json
import posixpath
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from material_site import EXTENSIONS, configure
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

SITE = "https://benchmark.invalid/"
ADDRESSES = {"a": "href", "area": "href", "img": "src", "iframe": "src", "video": "src", "audio": "src"}
ADDRESSES |= {"embed": "src", "object": "data", "source": "src", "track": "src"}
MADE = ".toc, .headerlink, .footnote-ref, .footnote-backref, .toclink, .twemoji, .emojione, template"
NOT_DOCUMENTS = ("mailto:", "tel:", "javascript:", "data:", "sms:")
ASKED = 0.99
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """The texts and the address that the element at the beginning of a piece of Markdown shows."""

    texts: tuple[str, ...]
    address: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", type=Path, nargs="*", default=[])
    parser.add_argument("--listed", type=int, default=20, help="how many failures of each kind are listed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sys.exit(measure(Path(work), chosen.folder.resolve(), chosen.base, chosen.listed))


def measure(work: Path, folder: Path, bases: Iterable[Path], listed: int) -> int:
    """Build the site, judge each place, print what was found; the exit code."""
    # A place is relative to `mkdocs.yml`, so that the sources have to be below it.
    roots = {"docs": folder, **{f"base{number}": base.resolve() for number, base in enumerate(bases)}}
    for name, root in roots.items():
        (work / name).symlink_to(root, target_is_directory=True)
    snippets = {"base_path": [str(work / name) for name in roots]}
    path = configure(
        work,
        "positions",
        work / "docs",
        {"external": {"check": "off"}, "index": "index.json", "rules": ignored()},
        [*EXTENSIONS, {"pymdownx.snippets": snippets}],
    )
    with (work / "log").open("wb") as log:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(path)]
        done = subprocess.run(command, check=False, stdout=log, stderr=subprocess.STDOUT)
    if not (work / "index.json").is_file():
        sys.exit((work / "log").read_text(encoding="utf-8") or f"mkdocs: exit code {done.returncode}")
    return judge(work, json.loads((work / "index.json").read_text(encoding="utf-8")), listed)


def ignored() -> dict[str, str]:
    """The gate is not what is measured."""
    names = ("broken_page", "broken_anchor", "broken_asset", "case_mismatch", "excluded_page")
    return dict.fromkeys(names, "ignore")


@dataclass(slots=True)
class Tally:
    """Counts, and the failures, a line each."""

    written: int = 0
    placed: int = 0
    shows: Counter[str] = field(default_factory=Counter)
    unplaced: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return self.placed >= ASKED * self.written and not self.shows["neither"]


def judge(work: Path, index: Record, listed: int) -> int:
    converter = Converter(work / "positions.yml")
    pages = {page["uri"]: page["url"] for page in index["pages"]}
    by_page: dict[str, list[Record]] = {uri: [] for uri in pages}
    for link in index["links"]:
        by_page[link["source"]].append(link)
    tally = Tally()
    for uri, links in by_page.items():
        source = (work / "docs" / uri).read_text(encoding="utf-8-sig")
        own = [link for link in links if link["line"] and link["file"] == f"docs/{uri}"]
        count_places(tally, uri, len(converter.links(source)), links, own)
        for link in (link for link in links if link["line"]):
            written = (work / link["file"]).read_text(encoding="utf-8-sig")
            verdict = converter.verdict(written, link, pages)
            tally.shows[verdict] += 1
            if verdict == "neither":
                tally.wrong.append(f"{link['file']}:{link['line']}:{link['column']} {link['href']}")
    say(tally, listed)
    return 0 if tally.is_good else 1


def count_places(
    tally: Tally, uri: str, written: int, links: Iterable[Record], placed: Sequence[Record]
) -> None:
    tally.written += written
    tally.placed += min(len(placed), written)
    if len(placed) < written:
        tally.unplaced.append(f"{uri}: {written} in the Markdown, {len(placed)} with a place; without:")
        tally.unplaced.extend(f"    {link['href']} [{link['text']}]" for link in links if not link["line"])


def say(tally: Tally, listed: int) -> None:
    shows, places = tally.shows, sum(tally.shows.values())
    right = places - shows["neither"]
    share, truth = tally.placed / (tally.written or 1), right / (places or 1)
    print(f"links written in Markdown: {tally.written:,}; with a place: {tally.placed:,} ({share:.2%})")
    print(f"places: {places:,}; the link's text or address is there: {right:,} ({truth:.2%})")
    print(f"both: {shows['both']:,}, text alone: {shows['text']:,}, address alone: {shows['address']:,}")
    for title, lines in (("Without a place", tally.unplaced), ("At a wrong place", tally.wrong)):
        if lines:
            print(f"\n{title}:", *lines[:listed], sep="\n  ")


class Converter:
    """Python-Markdown with the site's extensions, and without what takes in other files."""

    def __init__(self, config_file: Path) -> None:
        config = load_config(str(config_file))
        names = [name for name in config.markdown_extensions if name != "pymdownx.snippets"]
        self._markdown = Markdown(extensions=names, extension_configs=config.mdx_configs)

    def links(self, source: str) -> list[Tag]:
        """The links that a source alone makes."""
        return [tag for tag in _elements(self._html(get_data(source)[0])) if _leads(tag)]

    def verdict(self, source: str, link: Record, pages: Mapping[str, str]) -> str:
        """Return the part of a link that is at its place: `both`, `text`, `address`, or `neither`."""
        shown = self._shown(source, link)
        if shown is None:
            return "neither"
        text = _squeezed(link["text"]) in shown.texts
        address = _means(shown.address, link, pages)
        return "both" if text and address else "text" if text else "address" if address else "neither"

    def _shown(self, source: str, link: Record) -> Shown | None:
        """The element that the source shows from the place of a link to the end of its paragraph."""
        lines = source.split("\n")[link["line"] - 1 :]
        text = "\n".join([lines[0][link["column"] - 1 :], *lines[1:]])
        paragraph = re.split(r"\n[ \t]*\n", text, maxsplit=1)[0]
        # White space or prose at the place would be read over.
        if not paragraph or paragraph[0] not in "[!<hwf":
            return None
        definitions = (line.lstrip(" \t>") for line in source.split("\n"))
        references = "\n".join(line for line in definitions if re.match(r"\[[^\]^]+\]:", line))
        html = self._html(f"{paragraph}\n\n{references}\n")
        tag = next((tag for tag in _elements(html) if tag.name == link["element"]), None)
        return Shown(tuple(_texts(tag)), str(tag[ADDRESSES[tag.name]])) if tag is not None else None

    def _html(self, source: str) -> BeautifulSoup:
        return BeautifulSoup(self._markdown.reset().convert(source), "html.parser")


def _elements(soup: BeautifulSoup) -> Iterator[Tag]:
    for generated in soup.select(MADE):
        generated.decompose()
    for tag in soup.find_all(list(ADDRESSES)):
        if isinstance(tag.get(ADDRESSES[tag.name]), str):
            yield tag


def _leads(tag: Tag) -> bool:
    return not str(tag[ADDRESSES[tag.name]]).strip().lower().startswith(NOT_DOCUMENTS)


def _texts(tag: Tag) -> Iterator[str]:
    """All that may be called an element's text."""
    yield _squeezed(tag.get_text())
    for element in (tag, *tag.find_all(True)):
        for name in ("alt", "title", "aria-label"):
            if isinstance(value := element.get(name), str):
                yield _squeezed(value)


def _means(address: str, link: Record, pages: Mapping[str, str]) -> bool:
    """True if an address in the source of a link's page leads to the link's target."""
    path, fragment = urldefrag(address.strip())
    if unquote(fragment) != unquote(link["fragment"] or ""):
        return False
    source, target = link["source"], str(link["target"])
    wanted = {_plain(urljoin(SITE, target)), _plain(urljoin(SITE, pages.get(target, target)))}
    as_source = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
    as_address = urljoin(SITE + pages[source], path)
    return not wanted.isdisjoint({_plain(urljoin(SITE, as_source)), _plain(as_address)})


def _plain(address: str) -> str:
    """One form for all that a server takes to be the same."""
    address = unquote(address.partition("?")[0] if address.startswith(SITE) else address)
    return address.removesuffix("index.html").rstrip("/").lower()


def _squeezed(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()

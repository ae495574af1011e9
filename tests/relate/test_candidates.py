"""Which pages are never suggested: those that readers do not get, and those that only list others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from building import run_build, write_files
from relate.making import Arrow, changed, graph_of, related, uris
from selectolax.lexbor import LexborHTMLParser

SAME = "Billing units are granted to a project, and the project quota is spent by batch jobs."
SITE = {
    "index.md": "# Home\n\nSourdough rises overnight beneath linen.",
    "jobs.md": f"# Jobs\n\n{SAME}",
    "quota.md": f"# Quota\n\n{SAME}",
    "sub/other.md": f"# Units\n\n{SAME}",
}
LEFT_OUT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("excluded by the plugin", {"exclude": ["sub/*"]}, {}),
    ("excluded from the site", {}, {"exclude_docs": "sub/"}),
    ("a draft", {}, {"draft_docs": "sub/"}),
]


def suggested(root: Path, command: Literal["build", "serve"] = "build") -> set[str]:
    """The titles of all pages that `jobs.md` suggests."""
    page = LexborHTMLParser(run_build(root, command=command).html("jobs/index.html"))
    return {link.text() for link in page.css(".bl-related a")}


def write_site(root: Path, options: Mapping[str, Any], config: Mapping[str, Any]) -> None:
    write_files(root / "docs", SITE)
    plugin = {"external": {"check": "off"}, "index": "index.json", **options}
    settings = {"site_name": "Test", "plugins": [{"backlinks": plugin}], **config}
    write_files(root, {"mkdocs.yml": yaml.safe_dump(settings)})


def test_without_being_left_out_the_page_is_suggested(tmp_path: Path) -> None:
    write_site(tmp_path, {}, {})
    assert suggested(tmp_path) == {"Quota", "Units"}


@pytest.mark.parametrize("command", ["build", "serve"])
@pytest.mark.parametrize(("options", "config"), [case[1:] for case in LEFT_OUT], ids=[c[0] for c in LEFT_OUT])
def test_pages_that_take_no_part_are_not_suggested(
    tmp_path: Path, options: dict[str, Any], config: dict[str, Any], command: Literal["build", "serve"]
) -> None:
    """A draft is there under `mkdocs serve`, and gone from the finished site."""
    write_site(tmp_path, options, config)
    assert suggested(tmp_path, command) == {"Quota"}


def test_a_stub_that_redirects_is_not_suggested_but_the_page_it_leads_to() -> None:
    """A link to the old address is one to the new page."""
    arrows: list[Arrow] = [("a.md", "old.md"), ("b.md", "old.md")]
    graph = replace(
        graph_of(dict.fromkeys(("a.md", "b.md", "new.md"), ""), arrows), moved={"old.md": "new.md"}
    )
    assert uris(related(graph, "a.md", skip_linked=False)) == ["new.md", "b.md"]
    assert uris(related(graph, "a.md")) == ["b.md"]


def test_a_page_that_a_plugin_wrote_to_list_others_is_not_suggested() -> None:
    graph = graph_of(dict.fromkeys(("a.md", "list.md", "b.md"), ""), [("list.md", "a.md"), ("a.md", "b.md")])
    assert uris(related(graph, "a.md", skip_linked=False)) == ["b.md", "list.md"]
    listing = changed(graph, "list.md", listing=True)
    assert uris(related(listing, "a.md", skip_linked=False)) == ["b.md"]


FRONT_MATTER: list[tuple[str, bool]] = [
    ("tags: [Leisurely pastimes]", True),
    ("tags: Leisurely pastimes", True),
    ("keywords: winter, leisurely pastimes, 7", True),
    ("keywords:\n  - leisurely\n  - pastimes", True),
    ("tags: {leisurely: pastimes}", False),
    ("tags: [[leisurely, pastimes], 7, null, {leisurely: pastimes}]", False),
    ("tags:", False),
    ("tags: ', ,,'", False),
]


@pytest.mark.parametrize(("line", "counts"), FRONT_MATTER)
def test_tags_and_keywords_are_words_of_a_page(tmp_path: Path, line: str, counts: bool) -> None:
    """Whatever front matter holds under these names; only texts and lists of texts mean something."""
    write_site(tmp_path, {"related": {"min_score": 0}}, {})
    pages = {"jobs.md": "# Cats\n\nPurring whiskers", "sub/other.md": "# Ships\n\nAnchored vessels"}
    write_files(tmp_path / "docs", {uri: f"---\n{line}\n---\n{text}" for uri, text in pages.items()})
    assert suggested(tmp_path) == ({"Ships"} if counts else set())

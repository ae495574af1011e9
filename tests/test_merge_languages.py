"""The builds of several languages make one index, in which each page and each link is once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs_backlinks.adapter import merge_languages
from mkdocs_backlinks.adapter.merge_languages import LanguageBuild
from mkdocs_backlinks.index import FinishedSite, LinkGraph, SourceLinks
from mkdocs_backlinks.model import Link, Page, PageUri, Related

NOWHERE = FinishedSite(Path("nowhere"))


def language(prefix: str, *links: tuple[str, str]) -> LanguageBuild:
    """A build of the pages `a.md` and `b.md` below a folder of the site, with links of the kind `page`."""
    pages = [Page(uri=PageUri(f"{name}.md"), url=f"{prefix}{name}/", title=name) for name in "ab"]
    made = [Link(source=PageUri(source), kind="page", href=target, target=target) for source, target in links]
    related = {PageUri("a.md"): (Related(PageUri("b.md"), 0.5, ()),)}
    return LanguageBuild(LinkGraph.of(pages, made), SourceLinks(), related, NOWHERE, "https://example.org/")


def dumped(*builds: LanguageBuild) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(merge_languages.dump(builds)))
    return found


def test_one_language_keeps_its_names() -> None:
    found = dumped(language("", ("a.md", "b.md")))
    assert [page["uri"] for page in found["pages"]] == ["a.md", "b.md"]
    assert [(link["source"], link["target"]) for link in found["links"]] == [("a.md", "b.md")]


def test_a_page_from_the_same_source_has_its_address_as_name() -> None:
    found = dumped(language("", ("a.md", "b.md")), language("fr/", ("a.md", "b.md")))
    assert [page["uri"] for page in found["pages"]] == ["a.md", "b.md", "fr/a/", "fr/b/"]
    assert [(one["source"], one["target"]) for one in found["links"]] == [
        ("a.md", "b.md"),
        ("fr/a/", "fr/b/"),
    ]
    related = {page["uri"]: [one["uri"] for one in page["related"]] for page in found["pages"]}
    assert related == {"a.md": ["b.md"], "b.md": [], "fr/a/": ["fr/b/"], "fr/b/": []}


def test_a_link_across_languages_leads_to_the_page() -> None:
    found = dumped(language("", ("a.md", "fr/b/index.html")), language("fr/", ("b.md", "a")))
    assert [(link["source"], link["target"]) for link in found["links"]] == [
        ("a.md", "fr/b/"),
        ("fr/b/", "a.md"),
    ]


def test_a_page_that_is_built_twice_is_one_page() -> None:
    once = language("", ("a.md", "b.md"))
    assert dumped(once, once) == dumped(once)


def test_old_addresses_lead_to_the_pages_by_their_names() -> None:
    first, second = language("", ("a.md", "b.md")), language("fr/", ("a.md", "b.md"))
    first = replace(first, graph=replace(first.graph, moved={"old/": "a.md#x"}))
    second = replace(second, graph=replace(second.graph, moved={"old/": "b.md", "fr/old/": "a.md"}))
    assert dumped(first, second)["moved"] == {"fr/old/": "fr/a/", "old/": "a.md#x"}

"""After any edits, a build with a serve cache gives the sections and the report of a fresh build."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from mkdocs_backlinks import gate, index, inject, relate
from mkdocs_backlinks.adapter.site_build import ServeCache
from mkdocs_backlinks.index import LinkGraph, PageSource, SiteSource
from mkdocs_backlinks.index.html.text_fragments import SearchableText
from mkdocs_backlinks.inject import TEMPLATES, PageSections
from mkdocs_backlinks.model import Page, PageUri, Report
from mkdocs_backlinks.settings import (
    BacklinksSettings,
    ExternalSettings,
    GraphSettings,
    Settings,
)

LINES = (
    "# A title",
    "# <Another>",
    "## Part",
    "## Other part",
    '<i id="part"></i>',
    "Words of no consequence.",
    "To [b](../b/#part) and back.",
    "See [the *start*](../a/), or [the start](../c/).",
    "[here](../c/#Part) and [](../b/)",
    "[gone](../aa/#part)",
    "[gone](../B/) and [gone](../old/) <!-- backlinks-ignore: broken_page known -->",
    "[gone](../b/#parts) and [text](../c/#:~:text=consequence)",
    "[https://example.org/a/b](https://example.org/a/b)",
    "<https://example.org/a/b> and [local](http://localhost/)",
    "![map](../img/Map.png) ![no map](../img/mop.png)",
    "[this page](.) and [this](#part)",
    "<!-- backlinks -->",
)
NAMES = ("a", "b", "c", "d")
WORDS = "{{ backlinks | length }} of {{ site }}"


@dataclass(frozen=True)
class Site:
    """A site as its author has left it; `template` is an own one for the backlinks."""

    texts: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    template: str | None = None
    assets: frozenset[str] = frozenset({"img/map.png"})
    built: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True)
class Finished:
    """The finished site has what the build added: in every page an anchor, and some files."""

    site: Site

    def present(self, paths: Iterable[str]) -> frozenset[str]:
        return self.site.built.intersection(paths)

    def anchors(self, pages: Iterable[Page]) -> Mapping[PageUri, frozenset[str]]:
        return {page.uri: frozenset({"parts"} if "aa" in self.site.built else ()) for page in pages}

    def texts(self, pages: Iterable[Page]) -> Mapping[PageUri, SearchableText]:
        return {page.uri: SearchableText.of(f"<p>{page.text}</p>") for page in pages}


def source(site: Site, name: str) -> PageSource:
    text = "\n\n".join(site.texts[name])
    return PageSource(
        page=Page(
            uri=PageUri(f"{name}.md"),
            url=f"{name}/",
            title=site.titles.get(name, name),
            depth=NAMES.index(name),
            hidden=frozenset({"backlinks"} if name in site.hidden else ()),
            language="fr" if name in site.hidden else "en",
        ),
        # An empty line in the source shows nowhere.
        html=markdown.markdown(text.replace("\n\n\n\n", "\n\n"), extensions=["toc"]),
        markdown=lambda: text,
        file=f"docs/{name}.md",
    )


def environment(site: Site) -> Environment:
    own = {} if site.template is None else {"backlinks/backlinks.html": site.template}
    loader = ChoiceLoader([DictLoader(own), FileSystemLoader(TEMPLATES)])
    made = Environment(loader=loader)  # noqa: S701 - as MkDocs makes it
    made.globals["site"] = len("".join(map("".join, site.texts.values())))
    return made


def built(site: Site, cache: ServeCache) -> tuple[LinkGraph, dict[PageUri, PageSections], Report]:
    around = SiteSource(bases=["https://s.example/"], assets=site.assets, sources={}, moved={"old/": "b.md"})
    sources = [source(site, name) for name in sorted(site.texts)]
    graph, located = index.build(around, sources, cache=cache.pages)
    related = relate.relate(graph, site.settings.related, cache.terms)
    templates = inject.load_templates(environment(site))
    renderer = inject.SectionRenderer.of(graph, related, site.settings, templates)
    written = {page.page.uri: renderer.render(page.page.uri, page.html) for page in sources}
    report = gate.close(graph, (), (), site.settings, finished=Finished(site), sources=located)
    return graph, written, report


def edited(site: Site, kind: str, name: str, value: Any) -> Site:  # noqa: ANN401
    match kind:
        case "write":
            return replace(site, texts={**site.texts, name: value})
        case "insert":
            line, at = value
            known = site.texts.get(name, ())
            return replace(site, texts={**site.texts, name: (*known[:at], line, *known[at:])})
        case "remove":
            return replace(site, texts={one: text for one, text in site.texts.items() if one != name})
        case "title":
            return replace(site, titles={**site.titles, name: value})
        case "hide":
            return replace(site, hidden=site.hidden ^ {name})
        case _:
            return replace(site, **{kind: value})


lines = st.sampled_from(("", *LINES))
texts = st.lists(lines, max_size=5).map(tuple)
SETTINGS = (
    Settings(),
    Settings(rules={"broken_page": "info", "dead_end_page": "warn", "self_link": "ignore"}),
    Settings(backlinks=BacklinksSettings(at_headings=True, hide_reciprocal=True, context="paragraph")),
    Settings(external=ExternalSettings(allow_private=("localhost",))),
    Settings(graph=GraphSettings(local=True)),
)
edits = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), texts),
    st.tuples(st.just("insert"), st.sampled_from(NAMES), st.tuples(lines, st.integers(0, 4))),
    st.tuples(st.just("insert"), st.sampled_from(NAMES), st.tuples(lines, st.integers(0, 4))),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("title"), st.sampled_from(NAMES), st.sampled_from(("A title", "<b>", "Part", "x"))),
    st.tuples(st.just("hide"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("template"), st.just("a"), st.sampled_from((None, WORDS, WORDS + "!"))),
    st.tuples(st.just("assets"), st.just("a"), st.sampled_from((frozenset(), frozenset({"img/mop.png"})))),
    st.tuples(st.just("built"), st.just("a"), st.sampled_from((frozenset(), frozenset({"aa/", "aa"})))),
    st.tuples(st.just("settings"), st.just("a"), st.sampled_from(SETTINGS)),
)


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(NAMES), texts, min_size=1),
    st.lists(edits, min_size=1, max_size=6),
)
def test_after_each_edit_all_is_as_in_a_fresh_build(
    start: Mapping[str, tuple[str, ...]], changes: list[tuple[str, str, Any]]
) -> None:
    site, cache = Site(start), ServeCache()
    built(site, cache)
    for kind, name, value in changes:
        site = edited(site, kind, name, value)
        assert built(site, cache) == built(site, ServeCache())


START = Site({name: (f"# Page {name}", *LINES[number::3]) for number, name in enumerate(NAMES)})


def test_no_graph_outlives_its_build() -> None:
    site, cache = START, ServeCache()
    before = graphs()
    for number in range(8):
        graph, _, report = built(site, cache)
        site = edited(site, "insert", NAMES[number % len(NAMES)], (f"[gone](../gone{number}/)", 1))
        del graph, report
    assert graphs() == before


def graphs() -> int:
    gc.collect()
    return sum(isinstance(value, LinkGraph) for value in gc.get_objects())

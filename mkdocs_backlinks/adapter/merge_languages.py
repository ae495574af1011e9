"""Merge the builds of all languages of a site into one report and one index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_backlinks import gate, index, relate
from mkdocs_backlinks.model import Evidence, Finding, Link, Page, PageUri, Related, Report, Url
from mkdocs_backlinks.settings import Settings

_Names = Mapping[PageUri, PageUri]


@dataclass(frozen=True, slots=True)
class LanguageBuild:
    """The results of one build; most sites have one language.

    `evidence` and `notes` come from the check of those URLs that no earlier language has checked.
    """

    graph: index.LinkGraph
    sources: index.SourceLinks
    related: Mapping[PageUri, tuple[Related, ...]]
    finished: index.FinishedSite
    site_url: str | None
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


def close(languages: Sequence[LanguageBuild], settings: Settings) -> Report:
    """Judge each language as a site of its own that may link to all others.

    A page that several languages show from the same source is reported once.
    """
    evidence = {fact.url: fact for language in languages for fact in language.evidence}
    reports = [
        gate.close(
            graph,
            _of_targets(graph, evidence),
            language.notes,
            settings,
            finished=language.finished,
            sources=language.sources,
        )
        for language, graph in zip(languages, _aware_of_others(languages), strict=True)
    ]
    if len(reports) == 1:
        return reports[0]
    targets = {judged.evidence.url: judged for report in reports for judged in report.targets}
    return replace(
        reports[0],
        links=sum(report.links for report in reports),
        pages=sum(report.pages for report in reports),
        findings=tuple(sorted(_distinct(reports), key=lambda finding: finding.page)),
        targets=tuple(targets[url] for url in sorted(targets)),
        notes=tuple(dict.fromkeys(note for report in reports for note in report.notes)),
        failed=any(report.failed for report in reports),
        ignored=sum(report.ignored for report in reports),
        offline=any(report.offline for report in reports),
    )


def dump(languages: Sequence[LanguageBuild]) -> Iterator[str]:
    """Yield the index of all languages as one, in the form of `index.dump`.

    A page whose source an earlier language shows at another address has its own address as `uri`. A link
    to a page of another language leads to that page.
    """
    if len(languages) == 1:
        (build,) = languages
        return index.dump(
            build.graph,
            build.sources,
            site_url=build.site_url,
            related=build.related,
            equity=relate.equity(build.graph),
        )
    names = tuple(zip(languages, _names(languages), strict=True))
    renamed = replace(index.LinkGraph.of(_pages(names), _links(names)), moved=_moved(names))
    related: dict[PageUri, tuple[Related, ...]] = {}
    equity: dict[PageUri, float] = {}
    for language, named in names:
        values = relate.equity(language.graph)
        for uri, name in named.items():
            entries = language.related.get(uri, ())
            related[name] = tuple(replace(entry, page=named.get(entry.page, entry.page)) for entry in entries)
            equity[name] = values[uri]
    sources = index.SourceLinks(
        {
            name: partial(language.sources.of_page, uri)
            for language, named in names
            for uri, name in named.items()
        }
    )
    return index.dump(renamed, sources, site_url=languages[0].site_url, related=related, equity=equity)


def _aware_of_others(languages: Sequence[LanguageBuild]) -> Iterator[index.LinkGraph]:
    """Yield the graph of each language, with the pages of all others by each path that serves them."""
    for language in languages:
        yield replace(
            language.graph,
            elsewhere={
                path: replace(page, uri=PageUri(path))
                for neighbour in languages
                if neighbour is not language
                for page in neighbour.graph.pages.values()
                for path in index.spellings(page.url)
            },
        )


def _of_targets(graph: index.LinkGraph, evidence: Mapping[Url, Evidence]) -> Iterator[Evidence]:
    """Yield the evidence about the external URLs of one language, whichever language checked them."""
    for target in graph.targets() if evidence else ():
        if target.url in evidence:
            yield evidence[target.url]


def _distinct(reports: Iterable[Report]) -> Iterator[Finding]:
    """Yield the findings of all reports without those that an earlier report has of the same link."""
    seen: set[tuple[object, ...]] = set()
    for report in reports:
        new = [finding for finding in report.findings if _key(finding) not in seen]
        yield from new
        seen.update(map(_key, new))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.page, finding.url, finding.message


def _names(languages: Iterable[LanguageBuild]) -> Iterator[_Names]:
    """Yield the names of each language's pages in the index of all; a page that is there already has none."""
    addresses: dict[PageUri, str] = {}
    for language in languages:
        named: dict[PageUri, PageUri] = {}
        for uri, page in language.graph.pages.items():
            if uri not in addresses:
                addresses[uri] = page.url
                named[uri] = uri
            elif addresses[uri] != page.url:
                named[uri] = PageUri(page.url)
        yield named


def _pages(names: Sequence[tuple[LanguageBuild, _Names]]) -> Iterator[Page]:
    for language, named in names:
        for uri, name in named.items():
            yield replace(language.graph.pages[uri], uri=name)


def _links(names: Sequence[tuple[LanguageBuild, _Names]]) -> Iterator[Link]:
    paths = {
        path: name
        for language, named in names
        for uri, name in named.items()
        for path in index.spellings(language.graph.pages[uri].url)
    }
    for language, named in names:
        for link in language.graph.links:
            if link.source in named:
                yield replace(link, source=named[link.source], target=_target(link, named, paths))


def _moved(names: Sequence[tuple[LanguageBuild, _Names]]) -> Mapping[str, str]:
    """Return where the redirects of all languages lead; the first language that knows a URL decides."""
    moved: dict[str, str] = {}
    for language, named in names:
        for path, target in language.graph.moved.items():
            uri, mark, fragment = target.partition("#")
            moved.setdefault(path, named.get(PageUri(uri), uri) + mark + fragment)
    return moved


def _target(link: Link, named: _Names, paths: Mapping[str, PageUri]) -> str:
    if link.kind != "page":
        return link.target
    return named.get(PageUri(link.target)) or paths.get(link.target) or link.target

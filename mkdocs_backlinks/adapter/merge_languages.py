"""The builds of one site, one for each of its languages, become one report and one index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_backlinks import gate, index, relate
from mkdocs_backlinks.model import Evidence, Finding, Link, Page, PageUri, Related, Report, Url
from mkdocs_backlinks.settings import Settings

_Names = Mapping[PageUri, PageUri]


@dataclass(frozen=True, slots=True)
class Language:
    """What a finished build of one language knows; usually there is only one.

    `evidence` and `notes` are of the check of those URLs that no earlier language has checked.
    """

    graph: index.LinkGraph
    sources: index.SourceLinks
    related: Mapping[PageUri, tuple[Related, ...]]
    finished: index.FinishedSite
    site_url: str | None
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


def close(languages: Sequence[Language], settings: Settings) -> Report:
    """Judge each language as a site of its own, now that the others are there to be linked to.

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


def dump(languages: Sequence[Language]) -> Iterator[str]:
    """The index of all languages as one, in the form of `index.dump`.

    A page whose source an earlier language shows at another address has its own address as `uri`. A link
    to a page of another language leads to that page.
    """
    if len(languages) == 1:
        (only,) = languages
        worth = relate.equity(only.graph)
        return index.dump(
            only.graph, only.sources, site_url=only.site_url, related=only.related, equity=worth
        )
    names = tuple(zip(languages, _names(languages), strict=True))
    renamed = replace(index.LinkGraph.of(_pages(names), _links(names)), moved=_moved(names))
    related: dict[PageUri, tuple[Related, ...]] = {}
    equity: dict[PageUri, float] = {}
    for language, named in names:
        worth = relate.equity(language.graph)
        for uri, name in named.items():
            ones = language.related.get(uri, ())
            related[name] = tuple(replace(one, page=named.get(one.page, one.page)) for one in ones)
            equity[name] = worth[uri]
    sources = index.SourceLinks(
        {
            name: partial(language.sources.of_page, uri)
            for language, named in names
            for uri, name in named.items()
        }
    )
    return index.dump(renamed, sources, site_url=languages[0].site_url, related=related, equity=equity)


def _aware_of_others(languages: Sequence[Language]) -> Iterator[index.LinkGraph]:
    """The graph of each language, with the pages of all others by each path at which they are served."""
    for language in languages:
        yield replace(
            language.graph,
            elsewhere={
                path: replace(page, uri=PageUri(path))
                for other in languages
                if other is not language
                for page in other.graph.pages.values()
                for path in index.spellings(page.url)
            },
        )


def _of_targets(graph: index.LinkGraph, evidence: Mapping[Url, Evidence]) -> Iterator[Evidence]:
    """Yield the evidence about the external URLs of one language, whichever language checked them."""
    for target in graph.targets() if evidence else ():
        if target.url in evidence:
            yield evidence[target.url]


def _distinct(reports: Iterable[Report]) -> Iterator[Finding]:
    """The findings of all reports without those that an earlier report has of the same link."""
    seen: set[tuple[object, ...]] = set()
    for report in reports:
        new = [finding for finding in report.findings if _key(finding) not in seen]
        yield from new
        seen.update(map(_key, new))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.page, finding.url, finding.message


def _names(languages: Iterable[Language]) -> Iterator[_Names]:
    """What each page of a language is called in the index of all; one that is there already has no name."""
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


def _pages(names: Sequence[tuple[Language, _Names]]) -> Iterator[Page]:
    for language, named in names:
        for uri, name in named.items():
            yield replace(language.graph.pages[uri], uri=name)


def _links(names: Sequence[tuple[Language, _Names]]) -> Iterator[Link]:
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


def _moved(names: Sequence[tuple[Language, _Names]]) -> Mapping[str, str]:
    """Where the old addresses of all languages lead now; the first language that knows one decides."""
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

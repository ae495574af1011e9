"""Judge a site: order rules and report, and decide whether the site passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from mkdocs_backlinks import rules, urls
from mkdocs_backlinks.index import LinkGraph, SearchableText, SourceLinks
from mkdocs_backlinks.model import Evidence, Judged, Page, PageUri, Report, Severity, SourceLink, Url
from mkdocs_backlinks.report import as_json, as_text, failure_message, most_severe
from mkdocs_backlinks.rules import Facts
from mkdocs_backlinks.settings import Settings
from mkdocs_backlinks.verdicts import verdict

__all__ = [
    "Finished",
    "as_json",
    "as_text",
    "close",
    "close_external",
    "failure_message",
    "severity",
    "warns",
]


class Finished(Protocol):
    """The site on disk at the end of a build, for what the index does not know."""

    def present(self, paths: Iterable[str]) -> frozenset[str]:
        """Return the decoded paths below the site that lead to a file."""

    def anchors(self, pages: Iterable[Page]) -> Mapping[PageUri, frozenset[str]]:
        """Return the ids in the finished HTML of each page that exists."""

    def texts(self, pages: Iterable[Page]) -> Mapping[PageUri, SearchableText]:
        """Return the searchable text of each page that exists."""


def close(  # noqa: PLR0913 (all that is known when a build ends)
    graph: LinkGraph,
    evidence: Iterable[Evidence],
    notes: Iterable[str],
    settings: Settings,
    *,
    finished: Finished | None = None,
    sources: SourceLinks | None = None,
) -> Report:
    """Judge all links and pages; the report has `failed` if any finding is an error.

    `evidence` has at most one value for each external URL. `notes` are sentences about the external check.
    """
    facts = _facts(graph, evidence, settings, sources)
    if finished is not None:
        facts = _with_finished(facts, finished)
    return _report(facts, notes, _judge(facts, settings, rules.SCOPES), links=len(graph.links))


def close_external(
    graph: LinkGraph,
    evidence: Iterable[Evidence],
    notes: Iterable[str],
    settings: Settings,
    sources: SourceLinks | None = None,
) -> Report:
    """Judge external links only, for a graph that does not know all of the site."""
    facts = _facts(graph, evidence, settings, sources)
    outcome = _judge(facts, settings, frozenset({"external"}))
    return _report(facts, notes, outcome, links=sum(link.kind == "external" for link in graph.links))


def severity(name: str, chosen: Mapping[str, Severity]) -> Severity:
    """Return the severity of the rule of this name: the one that the author chose, or its default."""
    return next(rules.severity_of(rule, chosen) for rule in rules.ALL_RULES if rule.name == name)


def warns(report: Report) -> bool:
    """True if an author should read the report even though it does not fail the build."""
    return report.offline or any(finding.severity in ("error", "warn") for finding in report.findings)


def _facts(
    graph: LinkGraph, evidence: Iterable[Evidence], settings: Settings, sources: SourceLinks | None
) -> Facts:
    return Facts(
        graph=graph,
        evidence={fact.url: fact for fact in sorted(evidence, key=lambda fact: fact.url)},
        allow_private=settings.external.allow_private,
        source=sources.of if sources else SourceLink.unlocated,
    )


def _with_finished(facts: Facts, finished: Finished) -> Facts:
    """Add what only the finished site knows."""
    queries = rules.site_queries(facts)
    return replace(
        facts,
        present=finished.present(queries.paths),
        anchors=finished.anchors(queries.anchors),
        texts=finished.texts(queries.texts),
    )


def _judge(facts: Facts, settings: Settings, scopes: frozenset[rules.Scope]) -> rules.Judgement:
    select = rules.select_all if settings.reports.json else most_severe
    return rules.apply(facts, settings.rules, scopes, select)


def _report(facts: Facts, notes: Iterable[str], outcome: rules.Judgement, *, links: int) -> Report:
    evidence = tuple(facts.evidence.values())
    offline = _offline(evidence)
    return Report(
        links=links,
        pages=len(facts.graph.pages),
        findings=outcome.findings,
        targets=tuple(Judged(_without_secrets(fact), verdict(fact)) for fact in evidence),
        notes=(*([offline] if offline else []), *notes),
        offline=bool(offline),
        failed=any(finding.severity == "error" for finding in outcome.findings),
        ignored=outcome.ignored,
    )


def _offline(evidence: Sequence[Evidence]) -> str | None:
    """Return a note if there is no network; evidence from a cache does not come from the network."""
    offline = sum(fact.failure == "offline" for fact in evidence)
    if not offline or any(fact.status is not None and fact.via == "network" for fact in evidence):
        return None
    return f"Nothing was verified: there is no network. External addresses left unchecked: {offline}."


def _without_secrets(evidence: Evidence) -> Evidence:
    """Return the evidence without `user:password@`, and without a detail that may repeat it."""
    url = Url(urls.without_credentials(evidence.url))
    return replace(
        evidence,
        url=url,
        detail=evidence.detail if url == evidence.url else "",
        final_url=Url(urls.without_credentials(evidence.final_url)) if evidence.final_url else None,
        hops=tuple(replace(hop, url=Url(urls.without_credentials(hop.url))) for hop in evidence.hops),
    )

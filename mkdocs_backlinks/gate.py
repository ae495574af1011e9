"""The one place that orders check, rules and report, and says whether a site passes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from mkdocs_backlinks import check, rules, urls
from mkdocs_backlinks.index import LinkGraph, PageText
from mkdocs_backlinks.model import Evidence, Judged, Page, PageUri, Report, Severity, Target, Url
from mkdocs_backlinks.report import as_json, as_text, printed, verdict_line
from mkdocs_backlinks.rules import Facts, Memory
from mkdocs_backlinks.settings import Check, ExternalSettings, Settings
from mkdocs_backlinks.verdicts import verdict

__all__ = [
    "Finished",
    "Memory",
    "OpenRun",
    "Run",
    "as_json",
    "as_text",
    "begin",
    "begin_with",
    "close",
    "close_external",
    "mode_of",
    "severity",
    "verdict_line",
    "warns",
]


class Run(Protocol):
    """A check of external addresses that is under way."""

    def result(self) -> tuple[Evidence, ...]:
        """Wait for the end: one `Evidence` for each target."""

    def notes(self) -> tuple[str, ...]:
        """Wait for the end: sentences about the run itself."""

    def cancel(self) -> None:
        """Stop as soon as possible."""


class OpenRun(Run, Protocol):
    """A run whose targets come while it is under way."""

    def foresee(self, targets: Iterable[Target]) -> None:
        """Begin with these; they come again with all others."""

    def complete(self, targets: Iterable[Target]) -> None:
        """These are all."""


Start = Callable[[ExternalSettings, check.Terms], OpenRun]
"""Begins a check that waits for its targets, and returns at once."""


class Finished(Protocol):
    """The site as the build left it, asked only about what the index does not know."""

    def present(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of the decoded paths below the site that lead to a file."""

    def anchors(self, pages: Iterable[Page]) -> Mapping[PageUri, frozenset[str]]:
        """The ids in the finished HTML of each of the pages that is there."""

    def texts(self, pages: Iterable[Page]) -> Mapping[PageUri, PageText]:
        """What a reader can search in each of the pages that is there."""


def begin(
    settings: Settings, terms: check.Terms = check.USUAL, *, serving: bool, start: Start = check.Run
) -> OpenRun | None:
    """A check of external addresses, which are still to come; None where it is off.

    Of `terms`, what the settings decide is set here.
    """
    mode = mode_of(settings, serving=serving)
    if mode == "off":
        return None
    twins = severity("insecure_http", settings.rules) != "ignore"
    return start(settings.external, replace(terms, mode=mode, twins=twins))


def begin_with(
    targets: Sequence[Target],
    settings: Settings,
    terms: check.Terms = check.USUAL,
    *,
    serving: bool,
    start: Start = check.Run,
) -> OpenRun | None:
    """The same for targets that are all known; None also where there are none."""
    run = begin(settings, terms, serving=serving, start=start) if targets else None
    if run is not None:
        run.complete(targets)
    return run


def mode_of(settings: Settings, *, serving: bool) -> Check:
    """Which external addresses the author wants to be asked."""
    return settings.external.on_serve if serving else settings.external.check


def close(
    graph: LinkGraph,
    run: Run | None,
    settings: Settings,
    finished: Finished | None = None,
    memory: Memory | None = None,
) -> Report:
    """Wait for the run, judge everything, and say in `failed` whether any finding is an error.

    What `memory` has of the build before is not sought again where it would be the same.
    """
    facts = _facts(graph, _evidence(run), settings)
    if finished is not None:
        facts = _with_finished(facts, finished, memory)
    wanted = rules.every if settings.reports.json else printed
    outcome = rules.apply(facts, settings.rules, wanted=wanted, memory=memory)
    return _report(facts, run, outcome, links=len(graph.links))


def close_external(graph: LinkGraph, run: Run | None, settings: Settings) -> Report:
    """The same without what is about the site itself, for a graph that does not know all of it."""
    facts = _facts(graph, _evidence(run), settings)
    wanted = rules.every if settings.reports.json else printed
    outcome = rules.apply(facts, settings.rules, frozenset({"external"}), wanted)
    return _report(facts, run, outcome, links=sum(link.kind == "external" for link in graph.links))


def severity(rule: str, chosen: Mapping[str, Severity]) -> Severity:
    """How bad the problems of the rule of this name are, by the author's word or else by default."""
    return next(rules.severity_of(one, chosen) for one in rules.ALL_RULES if one.name == rule)


def warns(report: Report) -> bool:
    """Whether an author should look at the report even though it does not fail the build."""
    return report.offline or any(one.severity in ("error", "warn") for one in report.findings)


def _evidence(run: Run | None) -> Sequence[Evidence]:
    return sorted(run.result() if run else (), key=lambda one: one.url)


def _facts(graph: LinkGraph, evidence: Sequence[Evidence], settings: Settings) -> Facts:
    return Facts(
        graph=graph,
        evidence={one.url: one for one in evidence},
        allow_private=settings.external.allow_private,
    )


def _with_finished(facts: Facts, finished: Finished, memory: Memory | None) -> Facts:
    """All that is known: the finished site is asked for what the index does not know."""
    doubts = rules.doubts(facts, memory)
    return replace(
        facts,
        present=finished.present(sorted(doubts.paths)),
        anchors=finished.anchors(rules.pages_of(doubts.anchors, facts.graph)),
        texts=finished.texts(rules.pages_of(doubts.texts, facts.graph)),
    )


def _report(facts: Facts, run: Run | None, outcome: rules.Outcome, *, links: int) -> Report:
    evidence = tuple(facts.evidence.values())
    offline = _offline(evidence)
    return Report(
        links=links,
        pages=len(facts.graph.pages),
        findings=outcome.findings,
        targets=tuple(Judged(_without_secrets(one), verdict(one)) for one in evidence),
        notes=(*([offline] if offline else []), *(run.notes() if run else ())),
        offline=bool(offline),
        failed=any(finding.severity == "error" for finding in outcome.findings),
        ignored=outcome.ignored,
    )


def _offline(evidence: Sequence[Evidence]) -> str | None:
    """The sentence for a machine that has no network; what is remembered does not come from there."""
    offline = sum(one.failure == "offline" for one in evidence)
    if not offline or any(one.status is not None and one.via == "network" for one in evidence):
        return None
    return f"Nothing was verified: there is no network. External addresses left unchecked: {offline}."


def _without_secrets(evidence: Evidence) -> Evidence:
    """The evidence with no `user:password@` left in it; a detail that may repeat one goes as well."""
    url = Url(urls.without_credentials(evidence.url))
    return replace(
        evidence,
        url=url,
        detail=evidence.detail if url == evidence.url else "",
        final_url=Url(urls.without_credentials(evidence.final_url)) if evidence.final_url else None,
        hops=tuple(replace(hop, url=Url(urls.without_credentials(hop.url))) for hop in evidence.hops),
    )

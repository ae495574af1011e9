"""`mkdocs-backlinks structure`: print how the pages of a site are linked, the weakest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_backlinks.cli.output import one_line, say
from mkdocs_backlinks.cli.tables import Format, as_csv, as_json, most_shown, printing_options
from mkdocs_backlinks.model import Json

if TYPE_CHECKING:
    from mkdocs_backlinks.advise import Assessed, Change, Structure

_PAGE = (
    *("page", "title", "equity", "linked_from", "links_to", "depth", "clicks"),
    *("texts", "text", "text_share", "island", "weaknesses", "advice"),
)
_CHANGE = "page before after equity linked_from gained lost advice".split()
_HEAD = ("weakness", "equity", "in", "texts", "out", "depth", "clicks", "page")
_ROW = "{:<11} {:>6} {:>5} {:>5} {:>5} {:>5} {:>6}  {}"


@click.command()
@click.argument("index", metavar="INDEX.json", type=click.Path(path_type=Path))
@click.option(
    "--compare",
    "old",
    metavar="OLD.json",
    type=click.Path(path_type=Path),
    help="Show what has changed since.",
)
@printing_options("How many pages to show.")
def structure(index: Path, old: Path | None, form: Format, limit: int | None) -> None:
    """Show which pages are weakly linked, the worst first, and what to do about each.

    INDEX.json is what the plugin's option `index` writes. Only links in the content count.
    """
    from mkdocs_backlinks import advise  # noqa: PLC0415

    most = most_shown(limit, form)
    site, assessed = _read(index)
    if old is None:
        say(_pages_as(form, site, assessed, most))
        return
    site_before, before = _read(old)
    changes = advise.compare(before, assessed)
    figures = {"before": _figures(site_before, before), "after": _figures(site, assessed)}
    say(_changes_as(form, figures, changes, most))


def _read(index: Path) -> tuple[Structure, Sequence[Assessed]]:
    from mkdocs_backlinks import advise  # noqa: PLC0415
    from mkdocs_backlinks.index import load, load_related  # noqa: PLC0415
    from mkdocs_backlinks.relate import equity  # noqa: PLC0415

    graph = load(index).graph
    site = advise.structure(graph, equity(graph))
    return site, advise.assess(site, load_related(index))


def _figures(site: Structure, assessed: Sequence[Assessed]) -> dict[str, Json]:
    from mkdocs_backlinks import advise  # noqa: PLC0415

    return {
        "pages": len(site.standings),
        "links": site.links,
        "reached": site.reached,
        "farthest": site.farthest,
        "islands": site.islands,
        **{str(weakness): number for weakness, number in advise.counts(assessed).items()},
    }


def _pages_as(form: Format, site: Structure, assessed: Sequence[Assessed], most: int | None) -> str:
    if form == "csv":
        return as_csv(map(_page_record, assessed[:most]), _PAGE)
    if form == "json":
        pages: list[Json] = [_page_record(page) for page in assessed[:most]]
        return as_json({"summary": _figures(site, assessed), "pages": pages})
    return "\n".join(_table(site, assessed, most)) + "\n"


def _page_record(page: Assessed) -> dict[str, Json]:
    standing = page.standing
    return {
        "page": standing.page,
        "title": standing.title,
        "equity": standing.equity,
        "linked_from": len(standing.linked_from),
        "links_to": len(standing.links_to),
        "depth": standing.depth,
        "clicks": standing.clicks,
        "texts": standing.texts,
        "text": standing.text,
        "text_share": standing.text_share,
        "island": standing.island,
        "weaknesses": list(page.weaknesses),
        "advice": page.advice,
    }


def _table(site: Structure, assessed: Sequence[Assessed], most: int | None) -> Iterator[str]:
    weak = [page for page in assessed if page.weaknesses]
    yield f"Pages: {len(site.standings):,}. Links from page to page: {site.links:,}. Islands: {site.islands}."
    if site.reached:
        yield f"Within reach of the home page: {site.reached:,}. Clicks to the farthest: {site.farthest}."
    yield from _counted(assessed)
    yield ""
    if weak:
        yield _ROW.format(*_HEAD)
    for page in weak[:most]:
        yield _row(page)
        yield f"    {one_line(page.advice)}"
    if most and len(weak) > most:
        yield f"\n{len(weak) - most:,} more pages are not shown: --limit shows more."


def _counted(assessed: Sequence[Assessed]) -> Iterator[str]:
    from mkdocs_backlinks import advise  # noqa: PLC0415

    counts = [f"{weakness} {number:,}" for weakness, number in advise.counts(assessed).items() if number]
    yield f"Weaknesses: {', '.join(counts)}." if counts else "No page is weakly linked."


def _row(page: Assessed) -> str:
    standing = page.standing
    return _ROW.format(
        page.weaknesses[0],
        f"{standing.equity:.1f}",
        len(standing.linked_from),
        standing.texts,
        len(standing.links_to),
        _or_dash(standing.depth),
        _or_dash(standing.clicks),
        one_line(standing.page),
    )


def _changes_as(
    form: Format, figures: Mapping[str, dict[str, Json]], changes: Sequence[Change], most: int | None
) -> str:
    if form == "csv":
        return as_csv(map(_change_record, changes[:most]), _CHANGE)
    if form == "json":
        records: list[Json] = [_change_record(change) for change in changes[:most]]
        return as_json({"summary": dict(figures), "changes": records})
    return "\n".join([*_figures_compared(figures), "", *_change_lines(changes, most)]) + "\n"


def _change_record(change: Change) -> dict[str, Json]:
    return {
        "page": change.page,
        "before": change.before is not None,
        "after": change.after is not None,
        "equity": change.equity,
        "linked_from": change.linked_from,
        "gained": list(change.gained),
        "lost": list(change.lost),
        "advice": change.after.advice if change.after else "",
    }


def _figures_compared(figures: Mapping[str, dict[str, Json]]) -> Iterator[str]:
    for name, after in figures["after"].items():
        before = figures["before"][name]
        if before or after:
            sign = "  same" if before == after else ""
            yield f"{name:<11} {before!s:>7} -> {after!s:>7}{sign}"


def _change_lines(changes: Sequence[Change], most: int | None) -> Iterator[str]:
    if not changes:
        yield "No page has changed."
    for change in changes[:most]:
        yield f"{one_line(change.page)}  {', '.join(_differences(change))}"
        if change.gained and change.after:
            yield f"    {one_line(change.after.advice)}"
    if most and len(changes) > most:
        yield f"\n{len(changes) - most:,} more pages are not shown: --limit shows more."


def _differences(change: Change) -> Iterator[str]:
    if change.before is None:
        yield "new page"
    if change.after is None:
        yield "page gone"
    yield from (f"now {weakness}" for weakness in change.gained)
    if change.after:
        yield from (f"no longer {weakness}" for weakness in change.lost)
    yield from (f"{value:+} {name}" for name, value in _moved(change) if value)


def _moved(change: Change) -> Iterator[tuple[str, float]]:
    yield "equity", change.equity
    yield "linking pages", change.linked_from


def _or_dash(number: int | None) -> str:
    return "-" if number is None else str(number)

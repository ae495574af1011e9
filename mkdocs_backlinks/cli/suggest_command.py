"""`mkdocs-backlinks suggest`: print mentions that should be links, and write those that the author picks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_backlinks.cli.output import CLEAN, FOUND, one_line, say
from mkdocs_backlinks.cli.tables import Format, as_csv, as_json, most_shown, printing_options
from mkdocs_backlinks.errors import SourceFileError
from mkdocs_backlinks.model import Json

if TYPE_CHECKING:
    from mkdocs_backlinks.advise import SiteMarkdown, Suggestion

_COLUMNS = (
    "file line column page target title text replacement sentence probability confidence linked_from".split()
)
_SHOWN_UNREAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    root: Path | None
    form: Format
    limit: int | None
    per_page: int
    min_confidence: float | None
    writing: bool
    only: tuple[str, ...]

    def most(self) -> int | None:
        return most_shown(self.limit, self.form)


@click.command()
@click.argument("index", metavar="INDEX.json", type=click.Path(path_type=Path))
@click.option(
    "--root",
    metavar="FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of mkdocs.yml.  [default: the nearest above INDEX.json]",
)
@printing_options("How many to show.")
@click.option(
    "--per-page", type=click.IntRange(min=1), default=1, show_default=True, help="Suggestions for one page."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=None,
    help="How sure a suggestion must be.  [default: 0.35]",
)
@click.option("--write", "writing", is_flag=True, help="Write the links that you pick into the sources.")
@click.option("--only", metavar="PLACE", multiple=True, help="Pick the suggestion at FILE:LINE:COLUMN.")
def suggest(index: Path, **options: Any) -> int:  # noqa: ANN401 (the fields of _Options)
    """Find mentions of pages that should be links, by the links of the site itself.

    INDEX.json is what the plugin's option `index` writes. With --write you are asked about each
    suggestion; with --only as well, those are written without a question.
    """
    from mkdocs_backlinks import advise  # noqa: PLC0415
    from mkdocs_backlinks.index import load  # noqa: PLC0415

    chosen = _Options(**options)
    if chosen.writing and chosen.form != "table":
        raise click.UsageError("--write goes with the table, not with --format.")
    graph = load(index).graph
    folder = chosen.root or advise.project_folder(index)
    texts = advise.read_all(graph, folder)
    _say_unread(texts, folder)
    least = advise.LEAST_CONFIDENCE if chosen.min_confidence is None else chosen.min_confidence
    suggestions = advise.suggest(graph, texts.by_page, per_page=chosen.per_page, least_confidence=least)
    selected = _only(suggestions, chosen.only) if chosen.only else suggestions[: chosen.most()]
    if chosen.writing:
        return _write(selected if chosen.only else _picked(selected), folder)
    say(_as(chosen.form, selected, len(suggestions)))
    return CLEAN


def _say_unread(texts: SiteMarkdown, folder: Path) -> None:
    if texts.unread and not texts.by_page:
        raise SourceFileError(
            f"None of the {len(texts.unread)} sources is in {folder}. Name the folder of mkdocs.yml: --root."
        )
    for reason in texts.unread[:_SHOWN_UNREAD]:
        click.echo(f"Note: {one_line(reason)}", err=True)
    if len(texts.unread) > _SHOWN_UNREAD:
        click.echo(f"Note: {len(texts.unread)} sources in all cannot be read.", err=True)


def _only(suggestions: Sequence[Suggestion], locations: Sequence[str]) -> Sequence[Suggestion]:
    by_location = {_location(suggestion): suggestion for suggestion in suggestions}
    if unknown := [location for location in locations if location not in by_location]:
        raise click.BadParameter(f"there is no suggestion at {', '.join(unknown)}", param_hint="--only")
    return [by_location[location] for location in dict.fromkeys(locations)]


def _picked(suggestions: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """Return what the author says yes to; nothing is written before the last answer."""
    picked = []
    for number, suggestion in enumerate(suggestions, 1):
        say("\n".join([f"{number} of {len(suggestions)}", *_block(suggestion), ""]))
        answer = click.prompt("Write it?", type=click.Choice(["y", "n", "q"]), default="n")
        if answer == "q":
            break
        if answer == "y":
            picked.append(suggestion)
    return picked


def _write(picked: Sequence[Suggestion], folder: Path) -> int:
    from mkdocs_backlinks import advise  # noqa: PLC0415

    outcomes = advise.write(picked, folder)
    for outcome in outcomes:
        location = one_line(_location(outcome.suggestion))
        refused = f"not written: {one_line(outcome.refused)}" if outcome.refused else "written"
        say(f"{location}  {refused}\n")
    say(f"{_number(sum(not outcome.refused for outcome in outcomes), 'link')} written.\n")
    return FOUND if any(outcome.refused for outcome in outcomes) else CLEAN


def _as(form: Format, selected: Sequence[Suggestion], total: int) -> str:
    if form == "csv":
        return as_csv(map(_record, selected), _COLUMNS)
    if form == "json":
        return as_json({"suggestions": [_record(suggestion) for suggestion in selected]})
    lines = [line for suggestion in selected for line in (*_block(suggestion), "")]
    more = f" Shown are the first {len(selected)}: --limit shows more." if len(selected) < total else ""
    hint = " To write some: --write." if total else ""
    return "\n".join([*lines, f"{_number(total, 'suggestion')}.{more}{hint}"]) + "\n"


def _record(suggestion: Suggestion) -> dict[str, Json]:
    return {
        "file": suggestion.location.file,
        "line": suggestion.location.line,
        "column": suggestion.location.column,
        "page": suggestion.page,
        "target": suggestion.target,
        "title": suggestion.title,
        "text": suggestion.text,
        "replacement": suggestion.replacement,
        "sentence": str(suggestion.sentence),
        "probability": suggestion.probability,
        "confidence": suggestion.confidence,
        "linked_from": suggestion.linked_from,
    }


def _block(suggestion: Suggestion) -> Iterator[str]:
    """Yield the lines of a suggestion for a person."""
    yield one_line(_location(suggestion))
    yield f"  {one_line(str(suggestion.sentence))}"
    yield f"  write: {one_line(suggestion.replacement)}"
    number = suggestion.linked_from
    pages = f"{_number(number, 'page')} link" if number else "no page links"
    yield f'  to: "{one_line(suggestion.title)}", to which {pages}; confidence {suggestion.confidence:.2f}'


def _location(suggestion: Suggestion) -> str:
    return f"{suggestion.location.file}:{suggestion.location.line}:{suggestion.location.column}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

"""`mkdocs-backlinks suggest`: mentions that should be links, shown and, where the author says so, written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_backlinks.cli.exit_codes import CLEAN, FOUND
from mkdocs_backlinks.cli.output import say, shown
from mkdocs_backlinks.cli.tables import Format, as_csv, as_json, most_shown, printing_options
from mkdocs_backlinks.errors import SourceFileError
from mkdocs_backlinks.model import Json

if TYPE_CHECKING:
    from mkdocs_backlinks.advise import PageTexts, Suggestion

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

    asked = _Options(**options)
    if asked.writing and asked.form != "table":
        raise click.UsageError("--write goes with the table, not with --format.")
    graph = load(index).graph
    folder = asked.root or advise.project_folder(index)
    texts = advise.read_all(graph, folder)
    _say_unread(texts, folder)
    least = advise.LEAST_CONFIDENCE if asked.min_confidence is None else asked.min_confidence
    found = advise.suggest(graph, texts.by_page, per_page=asked.per_page, least_confidence=least)
    chosen = _only(found, asked.only) if asked.only else found[: asked.most()]
    if asked.writing:
        return _write(chosen if asked.only else _picked(chosen), folder)
    say(_as(asked.form, chosen, len(found)))
    return CLEAN


def _say_unread(texts: PageTexts, folder: Path) -> None:
    if texts.unread and not texts.by_page:
        raise SourceFileError(
            f"None of the {len(texts.unread)} sources is in {folder}. Name the folder of mkdocs.yml: --root."
        )
    for reason in texts.unread[:_SHOWN_UNREAD]:
        click.echo(f"Note: {shown(reason)}", err=True)
    if len(texts.unread) > _SHOWN_UNREAD:
        click.echo(f"Note: {len(texts.unread)} sources in all cannot be read.", err=True)


def _only(found: Sequence[Suggestion], places: Sequence[str]) -> Sequence[Suggestion]:
    by_place = {_place(one): one for one in found}
    if unknown := [place for place in places if place not in by_place]:
        raise click.BadParameter(f"there is no suggestion at {', '.join(unknown)}", param_hint="--only")
    return [by_place[place] for place in dict.fromkeys(places)]


def _picked(found: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """What the author says yes to; nothing is written before the last answer."""
    picked = []
    for number, one in enumerate(found, 1):
        say("\n".join([f"{number} of {len(found)}", *_block(one), ""]))
        answer = click.prompt("Write it?", type=click.Choice(["y", "n", "q"]), default="n")
        if answer == "q":
            break
        if answer == "y":
            picked.append(one)
    return picked


def _write(picked: Sequence[Suggestion], folder: Path) -> int:
    from mkdocs_backlinks import advise  # noqa: PLC0415

    outcomes = advise.write(picked, folder)
    for outcome in outcomes:
        place = shown(_place(outcome.suggestion))
        refused = f"not written: {shown(outcome.refused)}" if outcome.refused else "written"
        say(f"{place}  {refused}\n")
    say(f"{_number(sum(not one.refused for one in outcomes), 'link')} written.\n")
    return FOUND if any(one.refused for one in outcomes) else CLEAN


def _as(form: Format, chosen: Sequence[Suggestion], found: int) -> str:
    if form == "csv":
        return as_csv(map(_record, chosen), _COLUMNS)
    if form == "json":
        return as_json({"suggestions": [_record(one) for one in chosen]})
    lines = [line for one in chosen for line in (*_block(one), "")]
    more = f" Shown are the first {len(chosen)}: --limit shows more." if len(chosen) < found else ""
    how = " To write some: --write." if found else ""
    return "\n".join([*lines, f"{_number(found, 'suggestion')}.{more}{how}"]) + "\n"


def _record(one: Suggestion) -> dict[str, Json]:
    return {
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "page": one.page,
        "target": one.target,
        "title": one.title,
        "text": one.text,
        "replacement": one.replacement,
        "sentence": str(one.sentence),
        "probability": one.probability,
        "confidence": one.confidence,
        "linked_from": one.linked_from,
    }


def _block(one: Suggestion) -> Iterator[str]:
    """A suggestion as a person reads it."""
    yield shown(_place(one))
    yield f"  {shown(str(one.sentence))}"
    yield f"  write: {shown(one.replacement)}"
    pages = "no page links" if not one.linked_from else f"{_number(one.linked_from, 'page')} link"
    yield f'  to: "{shown(one.title)}", to which {pages}; confidence {one.confidence:.2f}'


def _place(one: Suggestion) -> str:
    return f"{one.place.file}:{one.place.line}:{one.place.column}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

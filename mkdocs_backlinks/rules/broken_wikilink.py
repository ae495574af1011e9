"""Rule: a `[[wikilink]]` that names no page, or more than one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from posixpath import basename, splitext

from mkdocs_backlinks.index.wikilinks import Wikilink, parse
from mkdocs_backlinks.model import Fix, Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, Suggestions, link_rule
from mkdocs_backlinks.rules.engine.name_index import LIMIT, nearest
from mkdocs_backlinks.rules.engine.rewriting import rewritten_wikilink
from mkdocs_backlinks.rules.engine.suggestions import suggestions_of

_NEAR = 0.7


@link_rule(severity="error", scope="internal", kinds=("wikilink",))
def broken_wikilink(link: Link, facts: Facts) -> Problem | None:
    """A wikilink does not say which page it means.

    ## Why it matters
    The reader finds plain text where a link was promised. Either no page or file has that name, because
    it was renamed or misspelled, or several have it and none is nearer than the others. Which of them was
    meant only the author knows, so none is taken. What is embedded with `!` must be an image.

    ## Example
    `[[Setup]]` on the home page, when there are `linux/setup.md` and `windows/setup.md`.

    ## What to do
    Take the suggestion, or write more of the path: `[[linux/setup]]`. A path from the root, such as
    `[[/linux/setup]]`, is never in doubt. To keep an old name, list it under `aliases` in the front
    matter of the page. Brackets that are not meant as a wikilink belong in code, or are escaped: `\\[[`.
    """
    written = parse(facts.source(link).href)
    if written is None:
        return None
    if not link.candidates:
        return _unknown(written, facts)
    known: dict[str, Json] = {"target": written.target, "candidates": list(link.candidates)}
    if len(link.candidates) == 1:
        plain = str(Wikilink(written.target, written.text))
        return Problem(f'"{written.target}" is no image, and only images can be embedded', known, Fix(plain))
    names = ", ".join(link.candidates)
    return Problem(
        f'"{written.target}" may mean any of these: {names}',
        known,
        suggest=partial(_candidates, written, link.candidates),
    )


def _unknown(written: Wikilink, facts: Facts) -> Problem:
    known: dict[str, Json] = {"target": written.target}
    message = f'there is no page or file named "{written.target}"'
    return Problem(message, known, suggest=partial(_meant, written, facts))


def _candidates(written: Wikilink, uris: Iterable[str]) -> Suggestions:
    return suggestions_of(rewritten_wikilink(written, uri) for uri in uris)


def _meant(written: Wikilink, facts: Facts) -> Suggestions:
    name = written.target.partition("#")[0].strip()
    hrefs = [rewritten_wikilink(written, uri) for uri in _like(name, facts, files=written.embedded)]
    return suggestions_of(hrefs, hrefs[0] if len(hrefs) == 1 else None)


def _like(name: str, facts: Facts, *, files: bool) -> list[str]:
    """Return the paths of pages, or of other files, with nearly this title, file name or path."""
    uris: dict[str, list[str]] = defaultdict(list)
    for uri in facts.graph.assets if files else facts.graph.pages:
        uris[basename(uri) if files else splitext(basename(uri))[0]].append(uri)
    for page in () if files else facts.graph.pages.values():
        uris[page.title].append(page.uri)
    names = facts.asset_names if files else facts.page_names
    by_name = [uri for match in nearest(name, sorted(uris), _NEAR) for uri in sorted(uris[match])]
    return list(dict.fromkeys([*by_name, *names.similar((name,)).names]))[:LIMIT]

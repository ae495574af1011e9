"""Rule: a link to a place on a page that the page does not have."""

from __future__ import annotations

import re
from functools import partial
from posixpath import dirname

from mkdocs_backlinks.index.html.text_fragments import SearchableText, TextDirective, directives
from mkdocs_backlinks.model import Json, Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts, Problem, Suggestions, link_rule
from mkdocs_backlinks.rules.engine.name_index import LIMIT, nearest
from mkdocs_backlinks.rules.engine.rewriting import readable, rewritten_href
from mkdocs_backlinks.rules.engine.suggestions import suggestions_of
from mkdocs_backlinks.rules.engine.target_lookup import (
    anchors_in_other_case,
    linkable_anchors,
    missing_anchor,
    missing_text,
)

_NEAR = 0.7
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


@link_rule(severity="error", scope="internal", kinds=("page",))
def broken_anchor(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a heading or another place on a page, and the page has no such place.

    ## Why it matters
    The page opens at its top, and the reader has to find by hand what the link promised. It happens
    whenever a heading is reworded, because the part behind `#` is made from the heading's text.

    ## Example
    `[the limits](install.md#known-limits)` after "Known limits" has become "Limits".

    ## What to do
    Take the suggestion, which is a near spelling on the same page or the same heading on another page.
    To keep a heading's anchor when its text changes, name it: `## Limits { #known-limits }` with the
    `attr_list` extension.

    A link can also ask for a piece of text: `install.md#:~:text=known%20limits`. It is found on the
    finished page by the algorithm of browsers, or else named here. A comma, `&` or `-` in the text has to
    be encoded: `%2C`, `%26`, `%2D`.
    """
    where = "this page" if link.target == link.source else f'the page "{link.target}"'
    fragment = missing_anchor(link, facts)
    if fragment is None:
        return _no_text(link, facts, where)
    if anchors_in_other_case(link, fragment, facts):
        return None
    return Problem(
        f'{where} has no anchor "{fragment}"',
        {"target": link.target, "fragment": fragment},
        suggest=partial(_meant, link, fragment, facts),
    )


def _no_text(link: Link, facts: Facts, where: str) -> Problem | None:
    """Return the problem that a browser finds nothing by a text directive."""
    written = missing_text(link, facts)
    if written is None:
        return None
    directive = directives(link.fragment or "")[written]
    evidence: dict[str, Json] = {"target": link.target, "text": written}
    if directive is None:
        return Problem(f'no browser can read the text directive "{written}"', evidence)
    shown = directive.start if directive.end is None else f"{directive.start} … {directive.end}"
    around = " between the words given with it" if directive.prefix or directive.suffix else ""
    return Problem(
        f'{where} has no text "{shown}"{around}',
        evidence,
        suggest=partial(_text_meant, link, written, directive, facts),
    )


def _text_meant(link: Link, written: str, directive: TextDirective, facts: Facts) -> Suggestions:
    page = PageUri(link.target)
    text = facts.texts[page]
    alone = TextDirective(directive.start, directive.end)
    matches = [alone] if text.has(alone) else list(map(TextDirective, _near_texts(directive.start, text)))
    fragments = [(link.fragment or "").replace(written, str(match)) for match in matches]
    hrefs = [rewritten_href(link, facts, page, fragment) for fragment in fragments]
    return suggestions_of(hrefs, hrefs[0] if len(hrefs) == 1 else None)


def _near_texts(wanted: str, text: SearchableText) -> tuple[str, ...]:
    """Return the texts of as many words that are spelled most like the one that is wanted."""
    count = len(_WORD.findall(wanted))
    windows = {
        run[first.start() : last.end()]
        for run in text.runs
        for words in (list(_WORD.finditer(run)),)
        for first, last in zip(words, words[count - 1 :], strict=False)
    }
    return nearest(wanted, sorted(windows), _NEAR) if count else ()


def _meant(link: Link, fragment: str, facts: Facts) -> Suggestions:
    target = PageUri(link.target)
    own = [(target, anchor) for anchor in nearest(fragment, sorted(linkable_anchors(target, facts)), _NEAR)]
    elsewhere = [(uri, fragment) for uri, page in facts.graph.pages.items() if fragment in page.anchors]
    matches = own + (elsewhere if len(elsewhere) <= LIMIT else [])
    hrefs = [rewritten_href(link, facts, uri, readable(anchor)) for uri, anchor in matches[:LIMIT]]
    # Far away, the same words are more often another heading than the same one moved.
    is_clear = len(matches) == 1 and dirname(matches[0][0]) == dirname(target)
    return suggestions_of(hrefs, hrefs[0] if is_clear else None)

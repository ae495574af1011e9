"""Rule: an ignore mark that has nothing to silence."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks.model import Json, Page
from mkdocs_backlinks.rules.engine.base import Facts, Problem, UnusedMark, page_rule


@page_rule(severity="warn")
def unused_ignore(page: Page, facts: Facts) -> Iterator[Problem]:
    """A mark that silences a rule has nothing left to silence, or names no rule.

    ## Why it matters
    A mark that has done its work looks as if something were still wrong, and would hide the next problem
    of that link without a word. A mark with a misspelt name does nothing at all. Marks for a rule that is
    set to `ignore`, and marks at an external link that gave no clear answer this time, are left alone.

    ## Example
    `[notes](notes.md) <!-- backlinks-ignore: broken_page written next week -->`, long after `notes.md`
    has been written.

    ## What to do
    Take the mark out, or correct the name of the rule in it.
    """
    for unused in facts.unused_marks.get(page.uri, ()):
        known: dict[str, Json] = {"ignored_rule": unused.mark.rule, "reason": unused.mark.reason}
        if unused.likely:
            known["suggestions"] = [unused.likely]
        yield Problem(_message(unused), known, link=unused.link)


def _message(unused: UnusedMark) -> str:
    rule = unused.mark.rule
    if rule is None:
        return "there is nothing to ignore at this link: backlinks-ignore can go"
    if not rule:
        return "the mark backlinks-ignore names no rule, and so ignores nothing"
    if not unused.names_rule:
        return f'there is no rule "{rule}" to ignore'
    if unused.link is None:
        return f'there is no link here at which to ignore "{rule}"'
    return f'there is no problem "{rule}" here to ignore: the mark can go'

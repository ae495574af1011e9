"""Rule: two links that read alike and lead to different places."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Heading, Json, Link, Page
from mkdocs_backlinks.rules.engine.base import Facts, Problem, page_rule
from mkdocs_backlinks.rules.engine.link_texts import is_vague


@page_rule(severity="info")
def same_text_different_target(page: Page, facts: Facts) -> Iterator[Problem]:
    """Two links below one heading have the same text and lead to two different targets.

    ## Why it matters
    A reader who has followed the first will not follow the second, and in a list of the page's links the
    two cannot be told apart. Often one of the two addresses is a slip. A text that leads to three targets
    or more is taken for a label, such as "source" in each row of a table, and so is the same text under
    another heading. Two places on one page are one target.

    ## Example
    `The [manual](https://example.org/v1/) has changed, see the [manual](https://example.org/v2/).`

    ## What to do
    Check both addresses, and say in the texts what the difference is: "manual of version 1".
    """
    groups: dict[tuple[str, Heading | None], dict[str, Link]] = {}
    for link in facts.graph.outgoing.get(page.uri, ()):
        if link.text and link.element == "a" and link.kind != "wikilink":
            groups.setdefault((link.text.casefold(), link.heading), {}).setdefault(link.target, link)
    for by_target in groups.values():
        if len(by_target) != 2:
            continue
        first, second = by_target.values()
        if not is_vague(second.text, page.language):
            yield _problem(first, second)


def _problem(first: Link, second: Link) -> Problem:
    targets: list[Json] = [urls.without_credentials(link.target) for link in (first, second)]
    return Problem(
        f'the text "{second.text}" leads here to {targets[1]}, and above to {targets[0]}',
        {"text": second.text, "targets": targets},
        link=second,
    )

"""Rule: a link whose text does not say where it leads."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link, PageUri
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.link_texts import is_vague, normalized, target_title


@link_rule(severity="warn", scope="internal", kinds=("page", "asset", "external"))
def vague_text(link: Link, facts: Facts) -> Problem | None:
    """The text of a link does not say where the link leads.

    ## Why it matters
    Readers look over a page from link to link, and a screen reader can list the links alone: ten times
    "here" helps nobody. Search engines, too, learn what a page is about from the texts that lead to it.
    Lists for ten languages are built in. That of the theme's language counts, and the English one; where
    the language is none of the ten, all do. A text counts only when it is the whole text of the link.

    ## Example
    `To install it, click [here](install.md).`

    ## What to do
    Make the link of the words that name its target: `See [how to install it](install.md).` The title of
    the page that it leads to is nearly always a good text.
    """
    page = facts.graph.pages.get(link.source)
    if link.element != "a" or not is_vague(link.text, page.language if page else ""):
        return None
    if normalized(link.text) in map(normalized, _names_of_target(link, facts)):
        return None
    title = target_title(link, facts)
    what = f'"{title}"' if title else urls.without_credentials(link.target or link.href)
    known: dict[str, Json] = {"text": link.text, "title": title}
    return Problem(f'the text "{link.text}" does not say that the link leads to {what}', known)


def _names_of_target(link: Link, facts: Facts) -> Iterator[str]:
    """Yield the names of what a link leads to: a page's title or heading, a project's name in an address."""
    if link.kind == "external" and (address := urls.parse(link.target)):
        yield from address.host.split(".")
        yield urls.decode_path(address.path).rstrip("/").rpartition("/")[2]
    page = facts.graph.pages.get(PageUri(link.target)) if link.kind == "page" else None
    if page:
        yield page.title
        yield from (heading.text for heading in page.headings)

"""Rule: a link whose text is an address."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.link_texts import target_title

_ADDRESSES = ("http://", "https://", "www.")
_SHOWN = 80


@link_rule(severity="info", scope="internal", kinds=("page", "asset", "external"))
def url_as_text(link: Link, facts: Facts) -> Problem | None:
    """The text of a link is an address, although there was room for words.

    ## Why it matters
    A screen reader spells an address out sign by sign, and it seldom says what is there. It also has to
    be changed in two places. Not named are an address that stands for itself, bare or as
    `<https://example.org/docs/>`, which is meant to be seen, and one without a path: `www.example.org` is
    what a site is called.

    ## Example
    `[https://example.org/docs/setup.html](https://example.org/docs/setup.html)`

    ## What to do
    Write what is there: `[how to set it up](https://example.org/docs/setup.html)`. Where the address
    itself matters, write it in angle brackets.
    """
    if (
        link.element != "a"
        or not link.text.startswith(_ADDRESSES)
        or _is_host(link.text)
        or facts.source(link).bare
    ):
        return None
    text = urls.without_credentials(link.text)
    known: dict[str, Json] = {"text": text}
    if title := target_title(link, facts):
        known["title"] = title
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return Problem(f'the text of the link is an address: "{shown}"', known)


def _is_host(text: str) -> bool:
    return "/" not in text.rpartition("://")[2].rstrip("/")

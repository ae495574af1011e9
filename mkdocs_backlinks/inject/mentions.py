"""What the links of one page say about another: no more than the reader does not know already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_backlinks.inject.text import clean, marked_up, shorten, tidy
from mkdocs_backlinks.model import Backlink, Excerpt, Heading, Link
from mkdocs_backlinks.urls import encode_path

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where and how one page links to another: the heading above the link and the text around it.

    `heading` is empty where it would repeat the page's title or the mention above, `href` is empty where
    the heading has no address. `before`, `text` and `after` are the excerpt, with no other markup than
    `<code>`, `<em>`, `<strong>` and `<span class="bl-label">`; all three may be empty.
    """

    heading: Markup
    href: Markup
    before: Markup
    text: Markup
    after: Markup


def mentions(backlink: Backlink, address: str, *, shows_text: bool) -> Iterator[Mention]:
    """What each link of the page at `address` says that the page's title and the links before it do not."""
    title = clean(backlink.page.title).strip()
    above: Heading | None = None
    told = {""}
    for link in backlink.links:
        heading = _heading(link)
        excerpt = _excerpt(link) if shows_text else Excerpt()
        is_new = heading and heading != above and not (above is None and heading.text == title)
        if str(excerpt) in told:
            if not is_new:
                continue
            excerpt = Excerpt()
        told.add(str(excerpt))
        above = heading if is_new else above
        yield _mention(address, heading if is_new else None, shorten(excerpt))


def _heading(link: Link) -> Heading | None:
    text = clean(link.heading.text).strip() if link.heading else ""
    return Heading(clean(link.heading.id), text) if link.heading and text else None


def _excerpt(link: Link) -> Excerpt:
    """The excerpt, or an empty one where it holds no word beyond the link's own text or the heading's."""
    before, text, after = map(tidy, (link.excerpt.before, link.excerpt.text, link.excerpt.after))
    if not text.strip():
        before, text = before + text, ""
    excerpt = Excerpt(before.lstrip(), text, after.rstrip())
    says_more = any(map(str.isalnum, excerpt.before + excerpt.after))
    repeats = link.heading is not None and str(excerpt).strip() == clean(link.heading.text).strip()
    return excerpt if says_more and not repeats else Excerpt()


def _mention(address: str, heading: Heading | None, excerpt: Excerpt) -> Mention:
    return Mention(
        heading=escape(heading.text) if heading else _NOTHING,
        href=escape(f"{address}#{encode_path(heading.id)}") if heading and heading.id else _NOTHING,
        before=marked_up(excerpt.before),
        text=marked_up(excerpt.text),
        after=marked_up(excerpt.after),
    )

"""Quotes of the links of one page to another, without what the reader knows already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_backlinks.inject.safe_text import clean, clean_marked, shorten_excerpt, to_markup
from mkdocs_backlinks.model import Backlink, Excerpt, Heading, Link
from mkdocs_backlinks.urls import encode_path


@dataclass(frozen=True, slots=True)
class LinkMention:
    """One link as it is quoted on its target: the heading above it and the text around it.

    `heading` is empty where it would repeat the page's title or the mention above, `href` is empty where
    the heading has no address. `before`, `text` and `after` are the excerpt, with no other markup than
    `<code>`, `<em>`, `<strong>` and `<span class="bl-label">`; all three may be empty.
    """

    heading: Markup
    href: Markup
    before: Markup
    text: Markup
    after: Markup

    @classmethod
    def of(cls, url: str, heading: Heading | None, excerpt: Excerpt) -> LinkMention:
        """Return a mention on the page at `url`, which is relative to the page that shows it."""
        return cls(
            heading=escape(heading.text) if heading else Markup(),
            href=escape(f"{url}#{encode_path(heading.id)}") if heading and heading.id else Markup(),
            before=to_markup(excerpt.before),
            text=to_markup(excerpt.text),
            after=to_markup(excerpt.after),
        )


def link_mentions(backlink: Backlink, url: str, *, shows_text: bool) -> Iterator[LinkMention]:
    """Yield mentions of the links that add something to the page's title and the mentions before."""
    title = clean(backlink.page.title).strip()
    last_heading: Heading | None = None
    quoted = {""}
    for link in backlink.links:
        heading = _heading(link)
        excerpt = _excerpt(link) if shows_text else Excerpt()
        repeats_title = heading and last_heading is None and heading.text == title
        is_new = heading and heading != last_heading and not repeats_title
        if str(excerpt) in quoted:
            if not is_new:
                continue
            excerpt = Excerpt()
        quoted.add(str(excerpt))
        last_heading = heading if is_new else last_heading
        yield LinkMention.of(url, heading if is_new else None, shorten_excerpt(excerpt))


def _heading(link: Link) -> Heading | None:
    text = clean(link.heading.text).strip() if link.heading else ""
    return Heading(clean(link.heading.id), text) if link.heading and text else None


def _excerpt(link: Link) -> Excerpt:
    """Return the excerpt, empty where it has no word beyond the link's own text or the heading's."""
    before, text, after = map(clean_marked, (link.excerpt.before, link.excerpt.text, link.excerpt.after))
    if not text.strip():
        before, text = before + text, ""
    excerpt = Excerpt(before.lstrip(), text, after.rstrip())
    says_more = any(map(str.isalnum, excerpt.before + excerpt.after))
    repeats = link.heading is not None and str(excerpt).strip() == clean(link.heading.text).strip()
    return excerpt if says_more and not repeats else Excerpt()

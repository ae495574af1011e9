"""Read what the front matter of a page asks of this plugin."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath
from typing import NamedTuple

from mkdocs.plugins import get_plugin_logger

from mkdocs_backlinks.model import PageUri

log = get_plugin_logger("backlinks")


class FrontMatter(NamedTuple):
    """The fields of the front matter that this plugin reads; `unrelated` pages are not related ones."""

    hidden: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    pinned: tuple[PageUri, ...] = ()
    unrelated: frozenset[PageUri] = frozenset()

    @classmethod
    def of(cls, meta: Mapping[str, object], page: str, pages: Collection[str]) -> FrontMatter:
        """Read the front matter of the page at the source path `page`; `pages` are all source paths."""
        related = meta.get("related")
        fields = related if isinstance(related, dict) else {}
        return cls(
            hidden=frozenset(texts(meta.get("hide"))),
            tags=_tags(meta),
            pinned=tuple(_uris(fields.get("pin"), page, pages)),
            unrelated=frozenset(_uris(fields.get("exclude"), page, pages)),
        )


def texts(value: object) -> list[str]:
    """Return a list of texts from front matter, where one text may stand alone."""
    if value is None:
        return []
    values: Sequence[object] = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _tags(meta: Mapping[str, object]) -> tuple[str, ...]:
    """Return the tags and keywords of a page, each once; in one text, commas stand between them."""
    values = [*texts(meta.get("tags")), *texts(meta.get("keywords"))]
    tags = (tag.strip() for text in values for tag in text.split(","))
    return tuple(dict.fromkeys(filter(None, tags)))


def _uris(value: object, page: str, pages: Collection[str]) -> Iterator[PageUri]:
    """Yield the pages that front matter names by paths below `docs_dir` or from the page's own folder."""
    for path in texts(value):
        candidates = (normpath(path), normpath(join(dirname(page), path)))
        uri = next((candidate for candidate in candidates if candidate in pages), None)
        if uri is None:
            log.warning(f"{page}: `related` in the front matter names {path!r}, and there is no such page.")
        else:
            yield PageUri(uri)

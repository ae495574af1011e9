"""Collect the names by which wikilinks may lead to the pages and files of one build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from markdown import Markdown
from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.meta import get_data

from mkdocs_backlinks.adapter.front_matter import texts
from mkdocs_backlinks.adapter.source_files import file_text, source_names
from mkdocs_backlinks.adapter.wikilink_syntax import FindPage, WikilinkExtension
from mkdocs_backlinks.index.markdown.syntax import text_start
from mkdocs_backlinks.index.wiki_names import Named, Slugify, WikiNames, first_title
from mkdocs_backlinks.model import PageUri

_ALIASES = ("alias", "aliases")
# What MkDocs registers, with the file of the page, for each page that it converts.
_RELATIVE_PATHS = "relpath"


def add_wikilinks(config: MkDocsConfig, find_page: FindPage) -> None:
    """Add wikilinks to the site's Markdown; once, however often a build begins with one configuration."""
    if not any(isinstance(extension, WikilinkExtension) for extension in config.markdown_extensions):
        config.markdown_extensions.append(WikilinkExtension(find_page))  # type: ignore[arg-type]


class WikilinkTargets:
    """The pages and files of one build by their names; sources are read for the first wikilink."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._nav_titles: Mapping[str, str] = {}
        self._names: WikiNames | None = None

    def set_nav(self, nav: Navigation) -> None:
        # No page is read yet, so that each title is one of the navigation.
        self._nav_titles = {page.file.src_uri: page.title for page in nav.pages if page.title}

    def names(self, files: Files) -> WikiNames:
        """Return what the wikilinks of this build may name, read once."""
        if self._names is None:
            self._names = WikiNames(self._named(files), _slugify(self._config))
        return self._names

    def find_page(self, md: Markdown) -> tuple[WikiNames, PageUri] | None:
        """Return the page that a converter converts, with the names; None if it converts something else."""
        if _RELATIVE_PATHS not in md.treeprocessors:
            return None
        relative_paths = md.treeprocessors[_RELATIVE_PATHS]
        file, files = getattr(relative_paths, "file", None), getattr(relative_paths, "files", None)
        if not isinstance(file, File) or not isinstance(files, Files):
            return None
        return self.names(files), PageUri(file.src_uri)

    def _named(self, files: Files) -> Iterator[Named]:
        themes = frozenset(self._config.theme.dirs)
        for file in files:
            if file.inclusion.is_excluded() or file.src_dir in themes:
                continue
            if file.is_documentation_page():
                yield _named_page(file, self._nav_titles.get(file.src_uri))
            else:
                yield Named(uri=file.src_uri, paths=tuple(source_names(file)))


def _named_page(file: File, nav_title: str | None) -> Named:
    text, meta = _with_front_matter(file_text(file) or "")
    titles = [title for title in (nav_title, *texts(meta.get("title")), first_title(text)) if title]
    aliases = [alias for key in _ALIASES for alias in texts(meta.get(key))]
    return Named(
        uri=file.src_uri,
        paths=tuple(source_names(file)),
        title=titles[0] if titles else "",
        names=(*titles[1:], *aliases),
        markdown=partial(file_text, file),
    )


def _with_front_matter(content: str) -> tuple[str, Mapping[str, object]]:
    """Return the text of a page, and its front matter; that is slow to read, and mostly names nothing."""
    start = text_start(content)
    if start and not any(word in content[:start] for word in ("title", *_ALIASES)):
        return content[start:], {}
    return get_data(content)


def _slugify(config: MkDocsConfig) -> Slugify:
    """Return the function by which the site's table of contents makes an `id` of a heading."""
    toc = config.mdx_configs.get("toc") or {}
    chosen: Callable[[str, str], str] = toc.get("slugify") or slugify
    separator = str(toc.get("separator", "-"))
    return lambda text: chosen(text, separator)

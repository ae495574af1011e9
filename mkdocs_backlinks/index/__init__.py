"""Every page's outgoing links become one graph."""

from mkdocs_backlinks.index.ahead import ReadAhead
from mkdocs_backlinks.index.build import IndexCache, build
from mkdocs_backlinks.index.export import dump, load, load_related
from mkdocs_backlinks.index.finished import FinishedSite
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.read import plain_text
from mkdocs_backlinks.index.html.text_fragments import PageText
from mkdocs_backlinks.index.pages import Scope
from mkdocs_backlinks.index.site import spellings
from mkdocs_backlinks.index.source_links import Index, SourceLinks
from mkdocs_backlinks.index.sources import PageSource, SiteSource

__all__ = [
    "FinishedSite",
    "Index",
    "IndexCache",
    "LinkGraph",
    "PageSource",
    "PageText",
    "ReadAhead",
    "Scope",
    "SiteSource",
    "SourceLinks",
    "build",
    "dump",
    "load",
    "load_related",
    "plain_text",
    "spellings",
]

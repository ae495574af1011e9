"""Every page's outgoing links become one graph."""

from mkdocs_backlinks.index.build import IndexCache, build
from mkdocs_backlinks.index.build_input import PageSource, SiteSource
from mkdocs_backlinks.index.export import dump, load, load_related
from mkdocs_backlinks.index.external_targets import external_targets
from mkdocs_backlinks.index.finished_site import FinishedSite
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.page_content import Scope, plain_text
from mkdocs_backlinks.index.html.text_fragments import SearchableText
from mkdocs_backlinks.index.site_addresses import spellings
from mkdocs_backlinks.index.source_links import Index, SourceLinks

__all__ = [
    "FinishedSite",
    "Index",
    "IndexCache",
    "LinkGraph",
    "PageSource",
    "Scope",
    "SearchableText",
    "SiteSource",
    "SourceLinks",
    "build",
    "dump",
    "external_targets",
    "load",
    "load_related",
    "plain_text",
    "spellings",
]

"""What is known of a page's neighbours becomes sections of its HTML."""

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.labels import Labels, load_labels
from mkdocs_backlinks.inject.memory import Memory, Written
from mkdocs_backlinks.inject.mentions import Mention
from mkdocs_backlinks.inject.sections import ASSETS, STYLESHEET, TEMPLATES, Section, load_templates
from mkdocs_backlinks.inject.site_graph import GRAPH_ASSETS
from mkdocs_backlinks.inject.writer import Writer

__all__ = [
    "ASSETS",
    "GRAPH_ASSETS",
    "STYLESHEET",
    "TEMPLATES",
    "BacklinkItem",
    "Labels",
    "Memory",
    "Mention",
    "RelatedItem",
    "Section",
    "Writer",
    "Written",
    "load_labels",
    "load_templates",
]

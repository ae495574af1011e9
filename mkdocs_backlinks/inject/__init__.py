"""What is known of a page's neighbours becomes sections of its HTML."""

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.labels import Labels, load_labels
from mkdocs_backlinks.inject.mentions import Mention
from mkdocs_backlinks.inject.page_sections import PageSections, SectionRenderer
from mkdocs_backlinks.inject.sections import ASSETS, STYLESHEET, TEMPLATES, PageSection, load_templates
from mkdocs_backlinks.inject.site_graph import GRAPH_ASSETS

__all__ = [
    "ASSETS",
    "GRAPH_ASSETS",
    "STYLESHEET",
    "TEMPLATES",
    "BacklinkItem",
    "Labels",
    "Mention",
    "PageSection",
    "PageSections",
    "RelatedItem",
    "SectionRenderer",
    "load_labels",
    "load_templates",
]

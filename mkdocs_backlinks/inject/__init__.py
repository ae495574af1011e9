"""Sections of the pages: backlinks, related pages and pictures of links, rendered from the link graph."""

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.labels import Labels, load_labels
from mkdocs_backlinks.inject.link_mentions import LinkMention
from mkdocs_backlinks.inject.section_renderer import PageSections, SectionRenderer
from mkdocs_backlinks.inject.sections import ASSETS, STYLESHEET, TEMPLATES, PageSection, load_templates
from mkdocs_backlinks.inject.site_graph import GRAPH_ASSETS

__all__ = [
    "ASSETS",
    "GRAPH_ASSETS",
    "STYLESHEET",
    "TEMPLATES",
    "BacklinkItem",
    "Labels",
    "LinkMention",
    "PageSection",
    "PageSections",
    "RelatedItem",
    "SectionRenderer",
    "load_labels",
    "load_templates",
]

"""What is known of a page's neighbours becomes sections of its HTML."""

from mkdocs_backlinks.inject.items import (
    BacklinkItem,
    Mention,
    RelatedItem,
    backlink_items,
    related_items,
)
from mkdocs_backlinks.inject.sections import (
    ASSETS,
    STYLESHEET,
    TEMPLATES,
    Section,
    Templates,
    load_templates,
    place,
    sections,
)

__all__ = [
    "ASSETS",
    "STYLESHEET",
    "TEMPLATES",
    "BacklinkItem",
    "Mention",
    "RelatedItem",
    "Section",
    "Templates",
    "backlink_items",
    "load_templates",
    "place",
    "related_items",
    "sections",
]

"""Backlinks, related pages and a link gate for MkDocs, from one index of the site's links."""

__version__ = "0.1.0"

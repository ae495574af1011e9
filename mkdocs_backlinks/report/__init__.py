"""Render a report as text or JSON: one file for each format. Nothing is decided here."""

from mkdocs_backlinks.report.json_v1 import render as as_json
from mkdocs_backlinks.report.plain_text import failure_message, most_severe
from mkdocs_backlinks.report.plain_text import render as as_text
from mkdocs_backlinks.report.summary import Summary, summarise

__all__ = ["Summary", "as_json", "as_text", "failure_message", "most_severe", "summarise"]

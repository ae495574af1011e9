"""A report becomes text or JSON; nothing is decided here."""

from mkdocs_backlinks.report.json_v1 import render as as_json
from mkdocs_backlinks.report.summary import Summary, summarise
from mkdocs_backlinks.report.text import printed, verdict_line
from mkdocs_backlinks.report.text import render as as_text

__all__ = ["Summary", "as_json", "as_text", "printed", "summarise", "verdict_line"]

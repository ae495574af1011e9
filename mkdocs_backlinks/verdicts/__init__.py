"""Judges the evidence on an external address. The check itself needs no more of it than the one verdict."""

from mkdocs_backlinks.verdicts.verdict import verdict

__all__ = ["verdict"]

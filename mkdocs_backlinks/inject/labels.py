"""Every word that a section says by itself, in one place, so that a language is one value."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_backlinks.model import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of the sections in one language: plain text, English by default.

    What depends on a number is a method, because other languages have other plurals.
    """

    backlinks: str = "Backlinks"
    related: str = "Related pages"

    def more(self, count: int) -> str:
        """What opens the rest of a list."""
        return f"{count} more"

    def all(self, count: int) -> str:
        """What opens a list of which nothing is shown yet."""
        return f"Show all {count}"

    def and_more(self, count: int) -> str:
        """What stands for entries that are left out."""
        return f"and {count} more"

    def reason(self, reason: Reason) -> str:
        """Why a page is related; empty where nothing need be said."""
        match reason.kind:
            case "links_here":
                return "links here"
            case "linked_from_here":
                return "linked from this page"
            case "shared_neighbours":
                return f"connected through {' and '.join(reason.names[:2])}" if reason.names else ""
            case "shared_terms":
                return f"shares: {', '.join(reason.names[:3])}" if reason.names else ""
            case "pinned":
                return ""


ENGLISH = Labels()

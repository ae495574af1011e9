"""What the facts about an address come to. A check needs no more of all opinions than that one word."""

from mkdocs_backlinks.verdicts.verdict import verdict

__all__ = ["verdict"]

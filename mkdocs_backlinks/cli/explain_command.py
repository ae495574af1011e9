"""`mkdocs-backlinks explain`: what a rule is about, in the words of its page in the handbook."""

from __future__ import annotations

import click

from mkdocs_backlinks.cli import rule_names
from mkdocs_backlinks.cli.output import say


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what RULE looks for, why it matters and what to do; without RULE, list all rules."""
    from mkdocs_backlinks.rules import ALL_RULES  # noqa: PLC0415

    if rule is None:
        width = max(len(one.name) for one in ALL_RULES)
        say("".join(f"{one.name:<{width}}  {one.severity:<5}  {one.summary}\n" for one in ALL_RULES))
        return
    rule_names.known(rule)
    found = next(one for one in ALL_RULES if one.name == rule)
    say(f"# {found.name}\n\nDefault severity: `{found.severity}`\n\n{found.doc}\n")

"""`mkdocs-backlinks explain`: print the handbook page of a rule."""

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
        width = max(len(each.name) for each in ALL_RULES)
        say("".join(f"{each.name:<{width}}  {each.severity:<5}  {each.summary}\n" for each in ALL_RULES))
        return
    rule_names.require_known(rule)
    explained = next(each for each in ALL_RULES if each.name == rule)
    say(f"# {explained.name}\n\nDefault severity: `{explained.severity}`\n\n{explained.doc}\n")

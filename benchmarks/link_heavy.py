"""The Markdown of a link-heavy site, made from a seed: the reference of a command line.

Each page documents one command, as generators of such pages write them: a synopsis, a paragraph and a table
cell for each option, a list of related commands. Links lead to other commands, to their options, to anchors
of the same page, and a few to other sites.
"""

from __future__ import annotations

import random
from pathlib import Path

COMMANDS = 200
LINKS = 75
OPTIONS = 15
RELATIVES = 16
"""Commands that a page links to: more than a tenth of the site, and the plugin takes the page for a list."""

GROUPS = "account backup cluster config database image key network policy registry".split()
VERBS = "add apply attach clone copy create delete describe detach export".split()
NOUNS = (
    "address archive bucket certificate disk endpoint event filter gateway host identity job label limit log "
    "member node owner pool quota range record region role rule secret service snapshot token volume".split()
)
VALUES = "false name none number path pattern seconds size text".split()


def write_reference(docs: Path, seed: int = 1) -> int:
    """Write `COMMANDS` pages with `LINKS` links each below `docs`; return the number of pages."""
    chance = random.Random(seed)  # noqa: S311 - the same site each time is what is wanted
    commands = sorted(
        {f"{group}/{verb}-{noun}" for group in GROUPS for verb in VERBS for noun in NOUNS},
        key=lambda _: chance.random(),
    )[:COMMANDS]
    for command in commands:
        page = docs / f"{command}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(command, commands, chance), encoding="utf-8")
    listed = "\n".join(f"- [{_title(command)}]({command}.md)" for command in sorted(commands))
    (docs / "index.md").write_text(f"# All commands\n\n{listed}\n", encoding="utf-8")
    return len(commands) + 1


def _page(command: str, commands: list[str], chance: random.Random) -> str:
    """Return the Markdown of one command; its links are spread evenly over options, table and list."""
    relatives = chance.sample([name for name in commands if name != command], RELATIVES)
    links = [_link(relatives, chance) for _ in range(LINKS)]
    options = [f"{chance.choice(NOUNS)}-{number}" for number in range(OPTIONS)]
    lines = [f"# {_title(command)}", "", _sentence(chance), "", "## Options", ""]
    for number, option in enumerate(options):
        first, second = links[2 * number : 2 * number + 2]
        lines += [f"### --{option} {{ #option-{number} }}", ""]
        lines += [f"{_sentence(chance)} It takes a {first}, and with {second} nothing else.", ""]
    lines += ["## Environment", "", "| Variable | Default | See |", "|---|---|---|"]
    for number, option in enumerate(options):
        name = option.upper().replace("-", "_")
        lines.append(f"| `{name}` | {chance.choice(VALUES)} | {links[2 * OPTIONS + number]} |")
    lines += ["", "## Related commands", ""]
    lines += [f"- {link}: {_sentence(chance)}" for link in links[3 * OPTIONS :]]
    return "\n".join(lines) + "\n"


def _link(relatives: list[str], chance: random.Random) -> str:
    """Return a link: half to commands, a third to options, the rest on the page itself and to the web."""
    kind, other = chance.random(), chance.choice(relatives)
    number = chance.randrange(OPTIONS)
    if kind < 0.5:
        return f"[{_title(other)}](../{other}.md)"
    if kind < 0.85:
        return f"[option {number} of `{_title(other)}`](../{other}.md#option-{number})"
    if kind < 0.95:
        return f"[option {number}](#option-{number})"
    return f"[the manual of {other}](https://manual.invalid/{other}#{number})"


def _title(command: str) -> str:
    return command.replace("/", " ").replace("-", " ")


def _sentence(chance: random.Random) -> str:
    words = " ".join(chance.choices(NOUNS + VERBS, k=chance.randrange(8, 16)))
    return f"{words.capitalize()}."

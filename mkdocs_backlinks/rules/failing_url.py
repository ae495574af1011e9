"""Rule: a link to an address that was fine until a short time ago."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.streaks import DAYS, RUNS, is_forgiven, streak_text
from mkdocs_backlinks.verdicts.verdict import verdict


@link_rule(severity="info", scope="external", kinds=("external",))
def failing_url(link: Link, facts: Facts) -> Problem | None:
    """A link leads to an address that was fine before and is not there now.

    ## Why it matters
    Servers are moved, and pages come back. A build that fails on the first day is switched off, so an
    address that has answered before gets some time. If it still fails after three runs and three days, the
    rule `broken_url` takes over. A link that is new gets no time.

    ## Example
    `[the guide](https://example.org/guide)` answered last week, and since yesterday the server says 404.

    ## What to do
    Look whether the page has moved. If its owner is at work, wait.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.streak is None or verdict(evidence) != "broken":
        return None
    if not is_forgiven(evidence):
        return None
    known: dict[str, Json] = {"runs": evidence.streak.runs, "days": evidence.streak.days}
    address = urls.without_credentials(evidence.url)
    return Problem(
        f"{address} was fine before and has failed {streak_text(evidence.streak)};"
        f" after {RUNS} runs over {DAYS} days it counts as broken",
        known,
    )

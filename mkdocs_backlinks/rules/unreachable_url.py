"""Rule: a link to an address that has given no clear answer for days."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.streaks import is_proven, streak_text
from mkdocs_backlinks.verdicts.verdict import verdict


@link_rule(severity="error", scope="external", kinds=("external",))
def unreachable_url(link: Link, facts: Facts) -> Problem | None:
    """A link leads to an address that has not answered properly for three runs and three days.

    ## Why it matters
    One error of a server says nothing: it is down for an hour, or too busy. A server that gives errors or
    no answer in every run for days is down for readers as well.

    ## Example
    `[the tool](https://tool.example/)`, and the connection to `tool.example` is refused since Monday.

    ## What to do
    Open the address in a browser. If it works there, the server treats programs differently: put it into
    `external.exclude` with that reason. Otherwise link to a copy in a web archive, or take the link out.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.streak is None or verdict(evidence) != "unavailable":
        return None
    if not is_proven(evidence.streak):
        return None
    known: dict[str, Json] = {
        "status": evidence.status,
        "failure": evidence.failure,
        "runs": evidence.streak.runs,
        "days": evidence.streak.days,
    }
    address = urls.without_credentials(evidence.url)
    return Problem(f"{address} has not answered properly {streak_text(evidence.streak)}", known)

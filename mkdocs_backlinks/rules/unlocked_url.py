"""Rule: a link to an address that the lockfile does not know."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule


@link_rule(severity="error", scope="external", kinds=("external",))
def unlocked_url(link: Link, facts: Facts) -> Problem | None:
    """A link leads to an address that the lockfile does not know, and nothing else may be asked.

    ## Why it matters
    With `external.check: locked` a build judges external links by the lockfile alone. What is not in it
    was never checked by anybody.

    ## Example
    `[new](https://example.org/new)` was added, and the lockfile was not updated.

    ## What to do
    Update the lockfile, and commit it together with the link.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.failure != "unlocked":
        return None
    address = urls.without_credentials(evidence.url)
    return Problem(f"{address} is not in the lockfile", {"failure": "unlocked"})

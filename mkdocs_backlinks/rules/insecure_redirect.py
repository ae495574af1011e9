"""Rule: a link by https that ends up at http."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.verdicts.verdict import is_downgraded, is_success


@link_rule(severity="warn", scope="external", kinds=("external",))
def insecure_redirect(link: Link, facts: Facts) -> Problem | None:
    """A link leads over a redirect from `https` to `http`.

    ## Why it matters
    The link looks safe, and what the reader gets can be read and changed on its way.

    ## Example
    `[news](https://example.org/news)` answers with a redirect to `http://news.example.org/`.

    ## What to do
    Look whether the page that it leads to also answers by `https`, and link there. If not, it is the
    owner of the page who can mend it.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or not is_success(evidence) or not is_downgraded(evidence):
        return None
    final = urls.without_credentials(evidence.final_url or evidence.url)
    hops: list[Json] = [
        {"url": urls.without_credentials(hop.url), "status": hop.status} for hop in evidence.hops
    ]
    known: dict[str, Json] = {"final_url": final, "hops": hops}
    return Problem(f"{urls.without_credentials(evidence.url)} leads from https to {final}", known)

"""Rule: a link by http to an address that also answers by https."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Fix, Link, Url
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule
from mkdocs_backlinks.rules.engine.permanent_moves import permanent_address, with_fragment


@link_rule(severity="warn", scope="external", kinds=("external",))
def insecure_http(link: Link, facts: Facts) -> Problem | None:
    """A link uses `http` although the same address answers by `https`.

    ## Why it matters
    What is read over `http` can be read and changed on its way, downloads and commands to copy included.
    Only addresses whose secure twin was seen to answer are named.

    ## Example
    `[Python](http://www.python.org/)`, where `https://www.python.org/` answers as well.

    ## What to do
    Write `https` instead of `http`. Where the server also says that the page has moved, the suggestion
    is the new address.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.https is not True:
        return None
    address = urls.parse(link.target)
    if address is None or address.scheme != "http":
        return None
    bare = Url(urls.without_credentials(address.url))
    better = _better(evidence, urls.with_scheme(bare, "https"))
    if better is None:
        return None
    fix = Fix(urls.without_credentials(with_fragment(better, link.fragment)))
    return Problem(f"{bare} also answers by https", {"https": True}, fix)


def _better(evidence: Evidence, twin: Url) -> Url | None:
    """Return the secure address to use: the new one of a page that has moved, else the twin if that answered.

    A redirect to `https` on another host says nothing of the twin, which was not asked then.
    """
    moved = permanent_address(evidence)
    if moved and moved.startswith("https:"):
        return moved
    seen = {hop.url for hop in evidence.hops} | {evidence.final_url}
    is_unasked = not any(url and url.startswith("https:") for url in seen)
    return twin if is_unasked or twin in seen else None

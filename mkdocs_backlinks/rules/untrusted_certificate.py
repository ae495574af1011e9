"""Rule: a link to a server that cannot prove who it is."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Json, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule


@link_rule(severity="warn", scope="external", kinds=("external",))
def untrusted_certificate(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a server whose TLS certificate is not valid for it.

    ## Why it matters
    A browser shows the reader a full-page warning instead of the page. Nobody can tell whether the server
    is the right one.

    ## Example
    `[archive](https://old.example.org/)`, and the certificate of `old.example.org` expired last year.

    ## What to do
    Look for the page elsewhere, or tell its owner. If every link is named, it is your own network that
    replaces certificates: give Python its authority with the environment variable `SSL_CERT_FILE`.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is None or evidence.failure != "tls":
        return None
    address = urls.parse(evidence.final_url or evidence.url)
    host = address.host if address else evidence.url
    reason = f": {evidence.detail}" if evidence.detail else ""
    known: dict[str, Json] = {"failure": "tls", "detail": evidence.detail}
    return Problem(f'the certificate of "{host}" is not valid{reason}', known)

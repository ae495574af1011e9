"""Find the address that replaces one which has moved for good."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.verdicts.redirect_kinds import leads_to_home, leads_to_locale, leads_to_login
from mkdocs_backlinks.verdicts.verdict import has_moved


def permanent_address(evidence: Evidence) -> Url | None:
    """Return the address that replaces this one, or None.

    Every redirect on the way must be permanent and the last answer a success. A change of `http` to
    `https` and nothing else is no move; nor is the way to a login or consent page, to a home page that
    replaces all pages of a site, or to one language of the same page.
    """
    if not has_moved(evidence) or evidence.final_url is None:
        return None
    old, new = urls.parse(urls.without_credentials(evidence.url)), urls.parse(evidence.final_url)
    if old is None or new is None or new.url in (old.url, urls.with_scheme(old.url, "https")):
        return None
    return (
        None if leads_to_login(old, new) or leads_to_home(old, new) or leads_to_locale(old, new) else new.url
    )


def with_fragment(url: Url, fragment: str | None) -> str:
    """Return the address with the fragment of the link that it replaces (RFC 9110 §10.2.2)."""
    return f"{url}#{fragment}" if fragment else url

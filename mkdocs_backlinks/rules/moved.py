"""Where an address has moved for good, if its server says so and the new one can take its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.rules.verdict import verdict
from mkdocs_backlinks.urls import Address

# A server that sends everyone to one of these first does not say that the page has moved there.
_GATES = frozenset(
    {"account", "accounts", "auth", "authenticate", "authorize", "cas", "consent", "cookie-consent", "idp"}
    | {"log-in", "login", "oauth", "oauth2", "saml", "saml2", "session", "sign-in", "sign_in", "signin"}
    | {"sso", "wp-login"}
)
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")


def moved_to(evidence: Evidence) -> Url | None:
    """The address that replaces this one, or None.

    Every redirect on the way must be permanent and the last answer a success. A change of `http` to
    `https` and nothing else is no move; nor is the way to a login or consent page, to a home page that
    replaces all pages of a site, or to one language of the same page.
    """
    if verdict(evidence) != "moved" or evidence.final_url is None:
        return None
    old, new = urls.parse(urls.without_credentials(evidence.url)), urls.parse(evidence.final_url)
    if old is None or new is None or new.url in (old.url, urls.with_scheme(old.url, "https")):
        return None
    return None if _is_gate(old, new) or _is_home(old, new) or _is_locale(old, new) else new.url


def with_fragment(url: Url, fragment: str | None) -> str:
    """The address with the fragment of the link that it replaces (RFC 9110 §10.2.2)."""
    return f"{url}#{fragment}" if fragment else url


def _is_gate(old: Address, new: Address) -> bool:
    return not _GATES.isdisjoint(set(_names(new)) - set(_names(old)))


def _is_home(old: Address, new: Address) -> bool:
    return bool(_segments(old)) and not _without_locale(new)


def _is_locale(old: Address, new: Address) -> bool:
    same_place = old.host == new.host and _without_locale(old) == _without_locale(new)
    return same_place and _segments(old) != _segments(new)


def _names(address: Address) -> Iterator[str]:
    """The first label of the host, and each step of the path without its ending: `/login.php` → `login`."""
    yield address.host.partition(".")[0]
    for segment in _segments(address):
        yield segment.partition(".")[0]


def _segments(address: Address) -> list[str]:
    return [segment.lower() for segment in address.path.split("/") if segment]


def _without_locale(address: Address) -> list[str]:
    return [segment for segment in _segments(address) if not _LOCALE.fullmatch(segment)]

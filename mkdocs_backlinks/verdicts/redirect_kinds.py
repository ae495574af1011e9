"""Recognises redirects to a login, a home page or a language, to which hosts send everybody."""

from __future__ import annotations

import re

from mkdocs_backlinks.urls import Address

# A page behind one of these has not moved there.
_LOGIN_NAMES = frozenset(
    {"account", "accounts", "auth", "authenticate", "authorize", "cas", "consent", "cookie-consent", "idp"}
    | {"log-in", "login", "oauth", "oauth2", "saml", "saml2", "session", "sign-in", "sign_in", "signin"}
    | {"sso", "wp-login"}
)
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
_INDEX_NAMES = frozenset({"index", "default", "home", "main", "welcome"})


def leads_to_login(old: Address, new: Address) -> bool:
    """Return True if `new` is a login or consent page, and `old` was none."""
    return not _LOGIN_NAMES.isdisjoint(_names(new) - _names(old))


def leads_to_home(old: Address, new: Address) -> bool:
    """Return True if `old` was a page and `new` is a home page, of one language or of all."""
    return bool(_segments(old)) and not _without_locale(new)


def leads_to_locale(old: Address, new: Address) -> bool:
    """Return True if `new` is `old` in one language."""
    same_page = old.host == new.host and _without_locale(old) == _without_locale(new)
    return same_page and _segments(old) != _segments(new)


def leads_to_own_home(old: Address, new: Address) -> bool:
    """Return True if a host shows its bare home page in place of the page that was asked for.

    The home page of another host may well be what a short address stands for.
    """
    if "?" in old.url or "?" in new.url or _bare_host(old) != _bare_host(new):
        return False
    names = [segment.partition(".")[0] for segment in _without_locale(old)]
    return not _INDEX_NAMES.issuperset(names) and leads_to_home(old, new)


def _bare_host(address: Address) -> str:
    return address.host.removeprefix("www.")


def _names(address: Address) -> set[str]:
    """Return the first label of the host, and each segment of the path without its extension."""
    return {name.partition(".")[0] for name in (address.host, *_segments(address))}


def _segments(address: Address) -> list[str]:
    return [segment.lower() for segment in address.path.split("/") if segment]


def _without_locale(address: Address) -> list[str]:
    return [segment for segment in _segments(address) if not _LOCALE.fullmatch(segment)]

"""What kind of place a redirect leads to: a page, or what a server shows to everyone instead of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_backlinks.urls import Address

# A server that sends everyone to one of these first does not say that the page has moved there.
_GATES = frozenset(
    {"account", "accounts", "auth", "authenticate", "authorize", "cas", "consent", "cookie-consent", "idp"}
    | {"log-in", "login", "oauth", "oauth2", "saml", "saml2", "session", "sign-in", "sign_in", "signin"}
    | {"sso", "wp-login"}
)
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
_INDEX = frozenset({"index", "default", "home", "main", "welcome"})


def is_gate(old: Address, new: Address) -> bool:
    """Whether the way to `new` ends at a login or consent page, which `old` was not."""
    return not _GATES.isdisjoint(set(_names(new)) - set(_names(old)))


def is_home(old: Address, new: Address) -> bool:
    """Whether a page has become a home page, of one language or of all."""
    return bool(_segments(old)) and not _without_locale(new)


def is_locale(old: Address, new: Address) -> bool:
    """Whether `new` is `old` in one language."""
    same_place = old.host == new.host and _without_locale(old) == _without_locale(new)
    return same_place and _segments(old) != _segments(new)


def is_sent_home(old: Address, new: Address) -> bool:
    """Whether a host shows its own bare home page instead of the page that was asked for.

    Another host's home page may well be what a short address stands for.
    """
    if "?" in old.url or "?" in new.url or _bare_host(old) != _bare_host(new):
        return False
    deep = [name for name in _without_locale(old) if name.partition(".")[0] not in _INDEX]
    return bool(deep) and is_home(old, new)


def _bare_host(address: Address) -> str:
    return address.host.removeprefix("www.")


def _names(address: Address) -> Iterator[str]:
    """The first label of the host, and each step of the path without its ending: `/login.php` → `login`."""
    yield address.host.partition(".")[0]
    for segment in _segments(address):
        yield segment.partition(".")[0]


def _segments(address: Address) -> list[str]:
    return [segment.lower() for segment in address.path.split("/") if segment]


def _without_locale(address: Address) -> list[str]:
    return [segment for segment in _segments(address) if not _LOCALE.fullmatch(segment)]

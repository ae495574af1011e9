"""Cookies of one chain of redirects: each is sent to the host that set it, and ends with the chain."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

MAX_COOKIES = 20
MAX_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class _Cookie:
    host: str
    secure: bool
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Cookies:
    """Cookies that are set so far; a new value takes the place of an older one of the same name."""

    cookies: tuple[_Cookie, ...] = ()

    def after(self, response: Response) -> Cookies:
        """Return the cookies with those that a response sets; no attribute can widen where they go."""
        fields = response.headers.get("set-cookie")
        if not fields:
            return self
        host, secure = _origin(response.url)
        new = {
            name.strip(): _Cookie(host, secure, name.strip(), value.strip())
            for name, _, value in (field.partition(";")[0].partition("=") for field in fields.split("\n"))
            if _is_sound(name + value)
        }
        old = tuple(cookie for cookie in self.cookies if cookie.host != host or cookie.name not in new)
        return Cookies((*old, *new.values())[-MAX_COOKIES:])

    def field(self, url: Url) -> str:
        """Return the value of `Cookie` for a URL; a cookie that was set over TLS is never sent without it."""
        if not self.cookies:
            return ""
        host, secure = _origin(url)
        sent = (cookie for cookie in self.cookies if cookie.host == host and (secure or not cookie.secure))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in sent)


def _origin(url: Url) -> tuple[str, bool]:
    address = urls.parse(url)
    return (address.host, address.scheme == "https") if address else ("", False)


def _is_sound(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MAX_LENGTH and text.isascii() and text.isprintable()

"""Through a proxy an address is guarded and a certificate verified as without one."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest
from check.fakes import ask_one, internet
from check.tunnel import tunnel
from loopback import Behaviour, Loopback, redirect, reply, reset, silence

from mkdocs_backlinks.model import Evidence

NAMES = {"secure.test": "127.0.0.1", "other.test": "127.0.0.1", "private.test": "10.0.0.1"}


@pytest.fixture
def server(certified: ssl.SSLContext) -> Iterator[Loopback]:
    """What stands behind the proxy; its certificate is good for `secure.test`."""
    routes = {"/": reply(), "/gone": reply(410), "/away": redirect("https://private.test/")}
    with Loopback(routes, tls=certified) as server:
        yield server


@pytest.fixture
def proxy(server: Loopback) -> Iterator[Loopback]:
    """A proxy that connects everybody to the server."""
    hosts = (*NAMES, "unknown.test", "intranet", "127.0.0.2", "[::1]")
    with Loopback({f"{host}:443": tunnel(server.port) for host in hosts}) as proxy:
        yield proxy


def ask_through(proxy: Loopback, address: str, tls: ssl.SSLContext | None = None) -> Evidence:
    environment = replace(internet(names=NAMES, tls=tls), proxy_for=lambda _: proxy.url())
    return ask_one(address, environment=environment, timeout=0.5)


def asked(server: Loopback) -> list[tuple[str, str]]:
    return [(request.method, request.path) for request in server.requests]


def test_an_https_address_is_asked_through_a_tunnel(
    proxy: Loopback, server: Loopback, trusted: ssl.SSLContext
) -> None:
    assert ask_through(proxy, "https://secure.test/", trusted).status == 200
    assert asked(proxy) == [("CONNECT", "secure.test:443")]
    assert asked(server) == [("GET", "/")]
    assert server.requests[0].headers["host"] == "secure.test"


def test_the_proxy_learns_the_host_and_nothing_else(
    proxy: Loopback, server: Loopback, trusted: ssl.SSLContext
) -> None:
    environment = replace(internet(names=NAMES, tls=trusted), proxy_for=lambda _: proxy.url())
    environment = replace(environment, headers_for=lambda _: {"Authorization": "Bearer secret"})
    assert ask_one("https://secure.test/", environment=environment).status == 200
    assert "authorization" not in proxy.requests[0].headers
    assert server.requests[0].headers["authorization"] == "Bearer secret"


def test_a_name_that_only_the_proxy_knows_is_asked(proxy: Loopback, trusted: ssl.SSLContext) -> None:
    """It gets as far as the certificate, which is another name's."""
    found = ask_through(proxy, "https://unknown.test/", trusted)
    assert asked(proxy)[0] == ("CONNECT", "unknown.test:443")
    assert found.failure == "tls"


@pytest.mark.parametrize(
    ("address", "detail"),
    [("https://other.test/", "Hostname mismatch"), ("https://secure.test/", "unable to get")],
)
def test_a_certificate_is_verified_through_a_tunnel(
    proxy: Loopback, server: Loopback, trusted: ssl.SSLContext, address: str, detail: str
) -> None:
    """One is another name's, the other is of an authority that this client does not trust."""
    found = ask_through(proxy, address, trusted if "other" in address else None)
    assert (found.failure, asked(server)) == ("tls", [])
    assert detail in found.detail


@pytest.mark.parametrize(
    ("address", "failure"),
    [
        ("https://private.test/", "non_public"),
        ("https://127.0.0.2/", "non_public"),
        ("https://[::1]/", "non_public"),
        ("https://intranet/", "non_public"),
        ("https://secure.test:22/", "forbidden_port"),
    ],
)
def test_no_tunnel_is_asked_for_to_a_private_place(
    proxy: Loopback, trusted: ssl.SSLContext, address: str, failure: str
) -> None:
    assert ask_through(proxy, address, trusted).failure == failure
    assert proxy.requests == []


def test_a_redirect_inside_a_tunnel_is_guarded_too(proxy: Loopback, trusted: ssl.SSLContext) -> None:
    found = ask_through(proxy, "https://secure.test/away", trusted)
    assert (found.failure, found.final_url) == ("non_public", "https://private.test/")
    assert {path for _, path in asked(proxy)} == {"secure.test:443"}


@pytest.mark.parametrize(
    "refusal", [reply(403), reply(407), reply(502), reply(200, b"hello"), reset(), silence()]
)
def test_a_proxy_that_refuses_says_nothing_of_the_page(refusal: Behaviour, trusted: ssl.SSLContext) -> None:
    with Loopback({"secure.test:443": refusal}) as proxy:
        found = ask_through(proxy, "https://secure.test/", trusted)
    assert found.status is None
    assert found.failure in ("connection", "timeout", "tls")


def test_a_page_behind_a_proxy_can_be_gone(proxy: Loopback, trusted: ssl.SSLContext) -> None:
    found = ask_through(proxy, "https://secure.test/gone", trusted)
    assert (found.status, found.attempts, found.control) == (410, 2, True)

"""Which addresses may be asked, and that nothing else is, whichever way leads there."""

from __future__ import annotations

import errno

import pytest
from check.fakes import ask, ask_one, internet
from loopback import Loopback, redirect, reply

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.fetch.address_guard import (
    ForbiddenPortError,
    NonPublicAddressError,
    is_public,
    may_be_private,
    require_port,
)
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.model import Url

PUBLIC = """
1.1.1.1  93.184.216.34  100.63.255.255  100.128.0.1  172.32.0.1
2606:4700::1111  2a00:1450:4001:81c::200e
::ffff:1.1.1.1  64:ff9b::1.1.1.1  2002:101:101::1
""".split()

PRIVATE = """
0.0.0.0  0.1.2.3  10.0.0.1  100.64.0.1  127.0.0.1  127.255.255.254  169.254.169.254  172.16.0.1
172.31.255.255  192.0.0.1  192.0.0.8  192.0.2.1  192.168.1.1  198.18.0.1  198.51.100.7  203.0.113.9
224.0.0.1  224.0.1.1  239.255.255.255  240.0.0.1  255.255.255.255
::  ::1  ::7f00:1  fe80::1  fe80::1%eth0  fec0::1  fc00::1  fd12:3456::1  ff02::1  ff0e::1  2001:db8::1
3fff::1  ::ffff:127.0.0.1  ::ffff:10.0.0.1  ::ffff:169.254.169.254
64:ff9b::127.0.0.1  64:ff9b::10.0.0.1  64:ff9b:1::1  64:ff9b:1::101:101
2002:7f00:1::1  2002:a00:1::1  2002:c0a8:101::1
2001:0:7f00:1::f5ff:fffe  2001:0:101:101:0:0:f5ff:fffe  4000::1  fe00::1
""".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_everything_else_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "pattern", "allowed"),
    [
        ("http://intra.example.org/", "intra.example.org", True),
        ("http://INTRA.example.org./x", "intra.example.org", True),
        ("http://a.b.example.org/", "*.example.org", True),
        ("http://notexample.org/", "*.example.org", False),
        ("http://example.org.evil.test/", "example.org", False),
        ("http://127.0.0.1:8000/", "127.0.0.1", True),
        ("http://0x7f.1/", "127.0.0.1", True),
        ("http://[::1]:8000/", "::1", True),
        ("http://[::1]/", "[::1]", True),
        ("http://[::1]/", "127.0.0.1", False),
    ],
)
def test_an_author_may_allow_hosts(url: str, pattern: str, allowed: bool) -> None:
    asked = urls.normalise(url)
    assert asked is not None
    assert may_be_private(asked, (pattern,)) is allowed


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 65535])
def test_a_port_of_the_web_may_be_asked(port: int) -> None:
    require_port(Url(f"http://a.test:{port}/"))
    require_port(Url("http://a.test/"))


@pytest.mark.parametrize("port", [0, 22, 79, 81, 442, 444, 1023])
def test_a_port_of_another_service_may_not(port: int) -> None:
    with pytest.raises(ForbiddenPortError) as caught:
        require_port(Url(f"http://a.test:{port}/"))
    assert (caught.value.failure, caught.value.detail) == (
        "forbidden_port",
        f"port {port} is none of the web's",
    )
    assert (caught.value.errno, caught.value.strerror) == (errno.EACCES, "not a port of the web")


def test_all_private_addresses_are_refused_for_the_same_reason() -> None:
    first, second = NonPublicAddressError("10.0.0.1"), NonPublicAddressError("::1")
    assert str(first) == str(second) == f"[Errno {errno.EACCES}] not a public address"
    assert (first.failure, first.detail) == ("non_public", "10.0.0.1 is not a public address")


REFUSED = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0x7f.1:{port}/",
    "http://2130706433:{port}/",
    "http://localhost:{port}/",
    "http://sneaky.test:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://0.0.0.0:{port}/",
    "https://localhost:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://user:secret@127.0.0.1:{port}/",
]


@pytest.mark.parametrize("template", REFUSED)
def test_names_and_literals_are_refused(template: str) -> None:
    """Both families at once too: the connector tries all addresses before it gives up."""
    names = {"localhost": "::1 127.0.0.1", "sneaky.test": "127.0.0.1", "example.com": "127.0.0.1"}
    with Loopback({"/": reply()}) as server:
        evidence = ask_one(
            template.format(port=server.port), environment=internet(names=names, public=is_public)
        )
    assert evidence.failure == "non_public"
    assert evidence.detail.endswith("is not a public address")
    assert server.connections == 0


def test_a_private_address_among_public_ones_is_passed_over() -> None:
    names = {"both.test": "10.0.0.1 127.0.0.1"}
    with Loopback({"/": reply()}) as server:
        evidence = ask_one(server.url("/", host="both.test"), environment=internet(names=names))
    assert evidence.status == 200


@pytest.mark.parametrize("host", ["127.0.0.2", "sneaky.test", "[::1]", "[::ffff:127.0.0.2]"])
def test_a_redirect_to_a_private_address_is_refused(host: str) -> None:
    names = {"sneaky.test": "127.0.0.2"}
    with Loopback({"/secret": reply()}) as server:
        server.routes["/out"] = redirect(server.url("/secret", host=host))
        evidence = ask_one(server.url("/out"), environment=internet(names=names))
    assert evidence.failure == "non_public"
    assert [hop.status for hop in evidence.hops] == [302]
    assert evidence.final_url == server.url("/secret", host=host).replace("127.0.0.2]", "7f00:2]")
    assert [request.path for request in server.requests] == ["/out"]


def test_an_allowed_host_may_be_private_but_not_its_redirects() -> None:
    """Two names for one server: the other is refused however warm the connection is."""
    names = {"intra.test": "127.0.0.1", "other.test": "127.0.0.1"}
    environment = internet(names=names, public=lambda _: False)
    with Loopback({"/": reply()}) as server:
        server.routes["/out"] = redirect(server.url("/", host="other.test"))
        home, out = server.url("/", host="intra.test"), server.url("/out", host="intra.test")
        found = ask(home, out, environment=environment, allow_private=("intra.test",))
    assert found[home].status == 200
    assert found[out].failure == "non_public"
    assert {request.headers["host"] for request in server.requests} == {f"intra.test:{server.port}"}


def test_the_guard_is_on_by_default() -> None:
    with Loopback({"/": reply()}) as server:
        evidence = ask_one(server.url("/", host="localhost"), environment=Environment())
    assert evidence.failure == "non_public"
    assert server.connections == 0

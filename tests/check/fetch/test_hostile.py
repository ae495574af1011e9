"""The web as it is: what servers do to a checker, and that it stays right, small and harmless."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import tracemalloc
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone

import pytest
import trustme
from check.fakes import ask, ask_one, internet, run_virtual
from loopback import Behaviour, Loopback, ReceivedRequest, in_turn, raw, redirect, reply, reset

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.fetch.environment import Environment, HeadersFor
from mkdocs_backlinks.check.fetch.http import MAX_HEADERS, open_transport
from mkdocs_backlinks.check.request import FULL_BYTES, Request, RequestOptions
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.settings import UrlExclusion

OK = b"HTTP/1.1 200 OK\r\n"
NAMES = {"a.test": "127.0.0.1", "b.test": "127.0.0.1", "example.com": "127.0.0.1"}


def send(
    url: Url, environment: Environment | None = None, *, body: int = FULL_BYTES, cookies: str = ""
) -> Response:
    """The answer to one request, as the client gives it."""
    world = environment or internet()

    async def work() -> Response:
        async with open_transport(world, world.resolve, ()) as web:
            return await web.send(Request(url, RequestOptions(timeout=5, max_body=body), cookies))

    return asyncio.run(work())


@pytest.mark.parametrize(("last", "body"), [(b"+last", b"first+last"), (b"", b"first")])
def test_a_body_is_read_piece_by_piece_until_it_ends_or_breaks_off(last: bytes, body: bytes) -> None:
    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"Content-Type: text/html\r\nContent-Length: 10\r\n\r\nfirst")
        await writer.drain()
        writer.write(last)
        writer.close()

    with Loopback({"/": behave}) as server:
        assert send(server.url()).body == body


def only(**expected: Behaviour) -> Behaviour:
    """Another behaviour for each method; `GET=…`, and a reset for those that are not named."""

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await expected.get(request.method, reset())(request, writer)

    return behave


STATUSES: dict[str, tuple[Behaviour, int]] = {
    "basic authentication": (reply(401, WWW_Authenticate='Basic realm="\x1b[31m"'), 401),
    "proxy authentication": (reply(407, Proxy_Authenticate="Basic"), 407),
    "a legal bar": (reply(451), 451),
    "LinkedIn": (reply(999), 999),
    "429 with seconds": (in_turn(reply(429, Retry_After="1"), reply()), 200),
    "429 with a date": (in_turn(reply(429, Retry_After="Sun, 01 Mar 2026 12:00:02 GMT"), reply()), 200),
    "429 with a date in the past": (
        in_turn(reply(429, Retry_After="Sun, 01 Mar 2020 12:00:02 GMT"), reply()),
        200,
    ),
    "429 without a word": (in_turn(reply(429), reply()), 200),
    "429 with junk": (in_turn(reply(429, Retry_After="1m30s; drop table"), reply()), 200),
    "503 with seconds": (in_turn(reply(503, Retry_After="2"), reply()), 200),
    "HEAD resets": (only(GET=reply()), 200),
    "HEAD says it is gone": (only(GET=reply(), HEAD=reply(404)), 200),
    "two answers to one request": (raw(OK + b"Content-Length: 0\r\n\r\n" + OK + b"\r\n"), 200),
    "hundred times continue": (
        raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 100 + OK + b"Content-Length: 0\r\n\r\n"),
        200,
    ),
    "early hints": (
        raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + b"Content-Length: 0\r\n\r\n"),
        200,
    ),
    "HTTP/1.0": (raw(b"HTTP/1.0 200 OK\r\n\r\nhello"), 200),
    "chunks that break off": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhello"), 200),
    "brotli that was not asked for": (reply(200, b"\x0b\x02\x80", Content_Encoding="br"), 200),
    "gzip that is none": (
        reply(200, b"<p>plain</p>", Content_Encoding="gzip", Content_Type="text/html"),
        200,
    ),
    "a charset that is none": (reply(200, b"\xff\xfe\x00", Content_Type="text/html; charset=klingon"), 200),
    "a page that leads on by meta refresh": (
        reply(200, b'<meta http-equiv=refresh content="0;url=http://127.0.0.2/">', Content_Type="text/html"),
        200,
    ),
    **{
        f"{status} once": (in_turn(reply(status), reply()), 200)
        for status in (408, 425, 500, 502, 503, 504, 521)
    },
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_is_found(name: str) -> None:
    behaviour, status = STATUSES[name]
    with Loopback({"/": behaviour}) as server:
        found = ask_one(server.url())
    assert (found.status, found.failure) == (status, None)
    assert {request.method for request in server.requests} == {"GET"}


@pytest.mark.parametrize(
    "response",
    [
        OK + b"Content-Length: 2\r\n\r\nhello, I go on",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
    ],
    ids=["more body than promised", "a body with 204"],
)
def test_what_the_client_cannot_read_is_no_verdict_on_the_page(response: bytes) -> None:
    with Loopback({"/": raw(response)}) as server:
        assert ask_one(server.url()).failure == "connection"


def test_a_page_needs_the_cookie_that_its_redirect_set() -> None:
    async def door(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        seen = "seen=1" in request.headers.get("cookie", "")
        await (reply() if seen else redirect_with("/", "seen=1; Path=/"))(request, writer)

    with Loopback({"/": door}) as server:
        found = ask_one(server.url())
    assert (found.status, len(found.hops)) == (200, 1)


def test_a_cookie_reaches_no_other_host_and_no_other_page() -> None:
    with Loopback({"/page": reply()}) as server:
        elsewhere = server.url("/page", host="b.test")
        server.routes["/"] = redirect_with(elsewhere, "seen=1; Domain=test")
        ask(server.url(host="a.test"), server.url("/page", host="a.test"), environment=internet(names=NAMES))
    assert all("cookie" not in request.headers for request in server.requests)


def test_fields_for_one_origin_stay_with_it() -> None:
    """A redirect to another host, and back to another port of the same."""
    with Loopback({"/page": reply()}) as server, Loopback({"/page": reply()}) as other:
        origin = server.url(host="a.test").rstrip("/")
        server.routes |= {
            "/": redirect(server.url("/page", host="b.test")),
            "/port": redirect(other.url("/page", host="a.test")),
        }
        environment = replace(
            internet(names=NAMES), headers_for=_for(origin, {"Authorization": "Bearer secret"})
        )
        ask(server.url(host="a.test"), server.url("/port", host="a.test"), environment=environment)
    sent = {(request.headers["host"], request.headers.get("authorization")) for request in server.requests}
    assert sent == {(origin.partition("//")[2], "Bearer secret"), (f"b.test:{server.port}", None)}
    assert all("authorization" not in request.headers for request in other.requests)


def test_an_excluded_redirect_is_not_followed() -> None:
    with Loopback({"/login": reply()}) as server:
        server.routes["/"] = redirect("/login")
        exclude = (UrlExclusion(url="*/login", reason="wants a password"),)
        found = ask_one(server.url(), exclude=exclude)
    assert (found.skipped, found.status, len(found.hops)) == ("wants a password", None, 1)
    assert [request.path for request in server.requests] == ["/"]


def test_a_redirect_without_end_ends() -> None:
    async def further(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await redirect(f"{request.path}x")(request, writer)

    with Loopback({"/" + "x" * at: further for at in range(99)}) as server:
        found = ask_one(server.url("/"))
    assert (found.failure, len(found.hops)) == ("too_many_redirects", 11)
    assert len(server.requests) == 11


@pytest.mark.parametrize("port", [22, 25, 6379 - 6000, 1023])
def test_ports_of_other_services_are_not_asked(port: int) -> None:
    found = ask_one(f"http://127.0.0.1:{port}/")
    assert (found.failure, found.detail) == ("forbidden_port", f"port {port} is none of the web's")


def test_nor_by_a_redirect() -> None:
    with Loopback({"/": redirect("http://127.0.0.1:25/")}) as server:
        assert ask_one(server.url()).failure == "forbidden_port"


def test_a_private_server_is_not_reached_from_a_public_one() -> None:
    with Loopback({"/": reply()}, address="127.0.0.2") as secret, Loopback({}) as server:
        server.routes["/"] = redirect(secret.url())
        assert ask_one(server.url()).failure == "non_public"
    assert secret.connections == 0


def test_a_slow_page_is_left_and_its_status_stands() -> None:
    async def drip(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"Content-Type: text/html\r\nContent-Length: 999999\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0.01)

    with Loopback({"/": drip}) as server:
        assert ask_one(server.url(), timeout=0.3).status == 200


def test_a_body_has_five_seconds_whatever_the_request_may_take() -> None:
    """In a loop whose time jumps: the server never sends the rest of what it has promised."""

    hung_up = asyncio.Event()

    async def promise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"Content-Type: text/html\r\nContent-Length: 10\r\n\r\nfirst")
        await reader.read()
        writer.close()
        hung_up.set()

    async def work() -> tuple[Response, float]:
        loop, environment = asyncio.get_running_loop(), internet()
        server = await asyncio.start_server(promise, "127.0.0.1", 0)
        url = Url(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        async with server:
            async with open_transport(environment, environment.resolve, ()) as transport:
                start = loop.time()
                response = await transport.send(Request(url, RequestOptions(timeout=60)))
                seconds = loop.time() - start
            await hung_up.wait()
        return response, seconds

    found, seconds = run_virtual(work())
    assert (found.status, found.body, found.truncated) == (200, b"first", True)
    assert seconds == pytest.approx(5, abs=0.1)


def test_a_bomb_stays_small_even_where_the_page_is_read() -> None:
    bomb = gzip.compress(bytes(50_000_000), 1)
    with Loopback({"/": reply(200, bomb, Content_Encoding="gzip", Content_Type="text/html")}) as server:
        tracemalloc.start()
        found = send(server.url())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (found.status, len(found.body), found.truncated) == (200, FULL_BYTES, True)
    assert peak < 20_000_000


def test_fields_are_bounded_and_in_small_letters() -> None:
    lines = b"".join(b"X-Field-%d: y\r\n" % at for at in range(120))
    head = OK + b"Set-Cookie: a=1, 2\r\nset-cookie: b=2\r\nVary: x\r\nVARY: y\r\n" + lines
    with Loopback({"/": raw(head + b"Content-Length: 0\r\n\r\n")}) as server:
        found = send(server.url())
    assert found.headers["set-cookie"] == "a=1, 2\nb=2"
    assert found.headers["vary"] == "x, y"
    # Four of the hundred fields have two names.
    assert len(found.headers) == MAX_HEADERS - 2
    assert MAX_HEADERS == 100


def test_a_header_of_many_fields_is_cut() -> None:
    lines = b"".join(b"Vary: %s\r\n" % (b"x" * 3000) for _ in range(3))
    with Loopback({"/": raw(OK + lines + b"Content-Length: 0\r\n\r\n")}) as server:
        assert len(send(server.url()).headers["vary"]) == 8192


def test_what_is_sent_with_each_request() -> None:
    with Loopback({"/": reply()}) as server:
        send(server.url())
    headers = server.requests[0].headers
    assert headers["accept"] == "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert headers["accept-language"] == "en,*;q=0.5"
    assert headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("content_type", "wanted", "body"),
    [
        ("text/html", FULL_BYTES, b"<p>"),
        ("image/png", FULL_BYTES, b""),
        ("text/html", 0, b""),
        ("text/html", 2, b"<p"),
    ],
)
def test_a_body_is_kept_where_somebody_reads_it(content_type: str, wanted: int, body: bytes) -> None:
    with Loopback({"/": reply(200, b"<p>", Content_Type=content_type)}) as server:
        found = send(server.url(), body=wanted)
    assert (found.body, found.truncated) == (body, body != b"<p>")


def test_certificates_that_are_no_good(authority: trustme.CA, trusted: ssl.SSLContext) -> None:
    """Expired, not for this name, and signed by nobody that is known."""
    past = datetime(2020, 1, 1, tzinfo=timezone.utc)
    cases = {
        "expired": authority.issue_cert("a.test", not_before=past, not_after=past.replace(year=2021)),
        "other name": authority.issue_cert("other.test"),
        "self-signed": trustme.CA().issue_cert("a.test"),
    }
    details = {}
    for case, certificate in cases.items():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        with Loopback({"/": reply()}, tls=context) as server:
            url = server.url(scheme="https", host="a.test")
            found = ask_one(url, environment=internet(names=NAMES, tls=trusted))
        assert (found.failure, server.requests) == ("tls", [])
        details[case] = found.detail
    assert "expired" in details["expired"]
    assert "a.test" in details["other name"]
    assert "certificate" in details["self-signed"]


def test_a_proxy_is_asked_in_place_of_the_host() -> None:
    with Loopback({"http://a.test/page": reply()}) as proxy:
        environment = replace(internet(names=NAMES), proxy_for=lambda _: proxy.url())
        assert ask_one("http://a.test/page", environment=environment).status == 200


@pytest.mark.parametrize(
    ("url", "is_asked"),
    [
        ("http://a.test/", True),
        ("http://known-to-the-proxy.test/", True),
        ("http://private.test/", False),
        ("http://127.0.0.2/", False),
        ("http://[::1]/", False),
        ("http://intranet/", False),
        ("http://a.test:22/", False),
    ],
)
def test_a_proxy_is_never_asked_for_a_private_place(url: str, is_asked: bool) -> None:
    names = {**NAMES, "private.test": "10.0.0.1"}
    with Loopback({url: reply()}) as proxy:
        environment = replace(internet(names=names), proxy_for=lambda _: proxy.url())
        found = ask_one(url, environment=environment)
    assert (found.status == 200) is is_asked
    assert bool(proxy.requests) is is_asked


def redirect_with(location: str, cookie: str) -> Behaviour:
    return reply(302, Location=location, Set_Cookie=cookie)


def _for(origin: str, fields: Mapping[str, str]) -> HeadersFor:
    return lambda url: fields if urls.origin_of(url) == origin else {}

"""What a server may do to us, and what is said of it."""

from __future__ import annotations

import asyncio
import ssl
import tracemalloc
import zlib
from dataclasses import replace

import pytest
from check.fakes import ask, ask_one, internet
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import (
    Behaviour,
    Loopback,
    ReceivedRequest,
    endless,
    in_turn,
    raw,
    redirect,
    reply,
    reset,
    silence,
    trickle,
)

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.fetch.http import USER_AGENT
from mkdocs_backlinks.model import Failure

HEAD = b"HTTP/1.1 200 OK\r\n"

ANSWERS: dict[str, tuple[Behaviour, int]] = {
    "plain": (reply(200, b"<p>here</p>"), 200),
    "no content": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), 204),
    "not found": (reply(404), 404),
    "gone": (reply(410), 410),
    "forbidden": (reply(403), 403),
    "not a standard status": (reply(999), 999),
    "redirect without an address": (reply(302), 302),
    "not modified": (raw(b"HTTP/1.1 304 Not Modified\r\nLocation: /elsewhere\r\n\r\n"), 304),
    "continue first": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 0\r\n\r\n"), 200),
    "body until close": (raw(HEAD + b"\r\nhello"), 200),
    "body shorter than promised": (raw(HEAD + b"Content-Length: 999\r\n\r\nhello"), 200),
    "not the encoding it says": (reply(200, b"plain", Content_Encoding="gzip"), 200),
    "endless body": (endless(HEAD + b"\r\n", b"x" * 65536), 200),
    "endless chunks": (endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nabcd\r\n" * 999), 200),
    "unknown host in a header": (reply(200, b"", Link="<http://nowhere.test/>; rel=preload"), 200),
    "try again once": (in_turn(reply(503), reply(200)), 200),
    "try again twice": (in_turn(reply(429, Retry_After="2"), reply(500), reply(200)), 200),
    "reset once": (in_turn(reset(), reply(200)), 200),
    "hang up once": (in_turn(raw(b""), reply(200)), 200),
    "always busy": (reply(429), 429),
    "always down": (reply(503), 503),
}

FAILURES: dict[str, tuple[Behaviour, Failure]] = {
    "reset": (reset(), "connection"),
    "hang up": (raw(b""), "connection"),
    "not HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "connection"),
    "bad chunks": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzzz\r\nhello\r\n"), "connection"),
    "half a header": (raw(b"HTTP/1.1 200 OK\r\nContent-Ty"), "connection"),
    "endless header": (endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536), "connection"),
    "endless headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 9999), "connection"),
    "to a mail address": (redirect("mailto:a@example.org"), "malformed"),
    "to a script": (redirect("javascript:alert(1)"), "malformed"),
    "to no address": (redirect("http://[::1"), "malformed"),
    "to itself": (redirect(""), "too_many_redirects"),
    "to a reserved name": (redirect("http://gone.invalid/"), "unknown_host"),
    "retry tomorrow": (reply(429, Retry_After="86400"), "deferred"),
    "retry next year": (reply(503, Retry_After="Fri, 01 Jan 2027 00:00:00 GMT"), "deferred"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_status_is_what_counts(name: str) -> None:
    behaviour, status = ANSWERS[name]
    with Loopback({"/": behaviour}) as server:
        evidence = ask_one(server.url())
    assert (evidence.status, evidence.failure, evidence.skipped) == (status, None, None)
    assert evidence.final_url == server.url()


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_has_a_kind_and_a_reason(name: str) -> None:
    behaviour, failure = FAILURES[name]
    with Loopback({"/": behaviour}) as server:
        evidence = ask_one(server.url())
    assert (evidence.failure, evidence.status) == (failure, None)
    assert evidence.detail
    assert evidence.detail.isprintable()


@pytest.mark.parametrize("behaviour", [reset(), raw(b""), reply(503)], ids=["reset", "hang up", "down"])
def test_trouble_is_met_four_times_and_no_more(behaviour: Behaviour) -> None:
    with Loopback({"/": behaviour}) as server:
        ask_one(server.url())
    assert len(server.requests) == 4


@pytest.mark.parametrize("behaviour", [silence(), trickle()], ids=["silence", "trickle"])
def test_who_says_nothing_times_out(behaviour: Behaviour) -> None:
    with Loopback({"/": behaviour}) as server:
        evidence = ask_one(server.url(), timeout=0.05)
    assert evidence.failure == "timeout"
    assert len(server.requests) == 4


def test_a_port_that_nobody_serves_is_a_failed_connection() -> None:
    with Loopback({}) as server:
        url = server.url()
    evidence = ask_one(url)
    assert (evidence.failure, evidence.detail) == ("connection", "Connection refused")


def test_redirects_are_followed_and_written_down() -> None:
    with Loopback({"/end": reply()}) as server:
        server.routes |= {
            "/a": redirect("/b", 301),
            "/b": redirect("?c", 308),
            "/?c": redirect(server.url("/end#part"), 307),
            "/b?c": redirect("../end#part", 307),
        }
        evidence = ask_one(server.url("/a"))
    assert evidence.status == 200
    assert evidence.final_url == server.url("/end")
    assert [(hop.url, hop.status) for hop in evidence.hops] == [
        (server.url("/a"), 301),
        (server.url("/b"), 308),
        (server.url("/b?c"), 307),
    ]


def test_a_bomb_is_never_unpacked() -> None:
    """200 MB of zeros in less than 1 MB: what the run allocates stays far below."""
    packer = zlib.compressobj(1, wbits=31)
    bomb = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(200)), packer.flush()])
    with Loopback({"/": reply(200, bomb, Content_Encoding="gzip")}) as server:
        tracemalloc.start()
        evidence = ask_one(server.url())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert evidence.status == 200
    assert peak < 20_000_000


def test_an_endless_body_is_left_soon() -> None:
    """A few buffers of the operating system are filled, and then nobody reads on."""
    sent = 0

    async def flood(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(HEAD + b"\r\n")
        while not writer.is_closing():
            writer.write(bytes(1_000_000))
            await writer.drain()
            sent += 1_000_000

    with Loopback({"/": flood}) as server:
        assert ask_one(server.url()).status == 200
    assert sent < 30_000_000


def test_what_is_sent_is_honest_and_harmless() -> None:
    """Two hops with a password in the address: nothing that was written is handed out."""
    with Loopback({"/?q=1": reply()}) as server:
        server.routes["/"] = redirect(f"http://me:secret@site.test:{server.port}/?q=1")
        url = f"http://user:secret@site.test:{server.port}/"
        evidence = ask_one(url, environment=internet(names={"site.test": "127.0.0.1"}))
    assert evidence.status == 200
    assert evidence.final_url == server.url("/?q=1", host="site.test")
    assert [request.path for request in server.requests] == ["/", "/?q=1"]
    for request in server.requests:
        assert request.method == "GET"
        assert request.headers["user-agent"] == USER_AGENT
        assert not {"authorization", "cookie", "referer"} & request.headers.keys()
        assert "secret" not in str(request)


def test_the_user_agent_wakes_no_stock_firewall_rule() -> None:
    assert USER_AGENT.startswith("Mozilla/5.0 (compatible; mkdocs-gate/")
    assert USER_AGENT.endswith("; +https://pypi.org/project/mkdocs-back%6Cinks-plugin/)")
    assert not [word for word in ("link", "bot", "crawler", "spider") if word in USER_AGENT.lower()]


def test_a_small_answer_lets_the_connection_be_used_again() -> None:
    with Loopback({f"/{number}": reply(200, b"x" * 1000) for number in range(9)}) as server:
        ask(*(server.url(f"/{number}") for number in range(9)), concurrency=1)
    assert [request.path for request in server.requests] == [f"/{number}" for number in range(9)]
    assert server.connections == 1


def test_certificates_are_verified(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    names = {"secure.test": "127.0.0.1", "other.test": "127.0.0.1"}
    with Loopback({"/": reply()}, tls=certified) as server:
        good, wrong = (server.url(scheme="https", host=host) for host in names)
        known = ask(good, wrong, environment=internet(names=names, tls=trusted))
        stranger = ask_one(good, environment=internet(names=names))
    assert known[good].status == 200
    assert known[wrong].failure == stranger.failure == "tls"
    assert "not valid for 'other.test'" in known[wrong].detail
    assert len(server.requests) == 1


def test_https_of_a_server_without_it_fails() -> None:
    with Loopback({}) as server:
        evidence = ask_one(server.url(scheme="https"))
    assert evidence.failure in ("tls", "connection")


def test_a_codec_that_chokes_ends_one_request_only() -> None:
    async def resolve(host: str) -> tuple[str, ...]:
        if host == "odd.test":
            raise UnicodeError("label empty or too long")
        return ("127.0.0.1",)

    with Loopback({"/": reply()}) as server:
        good, odd = server.url(host="good.test"), server.url(host="odd.test")
        found = ask(good, odd, environment=replace(internet(), resolve=resolve))
    assert found[good].status == 200
    assert found[odd].failure == "malformed"


HOSTS = st.text(st.sampled_from("ab-_.*!$&'()+,;=~`{}xn1"), min_size=1, max_size=80)


@settings(max_examples=15)
@given(st.lists(st.tuples(HOSTS, st.text(max_size=20)), min_size=1, max_size=20))
def test_every_address_that_parses_gets_an_answer(parts: list[tuple[str, str]]) -> None:
    """Odd hosts and paths, each known to the name server, break neither the client nor TLS nor the run."""
    with Loopback({}, tls=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)) as server:
        found = {urls.normalise(server.url(f"/{path}", scheme="https", host=host)) for host, path in parts}
        answers = ask(*filter(None, found), environment=internet(names=_Everything()))
    assert all(evidence.failure for evidence in answers.values())


class _Everything(dict[str, str]):
    def __contains__(self, _: object) -> bool:
        return True

    def __getitem__(self, _: str) -> str:
        return "127.0.0.1"

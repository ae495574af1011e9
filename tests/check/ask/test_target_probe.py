"""A page counts as gone with two attempts and a control; what is asked for that, and when."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace

import pytest
from check.fakes import ask, ask_one, internet, whole
from loopback import Behaviour, Loopback, ReceivedRequest, in_turn, redirect, reply, reset, silence

from mkdocs_backlinks.check.authorities import Authorities, Authority
from mkdocs_backlinks.check.engine import check
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Link, PageUri, Target, Url
from mkdocs_backlinks.settings import ExternalSettings


def paths(server: Loopback) -> list[str]:
    return [request.path for request in server.requests]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_asked_again_at_the_end(status: int) -> None:
    with Loopback({f"/{at}": reply() for at in range(5)}) as server:
        server.routes["/gone"] = reply(status)
        gone = server.url("/gone")
        found = ask(gone, *(server.url(f"/{at}") for at in range(5)), concurrency=1)[gone]
    assert (found.status, found.attempts, found.control, found.method) == (status, 2, True, "GET")
    assert paths(server) == ["/gone", *(f"/{at}" for at in range(5)), "/gone"]


def test_a_page_that_is_back_is_there() -> None:
    with Loopback({"/": in_turn(reply(404), reply(200))}) as server:
        found = ask_one(server.url())
    assert (found.status, found.attempts, found.control) == (200, 2, None)


@pytest.mark.parametrize(
    ("home", "works"),
    [
        (reply(200), True),
        (redirect("/en/"), True),
        (reply(404), False),
        (reply(403), False),
        (reply(503), False),
        (reset(), False),
    ],
    ids=["ok", "redirect", "gone", "forbidden", "down", "reset"],
)
def test_a_host_that_has_shown_nothing_is_asked_for_its_home_page(home: Behaviour, works: bool) -> None:
    with Loopback({"/": home}) as server:
        pages = [server.url(f"/{at}") for at in range(9)]
        found = ask(*pages)
    assert {one.control for one in found.values()} == {works}
    assert {one.attempts for one in found.values()} == {2}
    assert paths(server).count("/") in (1, 2)


def test_the_host_where_the_way_ended_is_the_one_to_ask() -> None:
    names = {"old.test": "127.0.0.1", "new.test": "127.0.0.1"}
    with Loopback({"/": reply()}) as server:
        server.routes["/moved"] = redirect(server.url("/gone", host="new.test"))
        found = ask_one(server.url("/moved", host="old.test"), environment=internet(names=names))
    assert (found.status, found.attempts, found.control) == (404, 2, True)
    home = next(request for request in server.requests if request.path == "/")
    assert home.headers["host"] == f"new.test:{server.port}"


def test_a_name_that_nobody_knows_is_looked_up_again() -> None:
    times = 0

    async def resolve(host: str) -> tuple[str, ...]:
        nonlocal times
        times += host == "flaky.test"
        if host == "flaky.test" and times == 1:
            raise socket.gaierror(socket.EAI_NONAME, "told so")
        return ("127.0.0.1",)

    environment = replace(internet(), resolve=resolve)
    with Loopback({"/": reply()}) as server:
        found = ask_one(server.url(host="flaky.test"), environment=environment)
    assert (found.status, found.attempts) == (200, 2)


def test_a_name_that_stays_unknown_has_two_attempts_and_no_control() -> None:
    found = ask_one("https://gone.test/")
    assert (found.failure, found.attempts, found.control) == ("unknown_host", 2, None)


def test_a_second_attempt_that_is_put_off_changes_nothing() -> None:
    with Loopback({"/": in_turn(reply(404), reply(429, Retry_After="86400"))}) as server:
        found = ask_one(server.url())
    assert (found.status, found.attempts, found.control) == (404, 1, False)


def test_a_second_attempt_that_is_cut_short_changes_nothing() -> None:
    with Loopback({"/": in_turn(reply(404), silence())}) as server:
        found = ask_one(server.url(), budget=0.5, timeout=60)
    assert (found.status, found.attempts, found.control) == (404, 1, False)


def test_what_is_there_or_turned_away_is_asked_once() -> None:
    with Loopback({"/": reply(), "/no": reply(403)}) as server:
        found = ask(server.url(), server.url("/no"))
    assert {one.attempts for one in found.values()} == {1}
    assert {one.control for one in found.values()} == {None}
    assert sorted(paths(server)) == ["/", "/no"]


def test_a_host_without_tls_is_probed_for_one_of_its_pages_only() -> None:
    pages = [f"http://plain.test/{at}" for at in range(9)]
    with Loopback({"plain.test:443": reply(502), **{page: reply() for page in pages}}) as proxy:
        environment = replace(internet(names={"plain.test": "127.0.0.1"}), proxy_for=lambda _: proxy.url())
        found = ask(*pages, environment=environment, concurrency=1)
    assert {one.https for one in found.values()} == {False}
    assert paths(proxy).count("plain.test:443") == 1


def test_only_a_link_with_a_fragment_needs_the_whole_page() -> None:
    """Much is sent, and most of it is left unread."""
    sent = 0

    async def pour(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    with Loopback({"/": pour}) as server:
        assert ask_one(server.url()).status == 200
    assert sent < 20_000_000


class Registry(Authority):
    """An authority that knows the pages of one host by the paths of another server."""

    hosts = ("pages.test",)

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        return Url(f"{self.base}/known/{url.rpartition('/')[2]}") if not fragments else None

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:
        return (
            Evidence(url=url, status=response.status, via="authority")
            if response.status in (200, 404) and not fragments
            else None
        )

    def headers(self, request_url: Url) -> Mapping[str, str]:
        return {"Authorization": "token"} if self.owns(request_url) else {}


def test_an_authority_is_asked_before_the_page_and_believed() -> None:
    names = {"pages.test": "127.0.0.1", "example.com": "127.0.0.1"}
    with Loopback({"/known/a": reply(), "/known/c": reply(503), "/c": reply()}) as server:
        pages = {name: Url(f"http://pages.test:{server.port}/{name}") for name in "abc"}
        environment = replace(
            internet(names=names), authorities=Authorities(Registry(server.url().rstrip("/")))
        )
        found = ask(*pages.values(), environment=environment)
    assert {name: (found[url].status, found[url].via) for name, url in pages.items()} == {
        "a": (200, "authority"),
        "b": (404, "authority"),
        "c": (200, "network"),
    }
    assert {request.path for request in server.requests if "authorization" not in request.headers} == {"/c"}


def test_what_the_body_tells_is_in_the_evidence() -> None:
    page = b"<!doctype html><title>A page</title><p id=here>" + b"Some words of text. " * 50
    with Loopback({"/": reply(200, page, Content_Type="text/html")}) as server:
        link = Link(source=PageUri("a.md"), kind="external", href="", target=server.url())
        links = (replace(link, fragment="here"), replace(link, fragment="gone"))
        settings = ExternalSettings(timeout=5)
        (found,) = check(
            whole(Target(server.url(), links)), settings, stop=Future(), environment=internet()
        ).evidence
    assert dict(found.fragments) == {"here": "present", "gone": "absent"}

"""What is asked with HEAD, and what its answer is believed."""

from __future__ import annotations

import asyncio
import math
from concurrent.futures import Future
from dataclasses import replace

import pytest
from check.fakes import ask_one, internet, response, whole
from loopback import Behaviour, Loopback, ReceivedRequest, redirect, reply, reset, silence

from mkdocs_backlinks.check.ask.host import MAX_SILENCES, Host
from mkdocs_backlinks.check.ask.host_queue import HostQueue
from mkdocs_backlinks.check.ask.target_probe import has_download, is_download
from mkdocs_backlinks.check.ask.timers import Deadline
from mkdocs_backlinks.check.engine import check
from mkdocs_backlinks.check.response import Method
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Link, PageUri, Target, Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings

FILE = reply(200, Content_Type="application/zip")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.test/tool.zip", True),
        ("https://a.test/TOOL.ZIP?raw=1", True),
        ("https://a.test/tool-1.2.tar.gz", True),
        ("https://a.test/paper.pdf", True),
        ("https://a.test/guide.html", False),
        ("https://a.test/guide", False),
        ("https://a.test/tool.zip/", False),
        ("https://a.test/?file=tool.zip", False),
        ("https://files.zip/", False),
    ],
)
def test_downloads_are_known_by_the_end_of_the_path(address: str, expected: bool) -> None:
    assert is_download(Url(address)) is expected


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (200, "application/zip", True),
        (206, "image/png", True),
        (200, "text/html; charset=utf-8", False),
        (202, "Text/HTML", False),
        (200, "application/xhtml+xml", False),
        (200, None, False),
        (304, "image/png", False),
        (404, "application/zip", False),
        (None, None, False),
    ],
)
def test_only_success_that_is_no_page_counts(status: int | None, kind: str | None, expected: bool) -> None:
    fields = {} if kind is None else {"content-type": kind}
    assert has_download(response("https://a.test/tool.zip", status, headers=fields)) is expected


def by_method(head: Behaviour, get: Behaviour) -> Behaviour:
    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await (head if request.method == "HEAD" else get)(request, writer)

    return behave


def methods(server: Loopback) -> list[str]:
    return [request.method for request in server.requests]


def test_a_download_is_asked_for_its_head() -> None:
    with Loopback({"/tool.zip": FILE}) as server:
        found = ask_one(server.url("/tool.zip"))
    assert (found.status, found.method, found.attempts) == (200, "HEAD", 1)
    assert methods(server) == ["HEAD"]


def test_its_redirects_are_followed_with_head() -> None:
    with Loopback({"/tool.zip": redirect("/there"), "/there": FILE}) as server:
        found = ask_one(server.url("/tool.zip"))
    assert (found.status, found.method, [hop.status for hop in found.hops]) == (200, "HEAD", [302])
    assert methods(server) == ["HEAD", "HEAD"]


@pytest.mark.parametrize(
    "head",
    [
        reply(404),
        reply(403),
        reply(405),
        reply(501),
        reply(500),
        reply(429, Retry_After="1"),
        reply(200, Content_Type="text/html"),
        reset(),
        silence(),
        redirect("/nowhere"),
    ],
)
def test_what_is_no_success_is_asked_with_get(head: Behaviour) -> None:
    with Loopback({"/tool.zip": by_method(head, FILE)}) as server:
        found = ask_one(server.url("/tool.zip"), timeout=0.5)
    assert (found.status, found.method, found.attempts, found.hops) == (200, "GET", 1, ())
    assert methods(server)[-1] == "GET"


def test_get_alone_shows_that_a_download_is_gone() -> None:
    with Loopback({"/": reply()}) as server:
        found = ask_one(server.url("/tool.zip"))
    assert (found.status, found.method, found.attempts, found.control) == (404, "GET", 2, True)
    assert [(one.method, one.path) for one in server.requests if one.path != "/"] == [
        ("HEAD", "/tool.zip"),
        ("GET", "/tool.zip"),
        ("GET", "/tool.zip"),
    ]


def test_a_place_in_the_file_needs_the_file() -> None:
    with Loopback({"/paper.pdf": reply(200, b"%PDF", Content_Type="application/pdf")}) as server:
        url = server.url("/paper.pdf")
        link = Link(source=PageUri("a.md"), kind="external", href=url, target=url, fragment="page=2")
        settings = ExternalSettings(per_host=PerHostSettings(interval=0))
        check(whole(Target(url, (link,))), settings, stop=Future(), environment=internet())
    assert methods(server) == ["GET"]


@pytest.mark.parametrize(("method", "closes"), [("GET", True), ("HEAD", False)])
def test_silence_towards_head_closes_no_host(method: Method, closes: bool) -> None:
    host = Host[None](HostQueue(4), Timing(), Deadline(Timing(), math.inf))
    silent = response("https://a.test/", failure="timeout", stage="exchange", method=method)
    for at in range(MAX_SILENCES):
        host.learn(silent, began=at)
    assert (host.closed is not None) is closes


def test_silence_towards_head_does_not_make_up_for_silence_towards_get() -> None:
    host = Host[None](HostQueue(4), Timing(), Deadline(Timing(), math.inf))
    silent = response("https://a.test/", failure="timeout", stage="exchange")
    for at in range(MAX_SILENCES):
        host.learn(silent, began=at)
        host.learn(replace(silent, method="HEAD"), began=at)
    assert host.closed is not None

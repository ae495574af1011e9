"""Whether an `http:` address would do as an `https:` one."""

from __future__ import annotations

import asyncio
import ssl
import sys

import pytest
from check.fakes import ask_one, internet
from loopback import Behaviour, Loopback, Request, raw, redirect, reply, reset, silence

NOT_ON_3_10 = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="its asyncio warns of an open transport when a TLS server hangs up"
)
NAMES = {"secure.test": "127.0.0.1"}


def by_scheme(http: Behaviour, https: Behaviour) -> Behaviour:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (https if request.scheme == "https" else http)(request, writer)

    return behave


@pytest.mark.parametrize(
    ("http", "https", "answers"),
    [
        (reply(200), reply(200), True),
        (reply(204), reply(204), True),
        (reply(200), reply(404), False),
        (reply(200), reply(503), False),
        pytest.param(reply(200), raw(b""), False, marks=NOT_ON_3_10),
        (reply(200), silence(), False),
        (reply(404), reply(200), None),
        (reply(403), reply(200), None),
        (reset(), reply(200), None),
    ],
)
def test_a_good_answer_over_tls_counts(
    http: Behaviour,
    https: Behaviour,
    answers: bool | None,
    certified: ssl.SSLContext,
    trusted: ssl.SSLContext,
) -> None:
    with Loopback({"/": by_scheme(http, https)}, tls=certified) as server:
        evidence = ask_one(
            server.url(host="secure.test"), outside=internet(names=NAMES, tls=trusted), timeout=0.5
        )
    assert evidence.https is answers
    probes = [request for request in server.requests if request.scheme == "https"]
    assert len(probes) == (answers is not None)


def test_a_redirect_to_https_is_proof_enough(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with Loopback({"/end": reply()}, tls=certified) as server:
        server.routes["/"] = redirect(server.url("/end", scheme="https", host="secure.test"), 301)
        evidence = ask_one(server.url(host="secure.test"), outside=internet(names=NAMES, tls=trusted))
    assert (evidence.status, evidence.https, len(evidence.hops)) == (200, True, 1)
    assert len(server.requests) == 2


def test_a_redirect_back_to_http_does_not_count(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with Loopback({}, tls=certified) as server:
        url = server.url(host="secure.test")
        server.routes["/"] = by_scheme(reply(200), redirect(url))
        evidence = ask_one(url, outside=internet(names=NAMES, tls=trusted))
    assert (evidence.status, evidence.https) == (200, False)


def test_a_certificate_that_nobody_trusts_does_not_count(certified: ssl.SSLContext) -> None:
    with Loopback({"/": reply()}, tls=certified) as server:
        evidence = ask_one(server.url(host="secure.test"), outside=internet(names=NAMES))
    assert (evidence.status, evidence.https) == (200, False)


def test_an_https_address_is_not_probed(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with Loopback({"/": reply()}, tls=certified) as server:
        url = server.url(host="secure.test", scheme="https")
        evidence = ask_one(url, outside=internet(names=NAMES, tls=trusted))
    assert (evidence.status, evidence.https) == (200, None)
    assert len(server.requests) == 1


def test_an_answer_outlives_a_probe_that_is_cut_short(
    certified: ssl.SSLContext, trusted: ssl.SSLContext
) -> None:
    with Loopback({"/": by_scheme(reply(200), silence())}, tls=certified) as server:
        outside = internet(names=NAMES, tls=trusted)
        evidence = ask_one(server.url(host="secure.test"), outside=outside, budget=1.0, timeout=60)
    assert (evidence.status, evidence.https) == (200, None)

"""Whether an `http:` address would do as an `https:` one."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from check.fakes import ask_one, internet
from check.tunnel import tunnel
from loopback import Behaviour, Loopback, raw, redirect, reply, reset, silence

from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.model import Evidence

NOT_ON_3_10 = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="its asyncio warns of an open transport when a TLS server hangs up"
)
NAMES = {"secure.test": "127.0.0.1"}
HTTP = "http://secure.test/"
HTTPS = "https://secure.test/"


@contextmanager
def ports_80_and_443(
    http: Mapping[str, Behaviour], https: Mapping[str, Behaviour], certified: ssl.SSLContext
) -> Iterator[tuple[str, Loopback]]:
    """A proxy to the host `secure.test`, and what stands behind its port 443."""
    with Loopback(https, tls=certified) as server:
        paths = {HTTP.rstrip("/") + path: behaviour for path, behaviour in http.items()}
        with Loopback({**paths, "secure.test:443": tunnel(server.port)}) as proxy:
            yield proxy.url(), server


def ask_through(proxy: str, address: str, tls: ssl.SSLContext | None, **how: Any) -> Evidence:  # noqa: ANN401
    environment: Environment = replace(internet(names=NAMES, tls=tls), proxy_for=lambda _: proxy)
    return ask_one(address, environment=environment, **how)


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
    with ports_80_and_443({"/": http}, {"/": https}, certified) as (proxy, server):
        evidence = ask_through(proxy, HTTP, trusted, timeout=0.5)
    assert evidence.https is answers
    assert len(server.requests) == (answers is not None)


def test_a_redirect_to_https_is_proof_enough(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with ports_80_and_443({"/": redirect(f"{HTTPS}end", 301)}, {"/end": reply()}, certified) as (
        proxy,
        server,
    ):
        evidence = ask_through(proxy, HTTP, trusted)
    assert (evidence.status, evidence.https, len(evidence.hops)) == (200, True, 1)
    assert len(server.requests) == 1


def test_a_redirect_back_to_http_does_not_count(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with ports_80_and_443({"/": reply()}, {"/": redirect(HTTP)}, certified) as (proxy, _):
        evidence = ask_through(proxy, HTTP, trusted)
    assert (evidence.status, evidence.https) == (200, False)


def test_a_certificate_that_nobody_trusts_does_not_count(certified: ssl.SSLContext) -> None:
    with ports_80_and_443({"/": reply()}, {"/": reply()}, certified) as (proxy, _):
        evidence = ask_through(proxy, HTTP, None)
    assert (evidence.status, evidence.https) == (200, False)


def test_an_https_address_is_not_probed(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with ports_80_and_443({}, {"/": reply()}, certified) as (proxy, server):
        evidence = ask_through(proxy, HTTPS, trusted)
    assert (evidence.status, evidence.https) == (200, None)
    assert len(server.requests) == 1


def test_a_port_that_is_written_is_not_probed(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    """It speaks `http`, as it just did; where the host may speak TLS, the address does not say."""
    with Loopback({"/": reply()}, tls=certified) as server:
        evidence = ask_one(server.url(host="secure.test"), environment=internet(names=NAMES, tls=trusted))
    assert (evidence.status, evidence.https) == (200, None)
    assert [request.scheme for request in server.requests] == ["http"]


def test_an_answer_outlives_a_probe_that_is_cut_short(
    certified: ssl.SSLContext, trusted: ssl.SSLContext
) -> None:
    with ports_80_and_443({"/": reply()}, {"/": silence()}, certified) as (proxy, _):
        evidence = ask_through(proxy, HTTP, trusted, budget=1.0, timeout=60)
    assert (evidence.status, evidence.https) == (200, None)

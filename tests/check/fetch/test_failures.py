"""Each exception of the network becomes a kind of failure, a stage and a text."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl

import pytest

from mkdocs_backlinks.check.fetch.address_guard import ForbiddenPortError, NonPublicAddressError
from mkdocs_backlinks.check.fetch.failures import failure_response
from mkdocs_backlinks.check.response import Stage
from mkdocs_backlinks.model import Failure, Url

HERE = Url("https://a.test/")


def verification_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError()
    error.verify_message = "certificate has expired"
    return error


def tls_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "it failed")
    error.reason = reason
    return error


REFUSED = "not asked: {}; a lower `external.concurrency` may help"
FAILURES: list[tuple[BaseException, Failure, Stage | None, str]] = [
    (NonPublicAddressError("10.0.0.1"), "non_public", "connect", "10.0.0.1 is not a public address"),
    (ForbiddenPortError(25), "forbidden_port", "connect", "port 25 is none of the web's"),
    (socket.gaierror(socket.EAI_NONAME, "x"), "unknown_host", "name", "no host has this name"),
    (socket.gaierror(socket.EAI_NODATA, "x"), "unknown_host", "name", "no host has this name"),
    (socket.gaierror(socket.EAI_AGAIN, "later"), "connection", "name", "later"),
    (socket.gaierror(socket.EAI_AGAIN, ""), "connection", "name", "the name could not be looked up"),
    (ssl.SSLEOFError(), "connection", "exchange", "the server hung up while TLS was set up"),
    (ssl.SSLZeroReturnError(), "connection", "exchange", "the server hung up while TLS was set up"),
    (verification_error(), "tls", "connect", "certificate has expired"),
    (tls_error("WRONG_VERSION_NUMBER"), "tls", "connect", "WRONG_VERSION_NUMBER"),
    (tls_error(""), "tls", "connect", "it failed"),
    (asyncio.TimeoutError(), "timeout", "exchange", "no answer in time"),
    (TimeoutError(), "timeout", "exchange", "no answer in time"),
    (ValueError("label too long"), "malformed", None, "label too long"),
    (RuntimeError("odd"), "connection", "exchange", "odd"),
    (RuntimeError(), "connection", "exchange", "RuntimeError"),
    *(
        (OSError(code, "x"), "connection", "connect", os.strerror(code))
        for code in (
            errno.ECONNREFUSED,
            errno.ENETUNREACH,
            errno.EHOSTUNREACH,
            errno.ENETDOWN,
            errno.EADDRNOTAVAIL,
        )
    ),
    (OSError(errno.ECONNRESET, "x"), "connection", "exchange", os.strerror(errno.ECONNRESET)),
    *(
        (OSError(code, "x"), "deferred", None, REFUSED.format(os.strerror(code)))
        for code in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
    ),
]


@pytest.mark.parametrize(
    ("error", "failure", "stage", "detail"), FAILURES, ids=lambda value: repr(value)[:40]
)
def test_a_failure(error: BaseException, failure: Failure, stage: Stage | None, detail: str) -> None:
    wrapped = RuntimeError("by the client")
    wrapped.__cause__ = error
    for raised in (error, wrapped):
        response = failure_response(HERE, raised)
        assert (response.url, response.status) == (HERE, None)
        if raised is error or not isinstance(error, RuntimeError):
            assert (response.failure, response.stage, response.detail) == (failure, stage, detail)


def test_the_innermost_known_cause_decides() -> None:
    outer, inner = TimeoutError(), ValueError("x")
    inner.__cause__ = RuntimeError("unknown")
    outer.__cause__ = inner
    assert failure_response(HERE, outer).failure == "malformed"

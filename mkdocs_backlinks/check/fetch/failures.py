"""An exception of the network becomes a `Response`: the kind of failure, how far it got, and a short text."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
from collections.abc import Iterator

from mkdocs_backlinks.check.fetch.address_guard import RefusedError
from mkdocs_backlinks.check.response import Response, Stage
from mkdocs_backlinks.model import Failure, Url

# Some platforms have a second code, for a name without an address.
NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

NO_ROUTE = {
    errno.ECONNREFUSED,
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EADDRNOTAVAIL,
}

NO_SOCKETS = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
"""This machine has no socket left; that is no fact about the server."""

_Failure = tuple[Failure, Stage | None, str]


def failure_response(url: Url, error: BaseException) -> Response:
    """Return the response for an error; its innermost known cause decides."""
    for cause in reversed(tuple(_causes(error))):
        judged = _judge(cause)
        if judged:
            failure, stage, detail = judged
            return Response(url=url, failure=failure, stage=stage, detail=detail)
    return Response(
        url=url, failure="connection", stage="exchange", detail=str(error) or type(error).__name__
    )


def _judge(error: BaseException) -> _Failure | None:
    judged: _Failure | None = None
    match error:
        case RefusedError():
            judged = error.failure, "connect", error.detail
        case socket.gaierror() if error.errno in NO_SUCH_NAME:
            judged = "unknown_host", "name", "no host has this name"
        case socket.gaierror():
            judged = "connection", "name", error.strerror or "the name could not be looked up"
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            judged = "connection", "exchange", "the server hung up while TLS was set up"
        case ssl.SSLCertVerificationError():
            judged = "tls", "connect", error.verify_message
        case ssl.SSLError():
            judged = "tls", "connect", error.reason or str(error)
        case asyncio.TimeoutError() | TimeoutError():
            judged = "timeout", "exchange", "no answer in time"
        case OSError(errno=int(code)):
            judged = _judge_code(code)
        case ValueError():
            judged = "malformed", None, str(error)
    return judged


def _judge_code(code: int) -> _Failure:
    if code in NO_SOCKETS:
        return "deferred", None, f"not asked: {os.strerror(code)}; a lower `external.concurrency` may help"
    return "connection", "connect" if code in NO_ROUTE else "exchange", os.strerror(code)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__

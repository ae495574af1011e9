"""Sends one request with the HTTP client: one response, no redirects, no retries."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from mkdocs_backlinks import __version__
from mkdocs_backlinks.check.fetch.address_guard import (
    MakeSocket,
    guarded,
    may_be_private,
    require_port,
    require_public,
)
from mkdocs_backlinks.check.fetch.body import ENCODINGS, Body, is_text
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.check.fetch.failures import failure_response
from mkdocs_backlinks.check.fetch.resolve import Resolve
from mkdocs_backlinks.check.fetch.sockets import Sockets
from mkdocs_backlinks.check.request import SNIFF_BYTES, Request
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

# Stock firewall rules refuse "link", "bot" and "crawler", hence another name than the project's own and an
# escaped letter in the address, which leads to the same page.
USER_AGENT = f"Mozilla/5.0 (compatible; mkdocs-gate/{__version__}; +https://pypi.org/project/mkdocs-back%6Cinks-plugin/)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": ENCODINGS,
}

BODY_SECONDS = 5.0
"""Most seconds for a whole body. The status is known already, so that a slow body is cut off."""

CONNECT_SECONDS = 10.0

MAX_HEADERS = 100
MAX_HEADER = 8192
"""Characters of one header field."""

KEEP_ALIVE_SECONDS = 4.0
"""Many servers close an idle connection after five seconds; a request at that moment must be repeated."""


@dataclass(frozen=True, slots=True)
class _Sessions:
    """One session whose connections are kept for more requests, and one whose connections serve once."""

    keep_alive: aiohttp.ClientSession
    single_use: aiohttp.ClientSession


@dataclass(frozen=True, slots=True)
class HttpTransport:
    """Sessions for public addresses, and for any address of the hosts that the author allows."""

    public: _Sessions
    unguarded: _Sessions
    environment: Environment
    resolve: Resolve
    allow_private: tuple[str, ...]
    sockets: Sockets

    async def send(self, request: Request) -> Response:
        url, options = request.url, request.options
        try:
            sessions, proxy = await self._route(url)
            session = sessions.single_use if self.sockets.are_many else sessions.keep_alive
            async with session.request(
                options.method,
                URL(url, encoded=True),
                allow_redirects=False,
                headers=self._headers(request),
                proxy=proxy,
                timeout=_timeout(options.timeout),
            ) as response:
                body = await self._read(response, options.max_body)
                return Response(
                    url=url,
                    status=response.status,
                    headers=_bounded(response.headers),
                    body=bytes(body) if body else b"",
                    truncated=body is None or body.truncated,
                    method=options.method,
                )
        except aiohttp.ConnectionTimeoutError:
            return Response(url=url, failure="timeout", stage="connect", detail="no connection in time")
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
            # ValueError: a name or a field that a codec refuses ends this request, not the run.
            return replace(failure_response(url, error), method=options.method)

    async def _route(self, url: Url) -> tuple[_Sessions, str | None]:
        proxy = self.environment.proxy_for(url)
        if may_be_private(url, self.allow_private):
            return self.unguarded, proxy
        require_port(url)
        if proxy is None:
            return self.public, None
        # The proxy itself is the administrator's choice; its own connections cannot be guarded.
        await require_public(url, self.resolve, self.environment.is_public)
        return self.unguarded, proxy

    async def _read(self, response: aiohttp.ClientResponse, limit: int) -> Body | None:
        """Return the body if it is a text to read; else only drain a short one, to keep its connection."""
        wanted = bool(limit) and is_text(response.headers.get("Content-Type", ""))
        body = Body(limit, response.headers.get("Content-Encoding", "")) if wanted else Body(SNIFF_BYTES)
        # The status is a fact: a body that breaks off is none about the address.
        with suppress(aiohttp.ClientError, asyncio.TimeoutError, OSError, zlib.error):
            await asyncio.wait_for(body.fill(response.content), BODY_SECONDS)
        return body if wanted else None

    def _headers(self, request: Request) -> Mapping[str, str]:
        environment = self.environment
        cookies = {"Cookie": request.cookies} if request.cookies else {}
        return {
            **environment.authorities.headers_for(request.url),
            **environment.headers_for(request.url),
            **request.conditions,
            **cookies,
        }


@asynccontextmanager
async def open_transport(
    environment: Environment, resolve: Resolve, allow_private: tuple[str, ...]
) -> AsyncIterator[HttpTransport]:
    """Open sessions that are closed at the end of the block; the client keeps no cookie."""
    sockets = environment.sockets()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(sockets.close)
        guard = guarded(sockets.make, environment.is_public)
        public = await _sessions(stack, environment, resolve, guard)
        unguarded = await _sessions(stack, environment, resolve, sockets.make)
        yield HttpTransport(public, unguarded, environment, resolve, allow_private, sockets)


async def _sessions(
    stack: AsyncExitStack, environment: Environment, resolve: Resolve, make_socket: MakeSocket
) -> _Sessions:
    keep_alive = _session(environment, resolve, make_socket, is_single_use=False)
    single_use = _session(environment, resolve, make_socket, is_single_use=True)
    return _Sessions(await stack.enter_async_context(keep_alive), await stack.enter_async_context(single_use))


def _session(
    environment: Environment, resolve: Resolve, make_socket: MakeSocket, *, is_single_use: bool
) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=0,
        ssl=True if environment.tls is None else environment.tls,
        resolver=_Resolver(resolve),
        ttl_dns_cache=None,
        keepalive_timeout=None if is_single_use else KEEP_ALIVE_SECONDS,
        force_close=is_single_use,
        socket_factory=make_socket,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers=HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        middlewares=(_without_retry,),
    )


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=min(seconds, CONNECT_SECONDS))


async def _without_retry(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep the client from repeating a GET on its own when the server hangs up; the scheduler retries."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        # The client does not retry this type; the cause stays readable below it.
        raise aiohttp.ClientConnectionError(str(error)) from error


def _bounded(headers: Mapping[str, str]) -> dict[str, str]:
    bounded: dict[str, str] = {}
    for name, value in list(headers.items())[:MAX_HEADERS]:
        key = name.lower()
        # A cookie may hold a comma, so a line feed separates cookies.
        separator = "\n" if key == "set-cookie" else ", "
        joined = f"{bounded[key]}{separator}{value}" if key in bounded else value
        bounded[key] = joined[:MAX_HEADER]
    return bounded


class _Resolver(AbstractResolver):
    """Adapts a `Resolve` to the client."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        results = [_result(host, address, port) for address in await self._resolve(host)]
        return [result for result in results if family in (socket.AF_UNSPEC, result["family"])]

    async def close(self) -> None:
        """Nothing is open."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )

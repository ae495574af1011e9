"""The only file that knows the HTTP client: one request, one answer, no redirects, no retries."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from mkdocs_backlinks import __version__
from mkdocs_backlinks.check.fetch.body import ENCODINGS, Body, is_text
from mkdocs_backlinks.check.fetch.failures import failed
from mkdocs_backlinks.check.fetch.guard import (
    MakeSocket,
    guarded,
    may_be_private,
    require_port,
    require_public,
)
from mkdocs_backlinks.check.fetch.outside import Outside
from mkdocs_backlinks.check.fetch.resolve import Resolve
from mkdocs_backlinks.check.fetch.sockets import Sockets
from mkdocs_backlinks.check.request import SNIFF_BYTES, Request
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

# Stock firewall rules turn away "link", "bot" and "crawler", hence another name than the project's own
# and an escaped letter in the address, which leads to the same page.
USER_AGENT = f"Mozilla/5.0 (compatible; mkdocs-gate/{__version__}; +https://pypi.org/project/mkdocs-back%6Cinks-plugin/)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": ENCODINGS,
}

BODY_SECONDS = 5.0
"""For a whole body: the status is there already, so whoever dawdles with the rest is not waited for."""

CONNECT_SECONDS = 10.0

MAX_FIELDS = 100
MAX_FIELD = 8192

IDLE_SECONDS = 4.0
"""Many servers hang up after five seconds, and a request that crosses that would have to be repeated."""


@dataclass(frozen=True, slots=True)
class _Sessions:
    """For connections that are kept for the next request, and for those that serve for one."""

    lasting: aiohttp.ClientSession
    single: aiohttp.ClientSession


@dataclass(frozen=True, slots=True)
class Http:
    """Open connections: to public addresses, and for the hosts that the author allows to any."""

    public: _Sessions
    unguarded: _Sessions
    outside: Outside
    resolve: Resolve
    allow_private: tuple[str, ...]
    sockets: Sockets
    _in_pieces: set[Body] = field(default_factory=set, init=False)

    @property
    def is_reading(self) -> bool:
        """Whether a body comes in piece by piece; its time is short, so none should wait to be read."""
        return bool(self._in_pieces)

    async def send(self, request: Request) -> Response:
        url, options = request.url, request.options
        try:
            sessions, proxy = await self._way(url)
            session = sessions.single if self.sockets.are_many else sessions.lasting
            async with session.request(
                options.method,
                URL(url, encoded=True),
                allow_redirects=False,
                headers=self._fields(request),
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
            # ValueError: a name or a field that some codec on the way refuses ends one request, not the run.
            return replace(failed(url, error), method=options.method)

    async def _way(self, url: Url) -> tuple[_Sessions, str | None]:
        proxy = self.outside.proxy_for(url)
        if may_be_private(url, self.allow_private):
            return self.unguarded, proxy
        require_port(url)
        if proxy is None:
            return self.public, None
        # The proxy itself is the administrator's choice; where it connects to, nobody here would see.
        await require_public(url, self.resolve, self.outside.is_public)
        return self.unguarded, proxy

    async def _read(self, response: aiohttp.ClientResponse, limit: int) -> Body | None:
        """The body, where it is a text that somebody wants; else its connection is kept, if that is quick."""
        wanted = bool(limit) and is_text(response.headers.get("Content-Type", ""))
        body = Body(limit, response.headers.get("Content-Encoding", "")) if wanted else Body(SNIFF_BYTES)
        # The status stands: a body that breaks off says nothing about the address.
        with suppress(aiohttp.ClientError, asyncio.TimeoutError, OSError, zlib.error):
            if response.content.is_eof():
                await body.fill(response.content)
            else:
                await self._read_pieces(body, response.content)
        return body if wanted else None

    async def _read_pieces(self, body: Body, stream: aiohttp.StreamReader) -> None:
        self._in_pieces.add(body)
        try:
            await asyncio.wait_for(body.fill(stream), BODY_SECONDS)
        finally:
            self._in_pieces.discard(body)

    def _fields(self, request: Request) -> Mapping[str, str]:
        given = self.outside.authorities.headers_for(request.url)
        fields = {**given, **self.outside.fields_for(request.url), **request.conditions}
        return {**fields, "Cookie": request.cookies} if request.cookies else fields


@asynccontextmanager
async def open_web(outside: Outside, resolve: Resolve, allow_private: tuple[str, ...]) -> AsyncIterator[Http]:
    """Connections that last as long as the block; the client keeps no cookie."""
    sockets = Sockets()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(sockets.close)
        guard = guarded(sockets.make, outside.is_public)
        public = await _sessions(stack, outside, resolve, guard)
        unguarded = await _sessions(stack, outside, resolve, sockets.make)
        yield Http(public, unguarded, outside, resolve, allow_private, sockets)


async def _sessions(
    stack: AsyncExitStack, outside: Outside, resolve: Resolve, make_socket: MakeSocket
) -> _Sessions:
    lasting = _session(outside, resolve, make_socket, is_single=False)
    single = _session(outside, resolve, make_socket, is_single=True)
    return _Sessions(await stack.enter_async_context(lasting), await stack.enter_async_context(single))


def _session(
    outside: Outside, resolve: Resolve, make_socket: MakeSocket, *, is_single: bool
) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=0,
        ssl=True if outside.tls is None else outside.tls,
        resolver=_Resolver(resolve),
        ttl_dns_cache=None,
        keepalive_timeout=None if is_single else IDLE_SECONDS,
        force_close=is_single,
        socket_factory=make_socket,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers=HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        middlewares=(_once,),
    )


@lru_cache(maxsize=8)
def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=min(seconds, CONNECT_SECONDS))


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keep the client from repeating a GET on its own when the server hangs up: `retry` decides that."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        # Of a type that the client does not try again; the cause stays readable below it.
        raise aiohttp.ClientConnectionError(str(error)) from error


def _bounded(fields: Mapping[str, str]) -> dict[str, str]:
    bounded: dict[str, str] = {}
    for name, value in list(fields.items())[:MAX_FIELDS]:
        key = name.lower()
        known = bounded.get(key)
        # A cookie may hold a comma, so that these fields can only be told apart by their lines.
        joined = value if known is None else ("\n" if key == "set-cookie" else ", ").join((known, value))
        bounded[key] = joined[:MAX_FIELD]
    return bounded


class _Resolver(AbstractResolver):
    """Our resolver behind the client's interface."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        results = [_result(host, address, port) for address in await self._resolve(host)]
        return [result for result in results if family in (socket.AF_UNSPEC, result["family"])]

    async def close(self) -> None:
        """Nothing is held open."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )

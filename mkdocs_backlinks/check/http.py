"""The only file that knows the HTTP client: one GET, one answer, no redirects, no retries.

Proxies of the environment are not used: the address guard would see the proxy only.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from mkdocs_backlinks import __version__
from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.check.failures import failed
from mkdocs_backlinks.check.guard import MakeSocket, guarded, may_be_private
from mkdocs_backlinks.check.resolve import Resolve
from mkdocs_backlinks.check.sockets import Sockets
from mkdocs_backlinks.model import Url

# Stock firewall rules turn away "link", "bot" and "crawler", hence another name than the project's own
# and an escaped letter in the address, which leads to the same page.
USER_AGENT = f"Mozilla/5.0 (compatible; mkdocs-gate/{__version__}; +https://pypi.org/project/mkdocs-back%6Cinks-plugin/)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
}

BODY_LIMIT = 64 * 1024
"""Bytes on the wire. A body is read only so that the connection can be used again; nothing looks inside,
so nothing is unpacked either."""

BODY_SECONDS = 2.0

# Idle connections cost a file descriptor each, and a run meets hundreds of hosts.
IDLE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Web:
    """Open connections: to public addresses, and for the hosts that the author allows to any."""

    public: aiohttp.ClientSession
    unguarded: aiohttp.ClientSession
    allow_private: tuple[str, ...]

    def session(self, url: Url) -> aiohttp.ClientSession:
        return self.unguarded if may_be_private(url, self.allow_private) else self.public


@asynccontextmanager
async def open_web(
    tls: ssl.SSLContext, resolve: Resolve, is_public: Callable[[str], bool], allow_private: tuple[str, ...]
) -> AsyncIterator[Web]:
    """Connections that last as long as the block; no cookie outlives its response."""
    sockets = Sockets()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(sockets.close)
        public = await stack.enter_async_context(_session(tls, resolve, guarded(sockets.make, is_public)))
        unguarded = await stack.enter_async_context(_session(tls, resolve, sockets.make))
        yield Web(public, unguarded, allow_private)


class Http:
    """Asks with GET, as a reader would; HEAD is answered wrongly too often to be evidence."""

    def __init__(self, web: Web, timeout: float) -> None:
        self._web = web
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def fetch(self, url: Url) -> Answer:
        session = self._web.session(url)
        try:
            async with session.get(
                URL(url, encoded=True), allow_redirects=False, timeout=self._timeout
            ) as response:
                await _drain(response)
                return Answer(
                    url=url,
                    status=response.status,
                    location=response.headers.get("Location"),
                    retry_after=response.headers.get("Retry-After"),
                )
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
            # ValueError: a name or a field that some codec on the way refuses ends one request, not the run.
            return failed(url, error)


def _session(tls: ssl.SSLContext, resolve: Resolve, make_socket: MakeSocket) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=0,
        ssl=tls,
        resolver=_Resolver(resolve),
        ttl_dns_cache=None,
        keepalive_timeout=IDLE_SECONDS,
        socket_factory=make_socket,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers=HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        middlewares=(_once,),
    )


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keep the client from repeating a GET on its own when the server hangs up: `retry` decides that."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        # Of a type that the client does not try again; the cause stays readable below it.
        raise aiohttp.ClientConnectionError(str(error)) from error


async def _drain(response: aiohttp.ClientResponse) -> None:
    """Read a small body to its end and drop the connection of a large, slow or broken one."""
    try:
        await asyncio.wait_for(_read(response.content), BODY_SECONDS)
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        # The status stands: a body that breaks off says nothing about the address.
        response.close()


async def _read(body: aiohttp.StreamReader) -> None:
    size = 0
    while size < BODY_LIMIT:
        chunk = await body.readany()
        if not chunk:
            return
        size += len(chunk)


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

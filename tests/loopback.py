"""A web server on this machine that answers or misbehaves as it is told, over HTTP and HTTPS on one port.

    with Loopback({"/page": reply(), "/gone": reply(410), "/slow": silence()}) as server:
        ... server.url("/page") ...
        assert [request.path for request in server.requests] == ["/page"]

What is not in the table is a 404. The server runs on a thread of its own, so synchronous code can ask it.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from mkdocs_backlinks.model import Url


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """What a client sent: `headers` by lower-case name, `path` with the query, `scheme` http or https."""

    method: str
    path: str
    headers: Mapping[str, str]
    scheme: str


Behaviour = Callable[[ReceivedRequest, asyncio.StreamWriter], Awaitable[None]]
"""Answers one request by writing to the client; the connection stays open unless it closes the writer."""


def reply(status: int = 200, body: bytes = b"", **headers: str) -> Behaviour:
    """A proper response; `Retry_After="2"` becomes the field `Retry-After`."""
    fields = {"Content-Length": str(len(body)), **{name.replace("_", "-"): headers[name] for name in headers}}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return raw(f"HTTP/1.1 {status} Told So\r\n{head}\r\n".encode("latin-1") + body, close=False)


def redirect(location: str, status: int = 302) -> Behaviour:
    """A redirect whose `Location` is sent as it stands."""
    return reply(status, Location=location)


def raw(data: bytes, *, close: bool = True) -> Behaviour:
    """Exactly these bytes, whether they are HTTP or not."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        if close:
            writer.close()

    return behave


def silence() -> Behaviour:
    """No answer, ever."""

    async def behave(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
        await asyncio.get_running_loop().create_future()

    return behave


def reset() -> Behaviour:
    """The connection is torn down with a TCP reset."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    return behave


def endless(head: bytes, chunk: bytes) -> Behaviour:
    """`head`, and then `chunk` over and over until the client has had enough."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(chunk)
            await writer.drain()

    return behave


def trickle() -> Behaviour:
    """A response that comes one byte at a time and never gets to its body."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0.01)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Another behaviour for each request; the last one stays."""
    left = list(behaviours)

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return behave


class Loopback:
    """The server, alive inside its `with` block; `requests` are all that arrived, in order."""

    def __init__(
        self,
        routes: Mapping[str, Behaviour],
        *,
        tls: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> None:
        self.routes = dict(routes)
        self.requests: list[ReceivedRequest] = []
        self.connections = 0
        self._tls = tls
        self._address = address
        self._clients: set[asyncio.Task[None]] = set()
        self._arrival = threading.Condition()

    def wait_for(self, requests: int, seconds: float = 30) -> None:
        """Wait until so many requests have arrived; fails after `seconds`."""
        with self._arrival:
            assert self._arrival.wait_for(lambda: len(self.requests) >= requests, seconds)

    def url(self, path: str = "/", *, scheme: str = "http", host: str | None = None) -> Url:
        return Url(f"{scheme}://{host or self._address}:{self.port}{path}")

    def __enter__(self) -> Loopback:
        self._listener = socket.create_server((self._address, 0), backlog=512)
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.SelectorEventLoop()
        self._accepting = self._loop.create_task(self._accept())
        self._thread = threading.Thread(target=self._serve, name="loopback", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._accepting.cancel)
        self._thread.join()
        self._loop.close()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._accepting)

    async def _accept(self) -> None:
        try:
            while True:
                connection, _ = await self._loop.sock_accept(self._listener)
                self.connections += 1
                client = self._loop.create_task(self._talk(connection))
                self._clients.add(client)
                client.add_done_callback(self._clients.discard)
        finally:
            for client in self._clients:
                client.cancel()
            await asyncio.gather(*self._clients, return_exceptions=True)

    async def _talk(self, connection: socket.socket) -> None:
        try:
            # A client that hangs up in the middle of anything is part of the game.
            with suppress(OSError, EOFError, ssl.SSLError):
                is_tls = await self._first_byte(connection) == b"\x16"
                if not is_tls or self._tls:
                    await self._exchange(connection, self._tls if is_tls else None)
        finally:
            connection.close()

    async def _first_byte(self, connection: socket.socket) -> bytes:
        ready: asyncio.Future[None] = self._loop.create_future()
        self._loop.add_reader(connection, _fulfil, ready)
        try:
            await ready
        finally:
            self._loop.remove_reader(connection)
        return connection.recv(1, socket.MSG_PEEK)

    async def _exchange(self, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
        reader = asyncio.StreamReader(loop=self._loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=self._loop)
        transport, _ = await self._loop.connect_accepted_socket(lambda: protocol, connection, ssl=tls)
        writer = asyncio.StreamWriter(transport, protocol, reader, self._loop)
        try:
            while not writer.is_closing():
                request = _parse(await reader.readuntil(b"\r\n\r\n"), "https" if tls else "http")
                with self._arrival:
                    self.requests.append(request)
                    self._arrival.notify_all()
                await self.routes.get(request.path, reply(404))(request, writer)
        finally:
            # An orderly close has been asked for where it was meant; anything else ends here and now.
            if not writer.is_closing():
                transport.abort()
            with suppress(OSError, ssl.SSLError):
                await writer.wait_closed()


def _fulfil(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


def _parse(head: bytes, scheme: str) -> ReceivedRequest:
    line, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = line.split(" ", 2)
    pairs = (field.partition(":") for field in fields)
    return ReceivedRequest(method, path, {name.lower(): value.strip() for name, _, value in pairs}, scheme)

"""A proxy's answer to `CONNECT`: from then on it hands bytes to and fro and understands none of them."""

from __future__ import annotations

import asyncio

from loopback import Behaviour, ReceivedRequest


def tunnel(port: int) -> Behaviour:
    """Lead to a port of this machine, whatever address the client wants to be connected to."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        here, client = writer.transport, writer.transport.get_protocol()
        loop = asyncio.get_running_loop()
        there, __ = await loop.create_connection(lambda: _Relay(here), "127.0.0.1", port)
        back = _Relay(there)
        here.set_protocol(back)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await back.lost.wait()
        finally:
            there.close()
            client.connection_lost(None)

    return behave


class _Relay(asyncio.Protocol):
    """Hands on all that comes in."""

    def __init__(self, other: asyncio.WriteTransport) -> None:
        self._other = other
        self.lost = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self._other.write(data)

    def connection_lost(self, _: Exception | None) -> None:
        self._other.close()
        self.lost.set()

"""No socket outlives its run."""

from __future__ import annotations

import asyncio
import socket
import ssl

from loopback import Loopback

from mkdocs_backlinks.check.fetch.sockets import Sockets


def test_a_dropped_tls_connection_is_cut(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    """The server has set TLS up and waits for a request; it will never answer a goodbye."""

    async def story(port: int) -> None:
        sockets = Sockets()
        address = ("127.0.0.1", port)
        made = sockets.make((socket.AF_INET, socket.SOCK_STREAM, 0, "", address))
        made.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(made, address)
        transport, _ = await loop.create_connection(
            asyncio.Protocol, sock=made, ssl=trusted, server_hostname="secure.test"
        )
        transport.close()
        assert made.fileno() != -1
        await sockets.close()
        assert made.fileno() == -1

    with Loopback({}, tls=certified) as server:
        asyncio.run(story(server.port))

"""No socket outlives its run, and a run has no more of them than it may."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pytest
from check.fakes import ask, ask_one, internet
from loopback import Loopback, reply

from mkdocs_backlinks.check.fetch.address_guard import AddrInfo
from mkdocs_backlinks.check.fetch.sockets import KEEP_ALIVE_SHARE, OTHER_FILES, Sockets
from mkdocs_backlinks.model import Url


def test_a_dropped_tls_connection_is_cut(certified: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    """The server has set TLS up and waits for a request; it will never answer a goodbye."""

    async def probe(port: int) -> None:
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
        asyncio.run(probe(server.port))


@contextmanager
def allowed(files: int) -> Iterator[None]:
    """A process that may have so many files open, servers of the test included."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_many_hosts_are_asked_by_a_process_that_may_have_few_files() -> None:
    """Half of the files are the server's, which is in the same process."""
    names = {f"host{at}.test": "127.0.0.1" for at in range(200)}
    with Loopback({"/": reply()}) as server, allowed(320):
        urls = [Url(f"http://{name}:{server.port}/") for name in names]
        environment = replace(internet(names=names), sockets=partial(Sockets, 160))
        found = ask(*urls, environment=environment, concurrency=16)
    assert {found[url].status for url in urls} == {200}


@pytest.mark.parametrize(("files", "connections"), [(0, 3), (1024, 1)])
def test_a_connection_is_kept_unless_there_are_many(files: int, connections: int) -> None:
    environment = replace(internet(), sockets=partial(Sockets, files))
    with Loopback({f"/{at}": reply() for at in range(3)}) as server:
        found = ask(*(server.url(f"/{at}") for at in range(3)), environment=environment, concurrency=1)
    assert {evidence.status for evidence in found.values()} == {200}
    assert server.connections == connections


def test_a_share_of_what_a_process_may_have_is_many() -> None:
    with allowed(OTHER_FILES + 40 * KEEP_ALIVE_SHARE):
        sockets = Sockets()
    info: AddrInfo = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 0))
    made = [sockets.make(info) for _ in range(39)]
    answers = [sockets.are_many]
    made.append(sockets.make(info))
    answers.append(sockets.are_many)
    for connection in made:  # the list keeps them all, as garbage that is not collected yet does
        connection.close()
    answers.append(sockets.are_many)
    assert answers == [False, True, False]


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS])
def test_a_machine_without_sockets_says_nothing_of_the_server(code: int) -> None:
    class NoSockets(Sockets):
        def make(self, info: AddrInfo) -> socket.socket:  # noqa: ARG002
            raise OSError(code, os.strerror(code))

    with Loopback({"/": reply()}) as server:
        found = ask_one(server.url(), environment=replace(internet(), sockets=NoSockets))
    assert found.failure == "deferred"
    assert "external.concurrency" in found.detail

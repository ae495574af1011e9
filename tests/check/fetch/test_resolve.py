"""Names are looked up by the machine's own means, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import socket

import pytest
from check.fakes import run_virtual

from mkdocs_backlinks.check.fetch.resolve import system_resolve, with_timeout


def test_the_machine_knows_itself() -> None:
    assert {"127.0.0.1", "::1"} & set(asyncio.run(system_resolve("localhost")))


@pytest.mark.parametrize("host", ["a" * 300, "a..b", "127.0.0.1.x y"])
def test_an_impossible_name_is_an_ordinary_failure(host: str) -> None:
    with pytest.raises(socket.gaierror):
        asyncio.run(system_resolve(host))


def test_a_silent_name_server_is_a_temporary_failure() -> None:
    async def silent(_: str) -> tuple[str, ...]:
        await asyncio.sleep(3600)
        return ()

    async def look_up() -> tuple[str, ...]:
        return await with_timeout(silent, 10.0)("a.test")

    with pytest.raises(socket.gaierror) as caught:
        run_virtual(look_up())
    assert caught.value.errno == socket.EAI_AGAIN

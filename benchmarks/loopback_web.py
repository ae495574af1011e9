"""A small web on loopback, as a process of its own: 400 hosts that answer as their addresses say.

    python benchmarks/loopback_web.py PORT HOSTS     prints its requests when it is stopped

`/7/ok` answers 200, `/7/gone` 404, `/7/down` 500, `/7/moved` redirects to `/7/moved/ok`, `/7/busy` answers
429 with `Retry-After: 1` once, `/7/limited` with `Retry-After: 2`, and `/bomb` holds 200 MB in 200 kB.
`/7/quick` answers at once. All others have a log-normal latency with a median of 60 ms, always the same for
a path.
"""

from __future__ import annotations

import asyncio
import gzip
import math
import random
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from functools import cache

MEDIAN = 0.06
SIGMA = 0.5
TLS = b"\x16"
"""First byte of a client that speaks TLS, which these hosts do not."""

PAUSES = {"busy": 1, "limited": 2}
"""Seconds of the pauses that these paths ask for, once each."""

PAGE = b"<!doctype html><title>A page</title><h1 id=top>A page</h1>" + b"<p>Some text.</p>" * 200


class Web:
    """Answers, and records the time, host and path of each request."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, float, str, str, str]] = []
        self._busy: set[tuple[str, str]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while True:
                head = await reader.readexactly(1)
                if head == TLS:
                    break
                head += await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode("latin-1")
                asked = time.monotonic()
                await asyncio.sleep(latency(path))
                answer = self._answer(host, path)
                self.seen.append((asked, time.monotonic(), host, path, answer[9:12].decode()))
                writer.write(answer)
                await writer.drain()
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    def _answer(self, host: str, path: str) -> bytes:
        kind = path.rpartition("/")[2]
        if kind in PAUSES and (host, path) not in self._busy:
            self._busy.add((host, path))
            return _response("429 Too Many Requests", f"Retry-After: {PAUSES[kind]}\r\n")
        if kind == "bomb":
            return _response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", _bomb())
        if kind == "moved":
            return _response("301 Moved Permanently", f"Location: {path}/ok\r\n")
        if kind in ("gone", "down"):
            return _response("404 Not Found" if kind == "gone" else "500 Internal Server Error")
        return _response("200 OK", "Content-Type: text/html\r\n", PAGE)


def latency(path: str) -> float:
    """Return the seconds before the first byte of a response."""
    if path.endswith("/quick"):
        return 0.0
    return MEDIAN * math.exp(random.Random(path).gauss(0, SIGMA))  # noqa: S311


def pauses_in(log: Iterable[str]) -> list[tuple[str, float]]:
    """Return the host that asked for each pause, and the time at which it began."""
    seen = [line.split(" ") for line in log]
    return [(host, float(answered)) for _, answered, host, _, status in seen if status == "429"]


def in_pauses(log: Sequence[str], length: float) -> int:
    """Count the requests that hosts got in their pauses."""
    seen = [(host, float(asked)) for asked, _, host, *_ in (line.split(" ") for line in log)]
    return sum(
        any(host == at and end < asked < end + length for at, end in pauses_in(log)) for host, asked in seen
    )


def covered(starts: Iterable[float], length: float) -> float:
    """Return the seconds in at least one of the spans, which are all of one length."""
    seconds, until = 0.0, 0.0
    for start in sorted(starts):
        seconds += start + length - max(start, until)
        until = start + length
    return seconds


def addresses(number: int) -> list[str]:
    """Return loopback addresses that all end in `.1`, so that one pattern names them."""
    return [f"127.{1 + at // 200}.{1 + at % 200}.1" for at in range(number)]


@cache
def _bomb() -> bytes:
    # Importing only an address of this module does not need it.
    return gzip.compress(bytes(200_000_000))


def _response(status: str, fields: str = "", body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status}\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def main(port: int, hosts: int) -> None:
    web = Web()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await asyncio.start_server(web.serve, addresses(hosts), port, backlog=512)
    print("ready", flush=True)
    await stopped.wait()
    for asked, answered, host, path, status in web.seen:
        print(f"{asked:.6f} {answered:.6f} {host} {path} {status}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))

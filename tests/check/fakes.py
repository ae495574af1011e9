"""Stand-ins for the world: a loop whose time jumps, fetchers that know their answers, an own internet."""

from __future__ import annotations

import asyncio
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from mkdocs_backlinks.check.authorities import Authorities
from mkdocs_backlinks.check.engine import check
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.check.request import Request
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.run_options import DEFAULTS, RunOptions
from mkdocs_backlinks.check.target_batches import TargetBatches
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings

T = TypeVar("T")

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)
NO_FIELDS: Mapping[str, str] = {}
CONTROL = {"example.com": "127.0.0.1"}
"""A name that can be looked up, so that the network counts as working."""


def run_virtual(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work` in a loop where waiting takes no time; a deadlock is an error."""
    loop = _VirtualLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def virtual_timing() -> Timing:
    """The clocks of the running virtual loop; its second 0 is `NOON`."""
    loop = asyncio.get_running_loop()
    return Timing(clock=loop.time, now=lambda: NOON + timedelta(seconds=loop.time()), jitter=lambda: 0.0)


class Scripted:
    """A transport that gives each address its answers in turn, the last one for good, and notes when."""

    def __init__(self, script: Mapping[str, list[Response]], *, seconds: float = 0.0) -> None:
        self._script = {url: list(answers) for url, answers in script.items()}
        self._seconds = seconds
        self.asked: list[tuple[float, str]] = []

    async def send(self, request: Request) -> Response:
        self.asked.append((asyncio.get_running_loop().time(), request.url))
        await asyncio.sleep(self._seconds)
        answers = self._script[request.url]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Hurried:
    """A clock on which every pause is over as soon as it begins, however long it is."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def clock(self) -> float:
        return time.monotonic() + self._skipped

    async def sleep(self, seconds: float) -> None:
        self._skipped += seconds
        await asyncio.sleep(0)


def response(
    url: str,
    status: int | None = None,
    *,
    location: str | None = None,
    retry_after: str | None = None,
    headers: Mapping[str, str] = NO_FIELDS,
    **fields: Any,  # noqa: ANN401
) -> Response:
    known = {"location": location, "retry-after": retry_after, **headers}
    sent = {name: value for name, value in known.items() if value is not None}
    return Response(url=Url(url), status=status, headers=sent, **fields)


def drive(probe: Coroutine[Any, Any, T], answers: Mapping[str, Response]) -> tuple[T, list[Request]]:
    """The result of a story whose questions are answered by this table, and the questions."""
    asked: list[Request] = []
    heard: Response | None = None
    while True:
        try:
            request = probe.send(heard)
        except StopIteration as end:
            return end.value, asked
        asked.append(request)
        heard = answers[request.url]


def internet(
    *,
    names: Mapping[str, str] = CONTROL,
    name_error: int = socket.EAI_NONAME,
    public: Callable[[str], bool] = lambda ip: ip == "127.0.0.1",
    tls: ssl.SSLContext | None = None,
) -> Environment:
    """Only 127.0.0.1 is public, only `names` exist, a pause takes no time, and it is always `NOON`."""

    async def resolve(host: str) -> tuple[str, ...]:
        if host not in names:
            raise socket.gaierror(name_error, "told so")
        return tuple(names[host].split())

    hurried = Hurried()
    timing = Timing(clock=hurried.clock, now=lambda: NOON, sleep=hurried.sleep, jitter=lambda: 0.0)
    return Environment(
        timing=timing,
        resolve=resolve,
        is_public=public,
        tls=tls or ssl.create_default_context(),
        headers_for=lambda _: {},
        proxy_for=lambda _: None,
        authorities=Authorities(),
    )


def ask(
    *addresses: str,
    environment: Environment | None = None,
    options: RunOptions = DEFAULTS,
    **settings: Any,  # noqa: ANN401
) -> dict[str, Evidence]:
    """The evidence of one run by address."""
    chosen = ExternalSettings(**{"per_host": PerHostSettings(interval=0), "timeout": 5, **settings})
    targets = [Target(Url(address), ()) for address in addresses]
    run = check(whole(*targets), chosen, options, stop=Future(), environment=environment or internet())
    return {evidence.url: evidence for evidence in run.evidence}


def whole(*targets: Target) -> TargetBatches:
    """All targets of a run at once."""
    batches = TargetBatches()
    batches.complete(targets)
    return batches


def ask_one(address: str, **how: Any) -> Evidence:  # noqa: ANN401
    return ask(address, **how)[address]


class _JumpingSelector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if not events and timeout is None:
            raise RuntimeError("deadlock: nothing is left to wait for")
        if not events:
            self.now += timeout or 0.0
        return events


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

"""Single cases for `external.py`, each as a process of its own so that its memory can be told.

Usage: python benchmarks/external_cases.py pause PORT AT_ONCE INTERVAL | plain PORT | bomb PORT | many PORT
       python benchmarks/external_cases.py check LINKS AT_ONCE INTERVAL | client LINKS AT_ONCE INTERVAL
       python benchmarks/external_cases.py build CONFIG

`build` is `mkdocs build`, and prints the CPU of the child process of its check. `client` sends the requests
of `check` with the HTTP client alone: redirects and one retry, nothing is judged. Each prints its seconds of
CPU last, without those of its imports.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from loopback_web import addresses

from mkdocs_backlinks import check
from mkdocs_backlinks.model import Excerpt, Heading, Link, PageUri, Target, Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings


def main(name: str, what: str, *limits: str) -> None:
    at_once, interval = (int(limits[0]), float(limits[1])) if limits else (64, 0.0)
    begun = time.process_time()
    if name == "build":
        print(f"{build(what):.2f}")
        return
    if name == "client":
        asyncio.run(client(Path(what).read_text(encoding="utf-8").split(), at_once, interval))
    else:
        settings = ExternalSettings(
            allow_private=("*.1",), per_host=PerHostSettings(concurrency=at_once, interval=interval)
        )
        result = check.start(targets(name, what), settings).result()
        print(Counter(evidence.status or evidence.failure for evidence in result.evidence))
    print(f"{time.process_time() - begun:.2f}")


def build(config: str) -> float:
    """Return the CPU seconds of the check's own process in a build."""
    from mkdocs.__main__ import cli  # noqa: PLC0415

    cli(["build", "--quiet", "-f", config], standalone_mode=False)
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


async def client(links: Sequence[str], at_once: int, interval: float) -> None:
    import aiohttp  # noqa: PLC0415
    from yarl import URL  # noqa: PLC0415

    async def ask(session: aiohttp.ClientSession, url: str, places: asyncio.Semaphore) -> None:
        async with places:
            for _ in range(2):
                async with session.get(URL(url, encoded=True), allow_redirects=False) as response:
                    await response.read()
                if "Location" in response.headers:
                    url = f"{response.url.origin()}{response.headers['Location']}"
                elif response.status == 429:
                    await asyncio.sleep(float(response.headers["Retry-After"]))
                else:
                    break

    async def ask_host(session: aiohttp.ClientSession, urls: Sequence[str]) -> None:
        places = asyncio.Semaphore(at_once)
        tasks = []
        for url in urls:
            tasks.append(asyncio.create_task(ask(session, url, places)))
            await asyncio.sleep(interval)
        await asyncio.gather(*tasks)

    hosts: dict[str, list[str]] = {}
    for link in links:
        hosts.setdefault(link.split("/")[2], []).append(link)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(cookie_jar=jar, auto_decompress=False) as session:
        await asyncio.gather(*(ask_host(session, urls) for urls in hosts.values()))


def targets(name: str, what: str) -> list[Target]:
    if name == "check":
        return [Target(Url(url), ()) for url in Path(what).read_text(encoding="utf-8").split()]
    port = what
    home = addresses(1)[0]
    if name == "pause":
        return [Target(Url(f"http://{home}:{port}/{at}/limited"), ()) for at in range(24)]
    if name in ("plain", "bomb"):
        url = Url(f"http://{home}:{port}/{'bomb' if name == 'bomb' else '1/quick'}")
        return [Target(url, (link(url, 0, fragment="somewhere"),))]
    hosts = addresses(400)
    return [
        Target(url, tuple(link(url, at * 5 + copy) for copy in range(5)))
        for at in range(20_000)
        for url in [Url(f"http://{hosts[at % 400]}:{port}/{at}/quick")]
    ]


def link(url: Url, number: int, fragment: str | None = None) -> Link:
    """Return a link as the index has it, with the sentence around it."""
    return Link(
        source=PageUri(f"page{number % 1000}.md"),
        kind="external",
        href=url,
        target=url,
        fragment=fragment,
        text=f"link {number}",
        heading=Heading(f"part-{number}", f"Part {number}"),
        excerpt=Excerpt(f"Words that stand before link {number} ", f"link {number}", " and words behind it."),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Single cases for `external.py`, each as a process of its own so that its memory can be told.

Usage: python benchmarks/external_cases.py pause PORT AT_ONCE INTERVAL | plain PORT | bomb PORT | many PORT
"""

from __future__ import annotations

import sys
from collections import Counter

from loopback_web import addresses

from mkdocs_backlinks import check
from mkdocs_backlinks.model import Excerpt, Heading, Link, PageUri, Target, Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings


def main(name: str, port: int, *limits: str) -> None:
    at_once, interval = (int(limits[0]), float(limits[1])) if limits else (64, 0.0)
    settings = ExternalSettings(
        allow_private=("*.1",), per_host=PerHostSettings(concurrency=at_once, interval=interval)
    )
    found = check.start(targets(name, port), settings).result()
    print(Counter(one.status or one.failure for one in found))


def targets(name: str, port: int) -> list[Target]:
    home = addresses(1)[0]
    if name == "pause":
        return [Target(Url(f"http://{home}:{port}/limited/{at}"), ()) for at in range(24)]
    if name in ("plain", "bomb"):
        url = Url(f"http://{home}:{port}/{'bomb' if name == 'bomb' else 'quick/1'}")
        return [Target(url, (link(url, 0, fragment="somewhere"),))]
    hosts = addresses(400)
    return [
        Target(url, tuple(link(url, at * 5 + copy) for copy in range(5)))
        for at in range(20_000)
        for url in [Url(f"http://{hosts[at % 400]}:{port}/quick/{at}")]
    ]


def link(url: Url, number: int, fragment: str | None = None) -> Link:
    """A link as the index has it, with the sentence around it."""
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
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])

"""What every authority can do, and what they share in reading addresses and answers."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import parse_qs, quote, unquote

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.read.source_fragments import judge_source
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Presence, Url


class Authority(Protocol):
    """Knows for some addresses whether they are there, without asking the page.

    It knows something of `hosts` alone, which are names without `www.`, or `*.example.org` for all below one;
    `base` is how all addresses begin for which it has header fields.
    """

    @property
    def hosts(self) -> tuple[str, ...]: ...

    @property
    def base(self) -> str: ...

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        """The address to ask in place of `url`, or None where the page must be asked.

        An authority that cannot judge `fragments` leaves a page that can to itself.
        """

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:
        """What the answer to the question says of `url`, or None where it says nothing."""

    def fields(self, asked: Url) -> Mapping[str, str]:
        """The header fields for `asked`; none for an address that is not the authority's own."""


@lru_cache(maxsize=16)  # all authorities are asked about one address after the other
def place(url: Url) -> tuple[str, tuple[str, ...]]:
    """The host without `www.`, and the decoded steps of the path; an empty host for a strange address."""
    if not url.startswith(("http://", "https://")):
        return "", ()
    steps = tuple(unquote(step) for step in urls.path_of(url).split("/") if step)
    return urls.host_of(url).removeprefix("www."), steps


def query(url: Url, name: str) -> str:
    """One value of the query, decoded; empty where there is none."""
    return parse_qs(url.partition("?")[2]).get(name, [""])[0]


def below(base: str, *steps: str, **parameters: str) -> Url | None:
    """An address of an interface: each step is one step, whatever characters it has."""
    path = "/".join(quote(step, safe="") for step in steps)
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    return urls.normalise(f"{base}/{path}" + (f"?{asked}" if asked else ""))


def by_status(url: Url, answer: Response, fragments: Collection[str] = ()) -> Evidence | None:
    """There for 200, not there for 404; any other answer says nothing."""
    return told(url, answer.status, fragments) if answer.status in (200, 404) else None


def told(url: Url, status: int | None, fragments: Collection[str] = ()) -> Evidence:
    """Evidence as if the page itself had answered with this status; of its fragments nobody knows."""
    return Evidence(url=url, status=status, final_url=url, via="authority", fragments=unknown(fragments))


def unknown(fragments: Collection[str]) -> tuple[tuple[str, Presence], ...]:
    """The fragments, of which nothing can be said."""
    return tuple((one, "unknown") for one in sorted(fragments))


def in_file(text: bytes, path: str, fragments: Collection[str]) -> tuple[tuple[str, Presence], ...]:
    """The lines and headings that the fragments name in a file of a repository."""
    judge = judge_source(text.decode("utf-8", "replace"), path)
    return tuple((one, judge(one)) for one in sorted(fragments))


def parsed(answer: Response) -> dict[str, Any] | None:
    """The JSON object of a good answer; None for all else."""
    if answer.status != 200 or answer.truncated:
        return None
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def is_own(asked: Url, base: str) -> bool:
    """Whether an address belongs to an interface: the same origin, and below its path."""
    return asked.startswith(f"{base}/")

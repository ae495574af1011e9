"""Whether an `http:` address could just as well be an `https:` one."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.answer import Answer, Fetcher
from mkdocs_backlinks.model import Url


def wants_probe(answer: Answer, address: Url) -> bool:
    """Whether the question arises: the address is `http:` and answered well."""
    return address.startswith("http:") and _is_well(answer)


async def over_tls(probes: Fetcher, answer: Answer, address: Url) -> bool:
    """Whether the address answers well over TLS, asked only where `answer` did not lead there by itself.

    An `https:` address that redirects back to `http:` does not count.
    """
    if any(url.startswith("https:") for url in _chain(answer)):
        return True
    secure = await probes.fetch(urls.with_scheme(address, "https"))
    return _is_well(secure) and all(url.startswith("https:") for url in _chain(secure))


def _is_well(answer: Answer) -> bool:
    return answer.status is not None and answer.status < 400


def _chain(answer: Answer) -> tuple[Url, ...]:
    return (*(hop.url for hop in answer.hops), answer.url)

"""Whether an `http:` address could just as well be an `https:` one."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url


def arises(evidence: Evidence, address: Url) -> bool:
    """Whether the question arises: the address is `http:` and answered well.

    A port that is written in it has just spoken `http`, and of the host's port for TLS it says nothing.
    """
    is_good = evidence.status is not None and evidence.status < 400
    return is_good and address.startswith("http:") and urls.port_of(address) is None


def is_answered(evidence: Evidence) -> bool:
    """Whether the address leads to TLS by itself, so that nothing is left to ask."""
    way = (*(hop.url for hop in evidence.hops), evidence.final_url or "")
    return any(url.startswith("https:") for url in way)


def is_good(response: Response) -> bool:
    """Whether an `https:` address answered well; one that redirects back to `http:` does not count."""
    way = (*(hop.url for hop in response.hops), response.url)
    return (
        response.status is not None and response.status < 400 and all(url.startswith("https:") for url in way)
    )

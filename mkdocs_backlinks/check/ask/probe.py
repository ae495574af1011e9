"""Whether an `http:` address could just as well be an `https:` one."""

from __future__ import annotations

from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.model import Evidence, Url


def arises(evidence: Evidence, address: Url) -> bool:
    """Whether the question arises: the address is `http:` and answered well."""
    return address.startswith("http:") and evidence.status is not None and evidence.status < 400


def is_answered(evidence: Evidence) -> bool:
    """Whether the address leads to TLS by itself, so that nothing is left to ask."""
    way = (*(hop.url for hop in evidence.hops), evidence.final_url or "")
    return any(url.startswith("https:") for url in way)


def is_good(answer: Answer) -> bool:
    """Whether an `https:` address answered well; one that redirects back to `http:` does not count."""
    way = (*(hop.url for hop in answer.hops), answer.url)
    return answer.status is not None and answer.status < 400 and all(url.startswith("https:") for url in way)

"""Authorities: APIs of hosts that know whether an address exists. They are asked before its page.

An authority does no I/O. It names the URL to request in place of a page, and reads the response; None from
either means that the page itself has to be requested.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.authorities.arxiv import Arxiv
from mkdocs_backlinks.check.authorities.base import Authority
from mkdocs_backlinks.check.authorities.crates import Crates
from mkdocs_backlinks.check.authorities.docker_hub import DockerHub
from mkdocs_backlinks.check.authorities.doi import Doi
from mkdocs_backlinks.check.authorities.github import GitHub
from mkdocs_backlinks.check.authorities.gitlab import GitLab
from mkdocs_backlinks.check.authorities.npm import Npm
from mkdocs_backlinks.check.authorities.pypi import PyPI
from mkdocs_backlinks.check.authorities.read_the_docs import ReadTheDocs
from mkdocs_backlinks.check.authorities.stack_exchange import StackExchange
from mkdocs_backlinks.check.authorities.wikimedia import Wikimedia
from mkdocs_backlinks.check.authorities.youtube import YouTube
from mkdocs_backlinks.model import Url

__all__ = ["Authorities", "Authority", "authorities"]


class Authorities:
    """Authorities of a run; the first one that knows an address is asked."""

    def __init__(self, *authorities: Authority) -> None:
        self._authorities = authorities

    def find(self, url: Url, fragments: Collection[str]) -> tuple[Authority, Url] | None:
        """Return the authority on an address and the URL to request; None where only the page can tell."""
        host = urls.host_of(url).removeprefix("www.")
        for authority in self._authorities:
            if any(urls.host_matches(host, pattern) for pattern in authority.hosts):
                request_url = authority.request_url(url, fragments)
                if request_url is not None:
                    return authority, request_url
        return None

    def headers_for(self, request_url: Url) -> Mapping[str, str]:
        """Return the header fields of one request, not of its redirects: a token never leaves its origin."""
        return {
            name: value
            for authority in self._authorities
            for name, value in authority.headers(request_url).items()
        }


def authorities(variables: Mapping[str, str]) -> Authorities:
    """Return all of them, with the tokens of the environment: `GITHUB_TOKEN` and `GITLAB_TOKEN`."""
    return Authorities(
        GitHub(token=variables.get("GITHUB_TOKEN", "")),
        GitLab(token=variables.get("GITLAB_TOKEN", "")),
        PyPI(),
        Npm(),
        Crates(),
        Doi(),
        Arxiv(),
        StackExchange(),
        YouTube(),
        Wikimedia(),
        DockerHub(),
        ReadTheDocs(),
    )

"""Those who hand out an address know whether it is there: they are asked first, and the page only after them.

An authority does no I/O. It names the address to ask in place of a page, and reads the answer; None from
either means that the page itself has to be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.authorities.arxiv import Arxiv
from mkdocs_backlinks.check.authorities.authority import Authority
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
    """All that are asked; of two that know something of one address, the first is."""

    def __init__(self, *known: Authority) -> None:
        self._known = known
        patterns = [pattern for one in known for pattern in one.hosts]
        self._hosts = frozenset(patterns)
        self._endings = tuple(pattern[1:] for pattern in patterns if pattern.startswith("*."))
        self._bases = tuple(one.base for one in known)

    def responsible(self, url: Url, fragments: Collection[str]) -> tuple[Authority, Url] | None:
        """Who is asked about an address, and the address to ask; None where nobody but the page can tell."""
        host = urls.host_of(url).removeprefix("www.")
        if host not in self._hosts and not host.endswith(self._endings):
            return None
        questions = ((one, one.question(url, fragments)) for one in self._known)
        return next(((one, question) for one, question in questions if question is not None), None)

    def fields_for(self, asked: Url) -> Mapping[str, str]:
        """The header fields of a request. To call for each hop anew: a token never leaves its origin."""
        if not asked.startswith(self._bases):
            return {}
        return {name: value for one in self._known for name, value in one.fields(asked).items()}


def authorities(variables: Mapping[str, str]) -> Authorities:
    """All of them, with the tokens of the environment: `GITHUB_TOKEN` and `GITLAB_TOKEN`."""
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

"""Those who hand out an address know whether it is there: they are asked first, and the page only after them.

An authority does no I/O. It names the address to ask in place of a page, and reads the answer; None from
either means that the page itself has to be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

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

__all__ = ["Authority", "authorities", "fields_for", "responsible"]


def authorities(variables: Mapping[str, str]) -> tuple[Authority, ...]:
    """All of them, with the tokens of the environment: `GITHUB_TOKEN` and `GITLAB_TOKEN`."""
    return (
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


def responsible(
    known: Iterable[Authority], url: Url, fragments: Collection[str]
) -> tuple[Authority, Url] | None:
    """Who is asked about an address, and the address to ask; None where nobody but the page can tell."""
    for one in known:
        question = one.question(url, fragments)
        if question is not None:
            return one, question
    return None


def fields_for(known: Iterable[Authority], asked: Url) -> Mapping[str, str]:
    """The header fields of a request. To call for each hop anew: a token never leaves its origin."""
    return {name: value for one in known for name, value in one.fields(asked).items()}

"""Each authority asks for an address in the way its interface is documented, and reads what that answers."""

from __future__ import annotations

import http.client
import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Loopback, reply

from mkdocs_backlinks.check.authorities import Authorities, authorities
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
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

Asked = tuple[str, int, bytes]
"""The path that is asked for on the server, and what it answers."""


def atom(total: int, *entries: tuple[str, str]) -> bytes:
    listed = "".join(f"<entry><id>{name}</id><title>{title}</title></entry>" for name, title in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
        f' xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults>{total}</opensearch:totalResults>'
        f"{listed}</feed>"
    ).encode()


def js(document: object) -> bytes:
    return json.dumps(document).encode()


HERE = js({"responseCode": 1, "handle": "10.1000/1", "values": [{"type": "URL"}]})
GONE = js({"responseCode": 100, "handle": "10.1000/1"})
EMPTY = js({"responseCode": 200, "handle": "10.1000/1"})
PAPER = ("http://arxiv.org/abs/1706.03762v7", "Attention Is All You Need")
MISTAKE = ("https://arxiv.org/api/errors#incorrect_id_format_for_x", "Error")
POSTS = "/questions/{}?site=stackoverflow.com"
WIKI = "/api.php?action=query&redirects=1&format=json&formatversion=2&titles="
REPO = js({"full_name": "o/r", "html_url": "https://github.com/o/r"})
RENAMED = js({"full_name": "new/name", "html_url": "https://github.com/new/name"})
ELSEWHERE = js({"full_name": "new/name", "html_url": "https://evil.example/"})
EMBED = "/oembed?url=https%3A%2F%2Fwww.youtube.com%2F"

CASES: list[tuple[type, str, Asked, int | None]] = [
    (PyPI, "https://pypi.org/project/pip/", ("/pip/json", 200, b"{}"), 200),
    (PyPI, "https://pypi.org/project/pip/23.3.1/", ("/pip/23.3.1/json", 200, b"{}"), 200),
    (PyPI, "https://pypi.python.org/pypi/pip", ("/pip/json", 200, b"{}"), 200),
    (PyPI, "https://pypi.org/project/no-such/", ("/no-such/json", 404, b'{"message": "Not Found"}'), 404),
    (PyPI, "https://pypi.org/project/pip/", ("/pip/json", 503, b""), None),
    (Npm, "https://www.npmjs.com/package/left-pad", ("/left-pad", 200, b"{}"), 200),
    (Npm, "https://www.npmjs.com/package/@babel/core", ("/%40babel%2Fcore", 200, b"{}"), 200),
    (Npm, "https://www.npmjs.com/package/@babel/core/v/7.0.0", ("/%40babel%2Fcore/7.0.0", 200, b"{}"), 200),
    (Npm, "https://npmjs.com/package/no-such", ("/no-such", 404, b'{"error":"Not found"}'), 404),
    (Npm, "https://www.npmjs.com/package/x", ("/x", 401, b""), None),
    (Crates, "https://crates.io/crates/serde", ("/crates/serde", 200, b"{}"), 200),
    (Crates, "https://crates.io/crates/serde/1.0.0", ("/crates/serde/1.0.0", 200, b"{}"), 200),
    (Crates, "https://crates.io/crates/x", ("/crates/x", 404, b'{"errors":[{"detail":"x"}]}'), 404),
    (Crates, "https://crates.io/crates/x", ("/crates/x", 403, b""), None),
    (Doi, "https://doi.org/10.1000/1", ("/10.1000/1?type=URL", 200, HERE), 200),
    (Doi, "https://dx.doi.org/10.1000/a/b(c)", ("/10.1000/a%2Fb%28c%29?type=URL", 200, HERE), 200),
    (Doi, "https://doi.org/10.1000/1", ("/10.1000/1?type=URL", 404, GONE), 404),
    (Doi, "https://doi.org/10.1000/1", ("/10.1000/1?type=URL", 200, EMPTY), None),
    (Doi, "https://doi.org/10.1000/1", ("/10.1000/1?type=URL", 404, b"<html>"), None),
    (Doi, "https://doi.org/10.1000/1", ("/10.1000/1?type=URL", 500, HERE), None),
    (
        Arxiv,
        "https://arxiv.org/abs/1706.03762",
        ("?id_list=1706.03762&max_results=1", 200, atom(1, PAPER)),
        200,
    ),
    (
        Arxiv,
        "https://arxiv.org/pdf/1706.03762v7.pdf",
        ("?id_list=1706.03762v7&max_results=1", 200, atom(1, PAPER)),
        200,
    ),
    (Arxiv, "https://arxiv.org/abs/math/0309136", ("?id_list=math/0309136&max_results=1", 200, atom(0)), 404),
    (
        Arxiv,
        "https://arxiv.org/abs/1706.03762",
        ("?id_list=1706.03762&max_results=1", 200, atom(1, MISTAKE)),
        None,
    ),
    (
        Arxiv,
        "https://arxiv.org/abs/1706.03762",
        ("?id_list=1706.03762&max_results=1", 200, b"Rate exceeded."),
        None,
    ),
    (
        Arxiv,
        "https://arxiv.org/abs/1706.03762",
        ("?id_list=1706.03762&max_results=1", 200, b"<!DOCTYPE x><a/>"),
        None,
    ),
    (
        StackExchange,
        "https://stackoverflow.com/questions/11227809/why",
        (POSTS.format(11227809), 200, js({"items": [{}]})),
        200,
    ),
    (StackExchange, "https://stackoverflow.com/q/1/2", (POSTS.format(1), 200, js({"items": []})), 404),
    (
        StackExchange,
        "https://tex.stackexchange.com/a/5",
        ("/answers/5?site=tex.stackexchange.com", 200, js({"items": [{}]})),
        200,
    ),
    (
        StackExchange,
        "https://superuser.com/questions/1/t/2",
        ("/answers/2?site=superuser.com", 200, js({"items": [{}]})),
        200,
    ),
    (StackExchange, "https://stackoverflow.com/q/1", (POSTS.format(1), 400, js({"error_id": 502})), None),
    (
        YouTube,
        "https://www.youtube.com/watch?v=dQw4&t=3",
        (f"{EMBED}watch%3Fv%3DdQw4&format=json", 200, b"{}"),
        200,
    ),
    (YouTube, "https://youtu.be/dQw4", (f"{EMBED}watch%3Fv%3DdQw4&format=json", 404, b"Not Found"), 404),
    (
        YouTube,
        "https://www.youtube.com/shorts/dQw4",
        (f"{EMBED}watch%3Fv%3DdQw4&format=json", 401, b""),
        None,
    ),
    (
        YouTube,
        "https://www.youtube.com/playlist?list=PL",
        (f"{EMBED}playlist%3Flist%3DPL&format=json", 200, b"{}"),
        200,
    ),
    (
        Wikimedia,
        "https://en.wikipedia.org/wiki/Link_rot",
        (f"{WIKI}Link_rot", 200, js({"query": {"pages": [{"title": "Link rot"}]}})),
        200,
    ),
    (
        Wikimedia,
        "https://de.m.wikipedia.org/wiki/A/B",
        (f"{WIKI}A%2FB", 200, js({"query": {"pages": [{"title": "A/B", "missing": True}]}})),
        404,
    ),
    (
        Wikimedia,
        "https://www.wikidata.org/entity/Q42",
        (f"{WIKI}Q42", 200, js({"query": {"pages": [{"title": "Q42"}]}})),
        200,
    ),
    (
        Wikimedia,
        "https://en.wikipedia.org/wiki/File:X.png",
        (
            f"{WIKI}File%3AX.png",
            200,
            js({"query": {"pages": [{"title": "x", "missing": True, "known": True}]}}),
        ),
        200,
    ),
    (
        Wikimedia,
        "https://en.wikipedia.org/wiki/%3C",
        (f"{WIKI}%3C", 200, js({"query": {"pages": [{"title": "<", "invalid": True}]}})),
        None,
    ),
    (Wikimedia, "https://en.wikipedia.org/wiki/A", (f"{WIKI}A", 429, b""), None),
    (
        DockerHub,
        "https://hub.docker.com/r/grafana/grafana",
        ("/namespaces/grafana/repositories/grafana", 200, b"{}"),
        200,
    ),
    (
        DockerHub,
        "https://hub.docker.com/r/grafana/grafana/tags",
        ("/namespaces/grafana/repositories/grafana", 200, b"{}"),
        200,
    ),
    (
        DockerHub,
        "https://hub.docker.com/_/python",
        ("/namespaces/library/repositories/python", 404, b'{"message":"not found"}'),
        404,
    ),
    (ReadTheDocs, "https://readthedocs.org/projects/pip/", ("/projects/pip/", 200, b"{}"), 200),
    (
        ReadTheDocs,
        "https://readthedocs.org/projects/pip/",
        ("/projects/pip/", 404, b'{"detail":"Not found."}'),
        404,
    ),
    (ReadTheDocs, "https://app.readthedocs.org/projects/pip/", ("/projects/pip/", 403, b""), None),
    (GitHub, "https://github.com/o", ("/users/o", 404, b""), 404),
    (GitHub, "https://github.com/o/r", ("/repos/o/r", 200, REPO), 200),
    (GitHub, "https://github.com/O/R.git", ("/repos/O/R", 200, REPO), 200),
    (GitHub, "https://github.com/o/r", ("/repos/o/r", 404, b""), 404),
    (GitHub, "https://github.com/o/r", ("/repos/o/r", 403, b'{"message":"API rate limit exceeded"}'), None),
    (
        GitHub,
        "https://github.com/o/r/blob/main/a%20b/c.py",
        ("/repos/o/r/contents/a%20b/c.py?ref=main", 200, b"x"),
        200,
    ),
    (GitHub, "https://github.com/o/r/tree/feature/x", ("/repos/o/r/contents/x?ref=feature", 404, b""), None),
    (
        GitHub,
        "https://raw.githubusercontent.com/o/r/main/a.py",
        ("/repos/o/r/contents/a.py?ref=main", 200, b"x"),
        200,
    ),
    (GitHub, "https://github.com/o/r/tree/main", ("/repos/o/r/commits/main", 200, b"{}"), 200),
    (GitHub, "https://github.com/o/r/commit/abc", ("/repos/o/r/commits/abc", 422, b"{}"), None),
    (GitHub, "https://github.com/o/r/issues/7", ("/repos/o/r/issues/7", 200, b"{}"), 200),
    (GitHub, "https://github.com/o/r/pull/7", ("/repos/o/r/issues/7", 404, b"{}"), 404),
    (GitHub, "https://github.com/o/r/issues/7", ("/repos/o/r/issues/7", 410, b"{}"), None),
    (GitHub, "https://github.com/o/r/releases/tag/v1", ("/repos/o/r/releases/tags/v1", 404, b"{}"), None),
    (GitLab, "https://gitlab.com/g/s/p", ("/projects/g%2Fs%2Fp", 200, b"{}"), 200),
    (GitLab, "https://gitlab.com/g/s", ("/projects/g%2Fs", 404, b"{}"), None),
    (
        GitLab,
        "https://gitlab.com/g/p/-/blob/main/a/b.py",
        ("/projects/g%2Fp/repository/files/a%2Fb.py/raw?ref=main", 200, b"x"),
        200,
    ),
    (
        GitLab,
        "https://gitlab.com/g/p/-/blob/x/main/b.py",
        ("/projects/g%2Fp/repository/files/main%2Fb.py/raw?ref=x", 404, b"x"),
        None,
    ),
    (
        GitLab,
        "https://gitlab.com/g/p/-/tree/main/docs",
        ("/projects/g%2Fp/repository/tree?ref=main&path=docs&per_page=1", 200, b"[]"),
        200,
    ),
    (GitLab, "https://gitlab.com/g/p/-/issues/7", ("/projects/g%2Fp/issues/7", 404, b"{}"), 404),
    (
        GitLab,
        "https://gitlab.com/g/p/-/merge_requests/7",
        ("/projects/g%2Fp/merge_requests/7", 200, b"{}"),
        200,
    ),
    (
        GitLab,
        "https://gitlab.com/g/p/-/commit/abc",
        ("/projects/g%2Fp/repository/commits/abc", 404, b"{}"),
        404,
    ),
]


def ask(authority: Authority, server: Loopback, question: Url) -> Response:
    """One request, as the check would send it, without anything of the check in it."""
    split = urlsplit(question)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    path = f"{split.path}?{split.query}" if split.query else split.path
    connection.request("GET", path, headers=dict(authority.headers(question)))
    response = connection.getresponse()
    answer = Response(url=question, status=response.status, body=response.read())
    connection.close()
    return answer


def asked(kind: type, url: str, route: Asked, fragments: Collection[str] = ()) -> tuple[Any, Loopback]:
    path, status, body = route
    with Loopback({f"/base{path}": reply(status, body)}) as server:
        authority = kind(base=server.url("/base"))
        question = authority.request_url(Url(url), fragments)
        assert question == server.url(f"/base{path}")
        assert Authorities(authority).find(Url(url), fragments) == (authority, question)
        evidence = authority.evidence(Url(url), ask(authority, server, question), fragments)
    return evidence, server


@pytest.mark.parametrize(
    ("kind", "url", "route", "expected"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_authority(kind: type, url: str, route: Asked, expected: int | None) -> None:
    evidence, server = asked(kind, url, route)
    assert (evidence.status if evidence else None) == expected
    assert len(server.requests) == 1
    if evidence:
        assert (evidence.url, evidence.via, evidence.failure) == (url, "authority", None)


OTHER_HOSTS = """
https://superuser.com/q/1 https://serverfault.com/q/1 https://askubuntu.com/q/1 https://mathoverflow.net/q/1
https://stackapps.com/q/1 https://m.youtube.com/watch?v=x https://www.youtube-nocookie.com/embed/x
https://youtu.be/x https://www.mediawiki.org/wiki/X https://commons.wikimedia.org/wiki/X
https://meta.wikimedia.org/wiki/X https://commons.m.wikimedia.org/wiki/X https://en.wiktionary.org/wiki/X
https://en.wikibooks.org/wiki/X https://en.wikinews.org/wiki/X https://en.wikiquote.org/wiki/X
https://en.wikisource.org/wiki/X https://en.wikiversity.org/wiki/X https://en.wikivoyage.org/wiki/X
https://pypi.python.org/pypi/x https://dx.doi.org/10.1/x https://app.readthedocs.org/projects/x/
""".split()


@pytest.mark.parametrize("url", OTHER_HOSTS)
def test_an_authority_knows_all_of_its_hosts(url: str) -> None:
    assert authorities({}).find(Url(url), ()) is not None


LEFT_TO_THE_PAGE = """
https://example.org/ https://pypi.org/ https://pypi.org/search/?q=x https://pypi.org/user/x/
https://www.npmjs.com/ https://www.npmjs.com/~someone https://www.npmjs.com/package/x/access
https://crates.io/keywords/x https://doi.org/ https://doi.org/about https://arxiv.org/list/cs.AI/new
https://stackoverflow.com/ https://stackoverflow.com/users/1/x https://stackoverflow.com/questions/tagged/python
https://stackexchange.com.evil.example/q/1 https://www.youtube.com/@someone https://www.youtube.com/watch
https://en.wikipedia.org/ https://en.wikipedia.org/w/index.php?title=X https://wikipedia.org.evil.example/wiki/X
https://hub.docker.com/ https://pip.pypa.io/en/stable/ https://pip.readthedocs.io/en/stable/
https://github.com/ https://github.com/features https://github.com/orgs/o/people https://github.com/o/r/wiki
https://github.com/o/r/actions https://github.com/o/r/compare/a...b https://github.com/o/r/discussions/1
https://gist.github.com/o/1 https://docs.github.com/en https://raw.githubusercontent.com/o/r/main
https://gitlab.com/ https://gitlab.com/explore https://gitlab.com/g/p/-/pipelines https://gitlab.example/g/p
http://[broken/ mailto:me@github.com
""".split()


@pytest.mark.parametrize("url", LEFT_TO_THE_PAGE)
def test_what_is_left_to_the_page(url: str) -> None:
    assert authorities({}).find(Url(url), ()) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://crates.io/crates/serde",
        "https://arxiv.org/abs/1706.03762",
        "https://en.wikipedia.org/wiki/Link_rot",
        "https://stackoverflow.com/questions/1/x",
        "https://readthedocs.org/projects/pip/",
        "https://github.com/o/r/issues/7",
        "https://github.com/o",
        "https://gitlab.com/g/p",
        "https://gitlab.com/g/p/-/tree/main",
    ],
)
def test_a_page_that_can_be_searched_for_a_fragment_is_asked_itself(url: str) -> None:
    known = authorities({})
    assert known.find(Url(url), ()) is not None
    assert known.find(Url(url), ["section"]) is None


SOURCE = b"# Read me\n\nsome text\n"


@pytest.mark.parametrize(
    ("kind", "url", "path", "fragments"),
    [
        (
            GitHub,
            "https://github.com/o/r/blob/main/a.md",
            "/repos/o/r/contents/a.md?ref=main",
            "L1 L9 read-me x",
        ),
        (GitHub, "https://github.com/o/r", "/repos/o/r/readme", "L1 L9 read-me x"),
        (
            GitLab,
            "https://gitlab.com/g/p/-/blob/main/a.md",
            "/projects/g%2Fp/repository/files/a.md/raw?ref=main",
            "L1 L9 read-me x",
        ),
    ],
)
def test_the_fragments_of_a_file(kind: type, url: str, path: str, fragments: str) -> None:
    evidence, _ = asked(kind, url, (path, 200, SOURCE), fragments.split())
    assert dict(evidence.fragments) == {"L1": "present", "L9": "absent", "read-me": "present", "x": "unknown"}


@pytest.mark.parametrize(
    ("kind", "url", "route", "expected"),
    [
        (
            PyPI,
            "https://pypi.org/project/pip/",
            ("/pip/json", 200, b""),
            {"files": "present", "x": "unknown"},
        ),
        (Npm, "https://www.npmjs.com/package/x", ("/x", 200, b""), {"readme": "unknown"}),
        (Doi, "https://doi.org/10.1000/1", ("/10.1000/1?type=URL", 200, HERE), {"a": "unknown"}),
    ],
)
def test_the_fragments_of_a_page_that_is_not_asked(
    kind: type, url: str, route: Asked, expected: dict[str, str]
) -> None:
    evidence, _ = asked(kind, url, route, expected)
    assert dict(evidence.fragments) == expected


def test_a_repository_that_was_renamed_has_moved() -> None:
    evidence, _ = asked(GitHub, "https://github.com/o/r", ("/repos/o/r", 200, RENAMED))
    assert [hop.status for hop in evidence.hops] == [301]
    assert evidence.final_url == "https://github.com/new/name"
    for url, path, document in (("o/r", "/repos/o/r", ELSEWHERE), ("O/R", "/repos/O/R", REPO)):
        other, _ = asked(GitHub, f"https://github.com/{url}", (path, 200, document))
        assert other.hops == ()


SECRET = {"GITHUB_TOKEN": "github-secret", "GITLAB_TOKEN": "gitlab-secret"}


@pytest.mark.parametrize(
    ("url", "name", "value"),
    [
        ("https://api.github.com/repos/o/r", "Authorization", "Bearer github-secret"),
        ("https://api.github.com/repositories/1", "Authorization", "Bearer github-secret"),
        ("https://gitlab.com/api/v4/projects/1", "PRIVATE-TOKEN", "gitlab-secret"),
    ],
)
def test_a_token_is_sent_to_its_interface(url: str, name: str, value: str) -> None:
    assert authorities(SECRET).headers_for(Url(url))[name] == value
    assert "secret" not in str(authorities({}).headers_for(Url(url)))


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/o/r",
        "https://api.github.com.evil.example/repos/o/r",
        "https://api.github.com@evil.example/repos/o/r",
        "http://api.github.com/repos/o/r",
        "https://api.github.com:8443/repos/o/r",
        "https://evil.example/https://api.github.com/repos/o/r",
        "https://gitlab.com/g/p",
        "https://gitlab.com/api/v3/projects/1",
        "https://raw.githubusercontent.com/o/r/main/x",
    ],
)
def test_and_nowhere_else(url: str) -> None:
    assert "secret" not in str(authorities(SECRET).headers_for(Url(url)))


def test_a_token_shows_in_no_text() -> None:
    assert "secret" not in repr(authorities(SECRET))


def test_an_answer_that_broke_off_says_nothing_of_its_content() -> None:
    url, fragments = Url("https://github.com/o/r/blob/main/a.md"), ["L9"]
    whole = Response(url=url, status=200, body=SOURCE)
    cut = replace(whole, truncated=True)
    judged = [GitHub().evidence(url, response, fragments) for response in (whole, cut)]
    assert [dict(evidence.fragments) if evidence else None for evidence in judged] == [
        {"L9": "absent"},
        {"L9": "unknown"},
    ]


@given(st.sampled_from([case[1] for case in CASES]), st.sampled_from([200, 404]), st.binary(max_size=80))
def test_no_body_is_too_strange(url: str, status: int, body: bytes) -> None:
    known = authorities({}).find(Url(url), ())
    assert known is not None
    evidence = known[0].evidence(Url(url), Response(url=known[1], status=status, body=body), ())
    assert evidence is None or evidence.via == "authority"

"""What many pages have from one source is one finding; what an author wrote on a page stays its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mkdocs_backlinks import rules
from mkdocs_backlinks.index import LinkGraph
from mkdocs_backlinks.model import Finding, Link, Page, PageUri, SourceLink, SourceLocation

URIS = [PageUri(f"{folder}/{name}.md") for folder in ("a", "b") for name in "123456"]


def findings(place: SourceLocation | None, hrefs: list[str] | None = None, **fields: object) -> list[Finding]:
    """What is found when each page has one link, written alike unless `hrefs` say otherwise."""
    links, places = [], {}
    for number, uri in enumerate(URIS):
        href = hrefs[number % len(hrefs)] if hrefs else "gone.md"
        given = {"kind": "page", "target": f"{uri}/{href}", "text": "it", **fields}
        own = SourceLocation(f"docs/{uri}", number + 1, 1)
        places[uri] = place or own
        links.append(Link(source=uri, href=href, **given))  # type: ignore[arg-type]
    pages = [Page(uri=uri, url=uri[:-3], title=uri, depth=1, file=f"docs/{uri}") for uri in URIS]
    graph = LinkGraph.of([*pages, Page(uri=PageUri("t.md"), url="t/", title="T", depth=1)], links)

    def source(link: Link) -> SourceLink:
        return SourceLink(location=places[link.source], href=link.href, base=link.source)

    return list(rules.apply(rules.Facts(graph=graph, source=source), {}).findings)


NOWHERE = SourceLocation()
SNIPPET = SourceLocation("docs/snippet.md", 3, 1)


@pytest.mark.parametrize("place", [NOWHERE, SNIPPET], ids=["no place", "a place in a snippet"])
def test_one_source_is_one_finding(place: SourceLocation) -> None:
    (finding,) = findings(place)
    assert (finding.rule, finding.page, finding.location) == ("broken_page", "a/1.md", place)
    assert finding.count == 12
    assert finding.pages == tuple(URIS[:5])


def test_a_link_to_one_target_is_one_however_it_is_written_from_each_page() -> None:
    (finding,) = findings(NOWHERE, ["../t/", "../../t/"], target="t.md", text="here")
    assert (finding.rule, finding.count) == ("vague_text", 12)


def test_an_address_on_the_web_is_one() -> None:
    url = "http://localhost/"
    (finding,) = findings(NOWHERE, [url], kind="external", target=url)
    assert (finding.rule, finding.count) == ("non_public_host", 12)


def test_what_is_written_on_each_page_is_said_of_each() -> None:
    results = findings(None)
    assert len(results) == 12
    assert {(finding.count, finding.pages) for finding in results} == {(1, ())}


def test_what_is_written_otherwise_is_not_the_same() -> None:
    assert [finding.count for finding in findings(NOWHERE, ["gone.md", "lost.md"])] == [6, 6]


def test_several_on_one_page_stay_apart() -> None:
    uri = URIS[0]
    links = [Link(source=uri, kind="page", href="x.md", target="x.md", text="it")] * 2
    page = Page(uri=uri, url="a/", title="A", depth=1, file="docs/a.md")
    results = rules.apply(rules.Facts(graph=LinkGraph.of([page], links)), {}).findings
    assert [finding.count for finding in results] == [1, 1]


@pytest.mark.parametrize(
    "differences",
    [({"text": "a"}, {"text": "b"}), ({"fragment": "a"}, {"fragment": "b"})],
    ids=["text", "fragment"],
)
def test_links_that_differ_in_text_or_fragment_stay_apart(differences: Sequence[dict[str, str]]) -> None:
    pages = [Page(uri=uri, url=uri[:-3], title=uri, depth=1, file=f"docs/{uri}") for uri in URIS[:4]]
    alike = Link(source=URIS[0], kind="page", href="x.md", target="x.md", text="t")
    links = [
        replace(alike, source=page.uri, **differences[at % 2])  # type: ignore[arg-type]
        for at, page in enumerate(pages)
    ]
    results = rules.apply(rules.Facts(graph=LinkGraph.of(pages, links)), {}).findings
    assert [(finding.page, finding.count) for finding in results] == [(URIS[0], 2), (URIS[1], 2)]


def test_a_page_with_two_of_them_is_named_once() -> None:
    pages = [Page(uri=uri, url=uri[:-3], title=uri, depth=1, file=f"docs/{uri}") for uri in URIS[:2]]
    links = [
        Link(source=page.uri, kind="page", href="x.md", target="x.md", text="it", number=number)
        for page in pages
        for number in range(2)
    ]
    (finding,) = rules.apply(rules.Facts(graph=LinkGraph.of(pages, links)), {}).findings
    assert (finding.count, finding.pages) == (4, tuple(URIS[:2]))


@pytest.mark.parametrize(
    ("page_file", "location", "number"),
    [
        (None, SourceLocation("docs/x.md", 3, 1), 2),
        (None, SourceLocation("docs/x.md"), 1),
        ("docs/own.md", SourceLocation(None, 3), 2),
        ("docs/own.md", SourceLocation("docs/own.md", 3), 2),
        ("docs/own.md", SourceLocation("docs/own.md"), 1),
        ("docs/own.md", SourceLocation("docs/x.md"), 1),
    ],
)
def test_a_known_line_in_the_own_file_keeps_findings_apart(
    page_file: str | None, location: SourceLocation, number: int
) -> None:
    pages = [Page(uri=uri, url=uri[:-3], title=uri, depth=1, file=page_file) for uri in URIS[:2]]
    links = [Link(source=page.uri, kind="page", href="x.md", target="x.md", text="it") for page in pages]

    def source(link: Link) -> SourceLink:
        return SourceLink(location=location, href=link.href, base=link.source)

    assert (
        len(rules.apply(rules.Facts(graph=LinkGraph.of(pages, links), source=source), {}).findings) == number
    )

"""Where redirects lead, and where they are not followed."""

from __future__ import annotations

import pytest
from check.fakes import drive, response

from mkdocs_backlinks.check.ask.redirects import MAX_HOPS, fetch
from mkdocs_backlinks.check.request import RequestOptions
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

PLAIN = RequestOptions(timeout=1)
START = Url("https://a.test/dir/page?q")


def follow(*answers: Response) -> tuple[Response, list[str]]:
    probe = fetch(answers[0].url, PLAIN, lambda _: None)
    found, asked = drive(probe, {one.url: one for one in answers})
    return found, [request.url for request in asked]


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/x", "https://a.test/x"),
        ("x", "https://a.test/dir/x"),
        ("?r", "https://a.test/dir/page?r"),
        ("//b.test", "https://b.test/"),
        ("http:other", "http://other/"),
        ("https://b.test/x#part", "https://b.test/x"),
        ("https://user:secret@b.test/", "https://b.test/"),
        (" \thttps://b.test/\r\n", "https://b.test/"),
        ("https:\\\\b.test\\x", "https://b.test/x"),
        ("/ümlaut", "https://a.test/%C3%BCmlaut"),
        ("http://example.com\\@b.test/", "http://example.com/@b.test/"),
    ],
)
def test_a_location_is_read_as_browsers_read_it(location: str, leads_to: str) -> None:
    found, asked = follow(response(START, 301, location=location), response(leads_to, 404))
    assert (found.url, found.status) == (leads_to, 404)
    assert [(hop.url, hop.status) for hop in found.hops] == [(START, 301)]
    assert asked == [START, leads_to]


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 404])
def test_a_location_means_nothing_elsewhere(status: int) -> None:
    found, _ = follow(response(START, status, location="https://b.test/"))
    assert (found.url, found.status, found.hops) == (START, status, ())


@pytest.mark.parametrize(
    "location",
    ["mailto:me@example.org", "ftp://user:secret@b.test/", "data:,x", "http://[", "https://", "//\ud800"],
)
def test_a_way_out_of_the_web_is_not_taken(location: str) -> None:
    found, asked = follow(response(START, 307, location=location))
    assert (found.failure, found.status, found.url) == ("malformed", None, START)
    assert [hop.status for hop in found.hops] == [307]
    assert "secret" not in found.detail
    assert asked == [START]


@pytest.mark.parametrize("host", ["gone.invalid", ".b.test", "b" * 64 + ".test"])
def test_an_impossible_host_is_not_asked_for(host: str) -> None:
    found, asked = follow(response(START, 302, location=f"https://{host}/"))
    assert (found.failure, found.url, len(found.hops)) == ("unknown_host", f"https://{host}/", 1)
    assert asked == [START]


def chain(length: int) -> list[Response]:
    hops = [response(f"https://a.test/{n}", 302, location=f"/{n + 1}") for n in range(length)]
    return [*hops, response(f"https://a.test/{length}", 200)]


def test_ten_hops_are_followed() -> None:
    found, asked = follow(*chain(MAX_HOPS))
    assert (found.status, len(found.hops), len(asked)) == (200, 10, 11)


def test_eleven_are_too_many() -> None:
    found, asked = follow(*chain(MAX_HOPS + 1))
    assert (found.failure, found.detail) == ("too_many_redirects", "more than 10 redirects")
    assert len(asked) == 11


def test_a_circle_is_called_by_its_name() -> None:
    found, _ = follow(
        response("https://a.test/1", 302, location="/2"), response("https://a.test/2", 302, location="/1")
    )
    assert (found.failure, found.detail) == ("too_many_redirects", "redirects in a circle")


@pytest.mark.parametrize(
    ("locations", "fragment"),
    [
        (["/2"], None),
        (["/2#two"], "two"),
        (["/2#two", "/3"], "two"),
        (["/2#two", "/3#three"], "three"),
        (["/2#two", "/3#"], ""),
        (["/2", "/3#three", "/4"], "three"),
    ],
)
def test_a_location_without_a_fragment_inherits_the_one_before(
    locations: list[str], fragment: str | None
) -> None:
    """RFC 9110 §10.2.2."""
    hops = [
        response(f"https://a.test/{at}", 302, location=location) for at, location in enumerate(locations, 1)
    ]
    last, _ = follow(*hops, response(f"https://a.test/{len(locations) + 1}", 200))
    assert last.fragment == fragment

"""One parser reads every address, by the WHATWG rules."""

from __future__ import annotations

import json

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Url

BASE = Url("https://h.example/a/b/")


@pytest.mark.parametrize(
    ("href", "url", "fragment"),
    [
        ("../x?y#z", "https://h.example/a/x?y", "z"),
        ("#", "https://h.example/a/b/", ""),
        ("HTTP://EXAMPLE.com:80/%7e/../é", "http://example.com/%C3%A9", None),
        ("http://0x7f.1/", "http://127.0.0.1/", None),
        ("http://example.com\\@127.0.0.1/", "http://example.com/@127.0.0.1/", None),
        ("https://bücher.example", "https://xn--bcher-kva.example/", None),
        ("mailto:a@b", "mailto:a@b", None),
    ],
)
def test_parse(href: str, url: str, fragment: str | None) -> None:
    assert urls.parse(href, BASE) == urls.Address(Url(url), fragment)


@pytest.mark.parametrize(
    "href", ["http://[", "http://a b/", "//[x", "http://e.com:99999/", "http://x/\ud800"]
)
def test_what_no_browser_could_open_is_malformed(href: str) -> None:
    assert urls.parse(href, BASE) is None


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(href: str) -> None:
    once = urls.parse(href, BASE)
    if once is not None:
        assert urls.normalise(once.url) == once.url


def test_address_parts() -> None:
    address = urls.parse("https://u:p@[::1]:8080/x")
    assert address
    assert (address.scheme, address.host, address.has_credentials, address.is_web) == (
        "https",
        "[::1]",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("href", "parts"),
    [
        ("ftp://u@h.example/x", ("ftp", "h.example", "/x", False, True, False)),
        ("https://:p@h.example/x?y", ("https", "h.example", "/x", True, True, True)),
        ("http://h.example", ("http", "h.example", "/", True, False, False)),
        ("mailto:a@b", ("mailto", "", "a@b", False, False, False)),
    ],
)
def test_parts_of_an_address(href: str, parts: tuple[str, str, str, bool, bool, bool]) -> None:
    address = urls.parse(href)
    assert address is not None
    assert parts == (
        address.scheme,
        address.host,
        address.path,
        address.is_web,
        address.has_credentials,
        address.has_password,
    )


def test_an_address_is_normalised_without_its_fragment_and_a_path_alone_is_none() -> None:
    assert urls.normalise("HTTPS://H.example#x") == "https://h.example/"
    assert urls.normalise("guide/") is None
    assert urls.parse("guide/") is None
    assert urls.Address(Url("https://h.example/")).fragment is None
    assert urls.UNKNOWN_SITE == "https://site.invalid/"


@pytest.mark.parametrize(
    ("path", "decoded", "encoded"),
    [
        ("a%20b/c", "a b/c", "a%20b/c"),
        ("u%CC%88ber", "\u00fcber", "%C3%BCber"),
        ("a%2Fb", "a%2Fb", "a%252Fb"),
        ("/:@!$&'()*+,;=~-._", "/:@!$&'()*+,;=~-._", "/:@!$&'()*+,;=~-._"),
    ],
)
def test_a_path_is_decoded_for_readers_and_encoded_for_pages(path: str, decoded: str, encoded: str) -> None:
    assert urls.decode_path(path) == decoded
    assert urls.encode_path(decoded) == encoded


def test_a_fragment_is_decoded() -> None:
    assert urls.decode_fragment("%C3%BCber%2Fx") == "\u00fcber/x"


@pytest.mark.parametrize(
    ("href", "shown"),
    [
        ("https://u@h.example/x", "https://h.example/x"),
        ("https://:p@h.example/x", "https://h.example/x"),
        ("https://u:p@h.example/x?q#f", "https://h.example/x?q#f"),
        ("https://h.example/x", "https://h.example/x"),
        ("https://u:p@h.example:99999/x", "https://h.example:99999/x"),
        ("//u:p@h.example/x", "//h.example/x"),
        ("https://me:sec@ret@[/a", "https://[/a"),
        ("guide/@me.md", "guide/@me.md"),
        ("guide//you@me/x.md", "guide//you@me/x.md"),
        ("me@example.org", "me@example.org"),
        ("https://h.example/@me", "https://h.example/@me"),
    ],
)
def test_without_credentials(href: str, shown: str) -> None:
    assert urls.without_credentials(href) == shown


@pytest.mark.parametrize(
    ("url", "base", "path"),
    [
        ("https://h/docs/a%20b/?q", "https://h/docs/", "a b/"),
        ("http://h/docs/", "https://h/docs/", ""),
        ("https://h/docs", "https://h/docs/", ""),
        ("https://h/docsearch/", "https://h/docs/", None),
        ("https://other/docs/", "https://h/docs/", None),
        ("ftp://h/docs/", "https://h/docs/", None),
        ("o:://h/docs/x", "https://h/docs/", None),
        ("https://h/docs/a%2Fb/..%2f%41", "https://h/docs/", "a%2Fb/..%2FA"),
    ],
)
def test_below(url: str, base: str, path: str | None) -> None:
    assert urls.below(Url(url), Url(base)) == path


PATHS = ["", "a/", "a/b/", "b/", "index.html", "a/b.html", "a/c.html"]


@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("target", PATHS)
def test_relative_leads_where_it_should(source: str, target: str) -> None:
    href = urls.relative(source, target, "x")
    found = urls.parse(href, Url("https://h/" + source))
    assert found == urls.Address(Url("https://h/" + target), "x")


@pytest.mark.parametrize(
    ("source", "target", "fragment", "href"),
    [
        ("a/b/", "a/c/", "x", "../c/#x"),
        ("a/b/", "a/c/", None, "../c/"),
        ("a/b/", "a/b/", "x", "#x"),
        ("a/b/", "a/b/", None, "#"),
        ("a/b/", "", None, "../../"),
        ("", "a/", None, "a/"),
        ("a.html", "", None, "./"),
        ("a/x.html", "a/y.html", None, "y.html"),
        ("", "a:b/", None, "./a:b/"),
    ],
)
def test_relative(source: str, target: str, fragment: str | None, href: str) -> None:
    assert urls.relative(source, target, fragment) == href


@pytest.mark.parametrize("name", ["javascript:alert(1)", "\\\\evil.example", "/evil.example", "a:b/"])
def test_a_hostile_name_stays_a_path(name: str) -> None:
    found = urls.parse(urls.relative("a", name), Url("https://h/a"))
    assert found
    assert found.url.startswith("https://h/")


@pytest.mark.parametrize(
    ("host", "pattern", "matches"),
    [
        ("example.org", "example.org", True),
        ("example.org", "EXAMPLE.org", True),
        ("notexample.org", "example.org", False),
        ("a.b.example.org", "*.example.org", True),
        ("example.org", "*.example.org", False),
        ("127.0.0.1", "127.0.0.1", True),
    ],
)
def test_host_matches(host: str, pattern: str, matches: bool) -> None:
    assert urls.host_matches(host, pattern) is matches


@pytest.mark.parametrize(
    ("url", "pattern", "matches"),
    [
        ("https://example.org/", "https://example.org", True),
        ("https://example.org/a?b[c]", "https://example.org/a?b[c]", True),
        ("https://example.org/a?b[c]", "https://example.org/a?b*", True),
        ("https://example.org/aXb", "https://example.org/a?b*", False),
        ("https://example.org/a/b", "*/b", True),
        ("https://example.org/a", "https://example.org/", False),
    ],
)
def test_url_matches(url: str, pattern: str, matches: bool) -> None:
    assert urls.url_matches(url, pattern) is matches


def test_with_scheme_keeps_the_port() -> None:
    assert urls.with_scheme(Url("http://h:8080/x?y"), "https") == "https://h:8080/x?y"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a/x?token=abc&page=2", "https://a/x?token=***&page=2"),
        ("https://a/x?page=2&API-Key=abc#top", "https://a/x?page=2&API-Key=***#top"),
        ("at https://a/?sig=a%20b, and so on", "at https://a/?sig=*** and so on"),
        ("https://a/?X-Amz-Signature=0f&X-Amz-Date=1", "https://a/?X-Amz-Signature=***&X-Amz-Date=1"),
        ("https://a/?client_secret=x;session_id=y", "https://a/?client_secret=***"),
        ('{"url": "https://a/?password=a\\u00e9b", "n": 1}', '{"url": "https://a/?password=***", "n": 1}'),
        ("https://a/?keyboard=x&author=y&q=token", "https://a/?keyboard=x&author=y&q=token"),
        ("https://a/?token=", "https://a/?token="),
        ("token=abc", "token=abc"),
    ],
)
def test_secret_parameters_are_not_shown(text: str, shown: str) -> None:
    assert urls.masked(text) == shown


@given(st.text(alphabet='?&;=tokensecret #"\\u0', max_size=200))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert urls.masked(urls.masked(text)) == urls.masked(text)


@given(st.lists(st.text(alphabet='?&=token"\\é\ud800 a')))
def test_json_stays_json(values: list[str]) -> None:
    assert len(json.loads(urls.masked(json.dumps(values)))) == len(values)


@pytest.mark.parametrize(
    "href",
    [
        "http://a.test",
        "https://me:x@a.test:8443/p@q:1/r?s:80",
        "http://[::1]:80/",
        "https://[2001:db8::1]:9/x",
        "https://a.test?q=/no/path",
        "https://a.test/%7Ea//b;c?d=e/f?g",
    ],
)
def test_the_parts_of_a_web_address_can_be_cut_out(href: str) -> None:
    address = urls.parse(href)
    assert address is not None
    bare = ada_url.URL(address.url)
    assert urls.host_of(address.url) == address.host == bare.hostname
    assert urls.port_of(address.url) == (int(bare.port) if bare.port else None)
    assert urls.origin_of(address.url) == bare.origin
    assert urls.path_of(address.url) == address.path == bare.pathname

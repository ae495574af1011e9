"""What is known of an address before anybody is asked."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_backlinks.check.collect import collect, exclusions
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.settings import UrlExclusion

TODAY = date(2026, 3, 1)
NOTHING = exclusions((), TODAY)


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("http://[::1", "malformed"),
        ("https://", "malformed"),
        ("http://exa mple.org/", "malformed"),
        ("https://example.org:99999/", "malformed"),
        ("http://1.2.3.256/", "malformed"),
        ("not an address", "malformed"),
        ("https://\ud800.example.org/", "malformed"),
        ("https://site.invalid/", "unknown_host"),
        ("http://user@invalid./", "unknown_host"),
        ("https://INVALID/", "unknown_host"),
        ("https://.example.org/", "unknown_host"),
        ("https://www..example.org/", "unknown_host"),
        ("https://example.org../", "unknown_host"),
        (f"https://{'a' * 64}.org/", "unknown_host"),
    ],
)
def test_what_cannot_be_asked_is_a_failure(url: str, failure: str) -> None:
    found = collect(Url(url), NOTHING)
    assert isinstance(found, Evidence)
    assert (found.url, found.failure, found.via, found.checked_at) == (url, failure, "static", None)


@pytest.mark.parametrize("scheme", ["mailto", "tel", "ftp", "javascript", "data", "file", "ws"])
def test_only_the_web_is_asked(scheme: str) -> None:
    found = collect(Url(f"{scheme}://x/y"), NOTHING)
    assert isinstance(found, Evidence)
    assert found.skipped == f"{scheme}: addresses are not asked"
    assert found.failure is None


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.org/", "https://example.org/"),
        ("https://user:secret@example.org/x?y", "https://example.org/x?y"),
        ("http://@example.org", "http://example.org/"),
        ("http://notinvalid/", "http://notinvalid/"),
        ("http://example.org./", "http://example.org./"),
        (f"http://{'a' * 63}.org/", f"http://{'a' * 63}.org/"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("http://invalid.org/", "http://invalid.org/"),
    ],
)
def test_the_rest_is_asked_without_credentials(url: str, asked: str) -> None:
    assert collect(Url(url), NOTHING) == asked


@pytest.mark.parametrize(
    ("exclusion", "skipped"),
    [
        (UrlExclusion(url="https://example.org/*", reason="behind a login"), True),
        (UrlExclusion(url="https://example.org/", reason="another page"), False),
        (UrlExclusion(url="*", reason="last day", until=date(2026, 3, 1)), True),
        (UrlExclusion(url="*", reason="over", until=date(2026, 2, 28)), False),
    ],
)
def test_an_exclusion_holds_until_its_day_is_over(exclusion: UrlExclusion, skipped: bool) -> None:
    found = collect(Url("https://example.org/a"), exclusions([exclusion], TODAY))
    assert isinstance(found, Evidence) is skipped
    if isinstance(found, Evidence):
        assert (found.skipped, found.via) == (exclusion.reason, "static")


def test_an_exclusion_comes_before_all_else() -> None:
    excluded = exclusions([UrlExclusion(url="http://[*", reason="an example")], TODAY)
    found = collect(Url("http://[broken"), excluded)
    assert isinstance(found, Evidence)
    assert found.skipped == "an example"

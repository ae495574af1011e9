"""Where the cookies of a chain go, and where they do not."""

from __future__ import annotations

import pytest
from check.fakes import response
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.ask.cookies import MAX_COOKIES, Cookies
from mkdocs_backlinks.model import Url


def after(*fields: str, url: str = "https://a.test/x") -> Cookies:
    return Cookies().after(response(url, 302, headers={"set-cookie": "\n".join(fields)}))


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        (["a=1"], "a=1"),
        (["a=1; Path=/; Secure; HttpOnly", "b=x y; Expires=Sun, 01 Mar 2026 12:00:30 GMT"], "a=1; b=x y"),
        (["a=1", "a=2"], "a=2"),
        (["a=b=c"], "a=b=c"),
        (["", " ", "=", "a=\x00", "b=é", "c=" + "x" * 5000], ""),
    ],
)
def test_a_cookie_goes_back_to_its_host(fields: list[str], sent: str) -> None:
    assert after(*fields).field(Url("https://a.test/y")) == sent


@pytest.mark.parametrize(
    "url", ["https://b.test/", "https://www.a.test/", "https://test/", "http://a.test/", "https://a.test.b/"]
)
def test_and_nowhere_else(url: str) -> None:
    assert after("a=1; Domain=test; Path=/").field(Url(url)) == ""


def test_what_was_set_without_tls_may_go_on_to_tls() -> None:
    assert after("a=1", url="http://a.test/").field(Url("https://a.test/")) == "a=1"


def test_a_new_value_replaces_the_old_one() -> None:
    cookies = after("a=1", "b=1").after(response("https://a.test/", 302, headers={"set-cookie": "a=2"}))
    assert cookies.field(Url("https://a.test/")) == "b=1; a=2"


def test_there_is_a_limit() -> None:
    sent = after(*(f"c{at}=1" for at in range(999))).field(Url("https://a.test/"))
    assert sent.count("=") == MAX_COOKIES


@given(st.text())
def test_nothing_that_is_set_can_break_a_header(text: str) -> None:
    assert after(text).field(Url("https://a.test/")).isprintable()

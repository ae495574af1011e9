"""Redirects to a login, a home page or a language are told from redirects to a page."""

from __future__ import annotations

import pytest

from mkdocs_backlinks import urls
from mkdocs_backlinks.verdicts.redirect_kinds import (
    leads_to_home,
    leads_to_locale,
    leads_to_login,
    leads_to_own_home,
)

LOGINS = """
account accounts auth authenticate authorize cas consent cookie-consent idp log-in login oauth oauth2 saml
saml2 session sign-in sign_in signin sso wp-login
""".split()
PAGE = "https://a.test/docs/page"


def address(url: str) -> urls.Address:
    parsed = urls.parse(url)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize("name", LOGINS)
def test_a_login_is_told_by_a_name_in_its_path_or_host(name: str) -> None:
    for url in (
        f"https://a.test/{name}",
        f"https://a.test/x/{name.upper()}.php",
        f"https://{name.replace('_', '-')}.b.test/",
    ):
        is_login = leads_to_login(address(PAGE), address(url))
        assert is_login or "_" in name
    assert not leads_to_login(address(f"https://a.test/{name}/x"), address(f"https://a.test/{name}/y"))


@pytest.mark.parametrize("name", ["docs", "logins", "accounting", "a.test"])
def test_another_name_is_no_login(name: str) -> None:
    assert not leads_to_login(address(PAGE), address(f"https://a.test/{name}"))


@pytest.mark.parametrize(
    ("old", "new", "is_home", "is_own_home"),
    [
        (PAGE, "https://a.test/", True, True),
        (PAGE, "https://a.test", True, True),
        (PAGE, "https://a.test/en/", True, True),
        (PAGE, "https://a.test/pt-br/", True, True),
        (PAGE, "https://www.a.test/", True, True),
        (PAGE, "https://b.test/", True, False),
        (PAGE, "https://docs.a.test/", True, False),
        (PAGE, "https://a.test/home", False, False),
        (PAGE, "https://a.test/english/", False, False),
        (PAGE, "https://a.test/?page=docs", True, False),
        (f"{PAGE}?id=1", "https://a.test/", True, False),
        ("https://a.test/", "https://a.test/en/", False, False),
        ("https://a.test/en/", "https://a.test/", True, False),
        ("https://a.test/docs/index.html", "https://a.test/", True, True),
        *((f"https://a.test/{name}.php", "https://a.test/", True, False) for name in ("index", "default")),
        *(
            (f"https://a.test/{name}/", "https://a.test/", True, False)
            for name in ("home", "Main", "welcome")
        ),
    ],
)
def test_a_home_page(old: str, new: str, is_home: bool, is_own_home: bool) -> None:
    assert leads_to_home(address(old), address(new)) is is_home
    assert leads_to_own_home(address(old), address(new)) is is_own_home


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("https://a.test/de/docs/page", True),
        ("https://a.test/de_at/Docs/Page/", True),
        ("https://a.test/docs/page/", False),
        ("https://b.test/de/docs/page", False),
        ("https://a.test/de/docs/other", False),
        ("https://a.test/deu/docs/page", False),
    ],
)
def test_one_language_of_a_page(new: str, expected: bool) -> None:
    assert leads_to_locale(address(PAGE), address(new)) is expected

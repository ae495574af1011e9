"""What the environment may say, and what is made of it."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from mkdocs_backlinks.check.fetch.environment import headers, proxies, trusted_certificates
from mkdocs_backlinks.errors import SettingsError
from mkdocs_backlinks.model import Url

PROXY = {"HTTP_PROXY": "http://proxy.test:3128", "https_proxy": "proxy.test:3129"}


@pytest.mark.parametrize(
    ("url", "exceptions", "proxy"),
    [
        ("http://a.test/", "", "http://proxy.test:3128"),
        ("https://a.test/", "", "http://proxy.test:3129"),
        ("https://a.test/", "b.test, c.test", "http://proxy.test:3129"),
        ("https://a.test/", "a.test", None),
        ("https://a.test:8443/", "b.test,a.test", None),
        ("https://www.a.test/", "a.test", None),
        ("https://www.a.test/", ".a.test", None),
        ("https://www.a.test/", "*.a.test", None),
        ("https://xa.test/", "a.test", "http://proxy.test:3129"),
        ("https://a.test/", "*", None),
        ("http://10.1.2.3/", "10.0.0.0/8", None),
        ("http://11.1.2.3/", "10.0.0.0/8", "http://proxy.test:3128"),
        ("http://[::1]:80/", "::1", None),
    ],
)
def test_proxies_are_taken_from_the_environment(url: str, exceptions: str, proxy: str | None) -> None:
    assert proxies({**PROXY, "NO_PROXY": exceptions})(Url(url)) == proxy


def test_without_a_word_there_is_no_proxy() -> None:
    assert proxies({})(Url("https://a.test/")) is None


def test_fields_are_bound_to_an_origin() -> None:
    known = headers(
        {
            "BACKLINKS_HEADERS": "https://a.test Authorization: Bearer x:y\n\n"
            "  https://a.test X-More: 1\nhttp://b.test:8080/ Cookie: a=b\n"
        }
    )
    assert known(Url("https://a.test/deep?q")) == {"Authorization": "Bearer x:y", "X-More": "1"}
    assert known(Url("http://b.test:8080/")) == {"Cookie": "a=b"}
    for other in ("http://a.test/", "https://www.a.test/", "https://a.test:444/", "http://b.test/"):
        assert known(Url(other)) == {}


@pytest.mark.parametrize(
    "line",
    [
        "a.test Authorization: secret",
        "https://a.test/path Authorization: secret",
        "https://me:secret@a.test Authorization: secret",
        "https://a.test Authorization secret",
        "https://a.test : secret",
        "https://a.test Bad Name: secret",
        "https://a.test X: secret\x00",
    ],
)
def test_a_line_that_makes_no_sense_is_named_and_not_repeated(line: str) -> None:
    with pytest.raises(SettingsError, match="BACKLINKS_HEADERS, line 2") as caught:
        headers({"BACKLINKS_HEADERS": f"https://a.test X: 1\n{line}"})
    assert "secret" not in str(caught.value)


def test_certificates_of_the_environment_are_added(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    context = trusted_certificates({"REQUESTS_CA_BUNDLE": str(bundle), "CURL_CA_BUNDLE": ""})
    assert context is not None
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert any("trustme" in str(known["subject"]) for known in context.get_ca_certs())


@pytest.mark.parametrize("named", [{}, {"CURL_CA_BUNDLE": "x", "SSL_CERT_FILE": "x"}])
def test_what_openssl_reads_anyway_is_not_read_again(named: dict[str, str]) -> None:
    assert trusted_certificates(named) is None


def test_a_bundle_that_is_none_is_an_error_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no certificates"):
        trusted_certificates({"CURL_CA_BUNDLE": str(tmp_path / "missing.pem")})

"""Every known wall is recognised by an answer like its own, and a page that only writes about one is not."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.read.seen import Seen
from mkdocs_backlinks.check.read.signatures import Signature, table
from mkdocs_backlinks.check.read.walls import recognise
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

TABLE = json.loads(
    files("mkdocs_backlinks.check.read").joinpath("signatures.json").read_text(encoding="utf-8")
)


def response(status: int, body: str = "", url: str = "https://site.example/page", **headers: str) -> Response:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url=Url(url), status=status, headers=fields, body=body.encode())


def page(title: str, body: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


CHALLENGE = "<script>window._cf_chl_opt={cType:'managed'};</script>"
PRESS = '<div id="px-captcha"></div><p>Press &amp; Hold</p>'
ANUBIS = '<script id="anubis_challenge" type="application/json">{"rules":{"algorithm":"fast"}}</script>'
INCAPSULA = '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e"></script>'
INCIDENT = (
    '<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=23">'
    "Request unsuccessful. Incapsula incident ID: 1-2</iframe>"
)
AKAMAI = "You don't have permission to access this on this server.<P>Reference&#32;&#35;18&#46;2d351ab8"
REFRESH = '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F&y=ipr:192.0.2.1">'
GOKU = '<script>window.gokuProps = {"key":"x"};</script><script src="https://a.b.token.awswaf.com/challenge.js"></script>'
DATADOME = "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>"

WALLS: dict[str, Response] = {
    "Cloudflare challenge": response(403, cf_mitigated="challenge"),
    "Cloudflare challenge page": response(200, page("Just a moment...", CHALLENGE)),
    "Cloudflare block page": response(403, page("Access denied", '<div id="cf-error-details"></div>')),
    "Vercel challenge": response(429, x_vercel_mitigated="challenge"),
    "Vercel checkpoint page": response(200, page("Vercel Security Checkpoint")),
    "AWS WAF challenge": response(202, x_amzn_waf_action="challenge"),
    "AWS WAF challenge page": response(200, page("", GOKU)),
    "DataDome": response(403, x_dd_b="1"),
    "DataDome block page": response(403, page("site.example", DATADOME)),
    "Akamai block page": response(403, page("Access Denied", AKAMAI)),
    "Akamai challenge page": response(200, page("", '<div id="sec-if-cpt-container"></div>')),
    "Anubis": response(200, page("Making sure you&#39;re not a bot!", ANUBIS)),
    "Imperva challenge page": response(200, page("", head=INCAPSULA)),
    "Imperva block page": response(200, page("", INCIDENT + " " * 5000)),
    "Imperva interruption page": response(200, page("Pardon Our Interruption")),
    "HUMAN (PerimeterX)": response(200, page("Access to this page has been denied", PRESS)),
    "Kasada": response(429, x_kpsdk_ct="token"),
    "Kasada page": response(429, "<script>window.KPSDK={};KPSDK.now=1</script>"),
    "Fastly client challenge (PyPI, Nature, Springer)": response(200, page("Client Challenge")),
    "Fastly client challenge script": response(
        200,
        page(
            "",
            '<p>JavaScript is disabled in your browser.</p><script src="/_fs-ch-1T1wmsG/script.js"></script>',
        ),
    ),
    "npm": response(403, url="https://www.npmjs.com/package/x"),
    "LinkedIn": response(999, url="https://www.linkedin.com/in/x"),
    "LinkedIn sign-in": response(200, url="https://www.linkedin.com/authwall?trk=x"),
    "Sucuri": response(403, page("Sucuri WebSite Firewall - Access Denied")),
    "Sucuri challenge": response(
        200, page("You are being redirected...", "<script>sucuri_cloudproxy_js='';</script>")
    ),
    "Reddit": response(403, url="https://www.reddit.com/r/Python/"),
    "Reddit page": response(
        200, page("Blocked", "<h1>whoa there, pardner!</h1>"), url="https://old.reddit.com/r/Python/"
    ),
    "Medium": response(403, url="https://medium.com/@x/y"),
    "SiteGround": response(202, sg_captcha="challenge"),
    "SiteGround page": response(202, page("", head=REFRESH)),
    "DDoS-Guard": response(403, server="ddos-guard"),
    "Radware": response(200, url="https://validate.perfdrive.com/64b9/?ssa=b"),
    "Google": response(200, url="https://www.google.com/sorry/index?continue=x"),
    "Amazon": response(
        200, page("Amazon.com", '<form method="get" action="/errors/validateCaptcha"></form>')
    ),
    "F5 firewall": response(200, page("Request Rejected", "Your support ID is: 123456")),
    "Wordfence": response(503, page("", "<p>Generated by Wordfence at Mon</p>")),
    "Instagram sign-in": response(200, url="https://www.instagram.com/accounts/login/?next=x"),
    "Facebook sign-in": response(200, url="https://www.facebook.com/login/?next=x"),
}
PARKED: dict[str, Response] = {
    "Sedo": response(200, page("x", '<script src="//sedoparking.com/frmpark/x/"></script>')),
    "Sedo by address": response(200, url="https://sedo.com/search/details/?domain=x"),
    "Bodis": response(200, page("x", '<script>window.park = "eyJ1dWlk";</script>')),
    "ParkLogic": response(200, page("x", '<script src="https://router.parklogic.com/"></script>')),
    "HugeDomains": response(200, url="https://www.hugedomains.com/domain_profile.cfm?d=x"),
    "Afternic": response(200, url="https://www.afternic.com/forsale/x.example"),
}

ARTICLE = page(
    'Why do I see "Just a moment..."? Cloudflare, Anubis and other walls',
    """<h1>Just a moment...</h1><p>The header <code>cf-mitigated: challenge</code> says it. The script is
    <code>/cdn-cgi/challenge-platform/</code> with <code>_cf_chl_opt</code>; elsewhere it is
    <code>&lt;script id="anubis_challenge"&gt;</code>, <code>/_Incapsula_Resource</code>, "Request
    unsuccessful. Incapsula incident ID", <code>id="px-captcha"</code>, "Access to this page has been denied",
    gokuProps of
    awswaf.com, captcha-delivery.com, KPSDK, /_fs-ch-, "JavaScript is disabled in your browser.", "Generated
    by Wordfence", "Your support ID is", "whoa there, pardner!", sedoparking.com/, window.park = "x",
    parklogic.com/, /.well-known/sgcaptcha/, /errors/validateCaptcha.</p>""",
)
JSD = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"

MIXED: dict[str, Response] = {
    "Fastly client challenge (PyPI, Nature, Springer)": response(
        200, '<title x="</title>">Client Challenge</title>'
    ),
    "Vercel checkpoint page": response(200, "<!-- <title>x</title> --><title>Vercel Security Checkpoint"),
    "Anubis": response(403, page("Access Denied", ANUBIS + "Reference")),
}
"""A title that is hard to find, and a page in which an entry before has looked at the text."""

INNOCENT = {
    "a blog article about walls": response(200, ARTICLE),
    "the same, cached by Cloudflare": response(200, ARTICLE.replace("</body>", JSD + "</body>"), cf_ray="1"),
    "the detection script of Cloudflare on a good page": response(200, page("Guide", JSD)),
    "a page of a host behind Cloudflare": response(200, page("Guide"), server="cloudflare", cf_ray="1"),
    "a 404 of a host behind Cloudflare": response(404, page("Page not found"), server="cloudflare"),
    "a good page that Imperva has looked at": response(200, page("Guide", "text " * 1000 + INCAPSULA)),
    "a good page with a press-and-hold form": response(200, page("Order", PRESS)),
    "a page with the SDK of AWS WAF": response(
        200, page("Shop", '<script src="https://a.edge.sdk.awswaf.com/challenge.js"></script>')
    ),
    "a page behind DataDome": response(200, page("Shop"), x_datadome="protected"),
    "a page with DataDome's tag": response(200, page("Shop", "<script>//geo.captcha-delivery.com</script>")),
    "an article called like a title": response(200, page("Client Challenge", "A long story. " * 3000)),
    "a plain 403": response(403, page("403 Forbidden")),
    "a plain 404": response(404, page("404 Not Found")),
    "a plain 503": response(503, page("Service unavailable")),
    "another title of Akamai's": response(404, page("Access Denied", "Reference #18")),
    "a package page of npm": response(200, page("x - npm"), url="https://www.npmjs.com/package/x"),
    "a missing page of npm": response(404, page("npm"), url="https://www.npmjs.com/package/x"),
    "a missing page of Reddit": response(404, page("reddit"), url="https://www.reddit.com/r/x/"),
    "the help about signing in": response(200, url="https://www.facebook.com/help/login"),
    "an F5 manual": response(200, page("Request Rejected: what it means", "Your support ID is")),
    "the header in a query": response(200, url="https://site.example/?u=cf-mitigated"),
    "nothing at all": response(204),
    "not HTML": response(200, "%PDF-1.7 just a moment"),
}


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_recognised(name: str) -> None:
    assert recognise(WALLS[name])[0] == name


@pytest.mark.parametrize("name", MIXED)
def test_a_wall_is_recognised_in_a_strange_page(name: str) -> None:
    assert recognise(MIXED[name])[0] == name


@pytest.mark.parametrize("name", PARKED)
def test_a_domain_for_sale_is_recognised(name: str) -> None:
    assert recognise(PARKED[name])[1] == name


@pytest.mark.parametrize("what", INNOCENT)
def test_an_innocent_page_is_left_alone(what: str) -> None:
    assert recognise(INNOCENT[what]) == (None, None)


def test_every_entry_has_its_answer_here() -> None:
    assert [one.name for one in table()["walls"]] == list(WALLS)
    assert [one.name for one in table()["parked"]] == list(PARKED)


@pytest.mark.parametrize("entry", [*TABLE["walls"], *TABLE["parked"]], ids=lambda entry: entry["name"])
def test_every_entry_has_a_source_and_known_keys(entry: dict[str, Any]) -> None:
    assert entry["source"].startswith("https://")
    known = {"name", "source", "status", "header", "url", "title", "script", "element", "text", "size"}
    assert entry.keys() <= known
    assert entry.keys() - {"name", "source", "size"}


PARTS = [
    *("<title>", "</title>", "<!--", "-->", "<svg>", "<script>", "</script>", "<body>", "\0", " &amp; "),
    *(f"<title>{text}</title>" for entry in TABLE["walls"] for text in entry.get("title", ())),
    *(
        '<title x="</title>">Client Challenge</title>',
        "<svg><title><!-- </title --> Client Challenge</title>",
    ),
    *("moment", "Cloudflare", CHALLENGE, PRESS, ANUBIS, INCAPSULA, INCIDENT, AKAMAI, REFRESH, GOKU, DATADOME),
    *("whoa there, pardner!", "Your support ID is", '<script>window.park = "x"</script>'),
]


@given(
    st.sampled_from([200, 202, 403, 404, 429, 503, 999]),
    st.lists(st.sampled_from(PARTS), max_size=8).map("".join),
    st.sampled_from(["https://site.example/", "https://www.reddit.com/", "https://facebook.com/login"]),
)
def test_what_is_found_by_clues_is_what_a_look_at_every_entry_finds(status: int, body: str, url: str) -> None:
    one = response(status, body, url, server="ddos-guard")
    found = {
        kind: [
            entry.name
            for entry in table()[kind]
            if (not entry.status or status in entry.status) and without_words(entry).fits(Seen(one))
        ]
        for kind in table()
    }
    parked = found["parked"] if status == 200 else []
    assert recognise(one) == (next(iter(found["walls"]), None), next(iter(parked), None))


def without_words(entry: Signature) -> Signature:
    """The same, but so that the page itself is looked at, whatever its bytes are."""
    nothing = (b"",)
    return replace(
        entry,
        title_words=nothing if entry.title_words else (),
        words=(nothing,) if entry.words else (),
    )


@given(st.integers(100, 999), st.binary(max_size=200))
def test_no_answer_is_too_strange_to_be_looked_at(status: int, body: bytes) -> None:
    found, _ = recognise(Response(url=Url("https://site.example/"), status=status, body=body))
    assert (found == "LinkedIn") == (status == 999)

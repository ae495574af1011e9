"""A fragment on a foreign page is there, is not there, or cannot be known; a doubt is never an accusation."""

from __future__ import annotations

import signal
import subprocess
import sys
from io import BytesIO

import pytest
from check.records import target

from mkdocs_backlinks.check.read.fragments import decoded, judge_fragments, linked_fragments
from mkdocs_backlinks.check.read.pdf_fragments import judge_pdf
from mkdocs_backlinks.check.read.source_fragments import judge_source
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Presence, Url

PROSE = "<p>" + "Some words of a page that is not short. " * 20 + "</p>"


def response(
    body: str | bytes,
    *,
    url: str = "https://example.org/a",
    kind: str = "text/html; charset=utf-8",
    truncated: bool = False,
    fragment: str | None = None,
    status: int = 200,
) -> Response:
    content = body.encode() if isinstance(body, str) else body
    return Response(
        url=Url(url),
        status=status,
        headers={"content-type": kind},
        body=content,
        truncated=truncated,
        fragment=fragment,
    )


def state(fragment: str, given: Response) -> Presence:
    ((name, found),) = judge_fragments([fragment], given)
    assert name == fragment
    return found


STATIC = f"""<!DOCTYPE html><html><head><meta name="viewport" content="x">
<script>var a = '<b id="script">'</script>
</head><body><h2 id="install">Install</h2><h2 id="über uns">x</h2><a name="old"></a><form name="form"></form>
<h2 id="user-content-read-me">x</h2><template><p id="template"></p></template><!-- <p id="comment"> -->
<noscript><p>x</p></noscript>{PROSE}</body></html>"""


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("install", "present"),
        ("Install", "absent"),
        ("%C3%BCber%20uns", "present"),
        ("old", "present"),
        ("top", "present"),
        ("TOP", "present"),
        ("read-me", "present"),
        ("Read-Me", "present"),
        ("user-content-read-me", "present"),
        ("gone", "absent"),
        ("viewport", "absent"),
        ("form", "absent"),
        ("script", "absent"),
        ("template", "absent"),
        ("comment", "absent"),
        (":~:text=words", "unknown"),
        ("install:~:text=words", "unknown"),
        ("gone:~:text=words", "absent"),
        ("/route", "unknown"),
        ("!route", "unknown"),
        ("?route", "unknown"),
        ("t=30", "unknown"),
        ("heading=h.1", "unknown"),
    ],
)
def test_a_page_of_plain_html(fragment: str, expected: Presence) -> None:
    assert state(fragment, response(STATIC)) == expected


IDS = '<h2 id="a">A</h2>'
OPEN = {
    "is truncated": response(STATIC, truncated=True),
    "has no id at all": response(f"<body>{PROSE}</body>"),
    "is built by scripts": response('<body><div id="root"></div><script src="/app.js"></script></body>'),
    "has scripts and little text": response(f"<body>{IDS}<p>Loading</p><script>go()</script></body>"),
    "is of Next": response(f'<body>{IDS}{PROSE}<script id="__NEXT_DATA__">{{}}</script></body>'),
    "is of Angular": response(f'<body>{IDS}{PROSE}<app-root ng-version="19"></app-root></body>'),
    "is GitHub's": response(STATIC, url="https://github.com/o/r"),
    "is a picture": response(b"\x89PNG", kind="image/png"),
    "is plain text": response("a", kind="text/plain"),
    "has no type": response(STATIC, kind=""),
    "is a part of a PDF": response(b"%PDF-1.7", kind="application/pdf", truncated=True),
    "is a damaged PDF": response(b"%PDF-1.7", kind="application/pdf"),
}


@pytest.mark.parametrize("what", OPEN)
def test_nobody_knows_where_a_page(what: str) -> None:
    assert state("gone", OPEN[what]) == "unknown"


@pytest.mark.parametrize("what", ["is truncated", "is GitHub's"])
def test_what_is_there_is_there_also_where_a_page(what: str) -> None:
    assert state("install", OPEN[what]) == "present"


def test_a_static_page_with_a_script_can_deny() -> None:
    assert state("gone", response(f"<body>{IDS}{PROSE}<script src=/menu.js></script></body>")) == "absent"


@pytest.mark.parametrize(
    ("instead", "expected"),
    [("install", "present"), ("gone", "unknown"), ("", "present"), (None, "absent")],
)
def test_the_fragment_of_a_redirect_wins(instead: str | None, expected: Presence) -> None:
    assert state("nope", response(STATIC, fragment=instead)) == expected


@pytest.mark.parametrize("status", [304, 404, 500])
def test_nothing_is_said_of_a_page_that_did_not_answer_well(status: int) -> None:
    assert judge_fragments(["a"], response(STATIC, status=status)) == ()
    assert judge_fragments(["a"], Response(url=Url("https://a.example/"), failure="timeout")) == ()


def test_what_is_wanted_is_sorted_and_once() -> None:
    links = target("https://example.org/a", "b", "a", None, "b", "")
    assert linked_fragments(links) == {"a", "b"}
    assert [name for name, _ in judge_fragments(linked_fragments(links), response(STATIC))] == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<p id="ü">'.encode("latin-1"), "text/html; charset=iso-8859-1"),
        ('<p id="ü">'.encode("latin-1"), 'text/html; charset="ISO-8859-1"'),
        ('<meta charset="windows-1252"><p id="ü">'.encode("cp1252"), "text/html"),
        ('<p id="ü">'.encode("utf-8-sig"), "text/html"),
        ('<p id="ü">'.encode("utf-16"), "text/html"),
        ('<p id="ü">'.encode(), "text/html; charset=no-such-thing"),
        ('<p id="ü">'.encode(), "text/html"),
    ],
)
def test_any_encoding_is_read(body: bytes, kind: str) -> None:
    assert state("%C3%BC", response(body, kind=kind)) == "present"


def test_bytes_of_no_encoding_are_read_somehow() -> None:
    assert decoded(response(bytes(range(256)) * 3)) != ""


@pytest.mark.parametrize("element", ["<div>", "<b>", "<span x='", "<ul><li>", "<i id=a>", "<x-y>"])
def test_a_page_of_two_megabytes_that_is_nested_beyond_measure_is_left_alone(element: str) -> None:
    body = IDS + element * (2_000_000 // len(element))
    assert state("a", response(body)) == "unknown"


@pytest.mark.parametrize("element", ["<p>x", "<br>", "<li>x", "<div>x</div>", '<path d="M0" />', "<td>x"])
def test_a_long_page_is_not_a_deep_one(element: str) -> None:
    assert state("a", response(IDS + element * 5000)) == "present"


MARKDOWN = """# Read me, please!
text <a name="Old"></a>
## `code` & [link](https://example.org) **bold**
## Twice
## Twice
Underlined
----------
```
# not a heading
```
## Über uns — 指南
"""


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("L1", "present"),
        ("L11", "present"),
        ("L12", "absent"),
        ("L0", "absent"),
        ("L2-L11", "present"),
        ("L2-11", "present"),
        ("L2C1-L3C5", "present"),
        ("L2-L12", "absent"),
        ("L99999999999999999999", "absent"),
        ("read-me-please", "present"),
        ("Read-Me-Please", "present"),
        ("user-content-read-me-please", "present"),
        ("code--link-bold", "present"),
        ("twice", "present"),
        ("twice-1", "present"),
        ("twice-2", "unknown"),
        ("underlined", "present"),
        ("old", "present"),
        ("%C3%BCber-uns--%E6%8C%87%E5%8D%97", "present"),
        ("not-a-heading", "unknown"),
    ],
)
def test_a_file_of_a_repository(fragment: str, expected: Presence) -> None:
    assert judge_source(MARKDOWN, "docs/README.md")(fragment) == expected


def test_only_markdown_has_headings() -> None:
    assert judge_source(MARKDOWN, "a.py")("twice") == "unknown"
    assert judge_source("", "a.py")("L1") == "absent"


@pytest.fixture(scope="module")
def pdf() -> Response:
    """Three pages, and a place called `limits`."""
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    writer.add_named_destination("limits", 1)
    body = BytesIO()
    writer.write(body)
    return response(body.getvalue(), kind="application/pdf")


def test_a_pdf(pdf: Response) -> None:
    expected: dict[str, Presence] = {
        "page=1": "present",
        "page=3": "present",
        "page=4": "absent",
        "page=0": "absent",
        "zoom=50&page=2": "present",
        "nameddest=limits": "present",
        "nameddest=gone": "absent",
        "limits": "present",
        "gone": "unknown",
        "search=word": "unknown",
    }
    assert dict(judge_fragments(expected, pdf)) == expected


@pytest.mark.parametrize(
    "reader",
    [
        ("-c", "import time; time.sleep(60)"),
        ("-c", "raise SystemExit(1)"),
        ("-c", "print('no JSON')"),
        ("-c", "print('[]')"),
        ("-c", "import os; os.abort()"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_nothing(reader: tuple[str, ...]) -> None:
    pytest.importorskip("pypdf")
    assert judge_pdf(b"%PDF", seconds=0.5, reader=reader)("page=1") == "unknown"


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits for a process")
def test_a_pdf_that_never_ends_is_ended() -> None:
    endless = "from mkdocs_backlinks.check.read.pdf_reader import limit; limit()\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", endless], check=False, timeout=60)
    assert ended.returncode == -signal.SIGXCPU

"""A build with bad links fails, says where they are and what to do, and never over a link that works."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import pytest
from building import Built, build_site, write_files
from loopback import Loopback, redirect, reply

GUIDE = "# Guide\n\n## Install {: #install }\n\nText.\n"


def build(root: Path, index: str, **more: object) -> Built:
    pages = {"index.md": index, "guide.md": GUIDE, "img/map.png": ""}
    return build_site(root, pages, markdown_extensions=["attr_list"], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "rule", "hint"),
    [
        ("A [x](guid.md) b", "broken_page", "guide.md"),
        ("A [x](guide.md#instal) b", "broken_anchor", "guide.md#install"),
        ('A <a href="gui/">x</a> b', "broken_page", "guide/"),
        ('A <a href="guide/#instal">x</a> b', "broken_anchor", "guide/#install"),
        ("A ![x](img/mop.png) b", "broken_asset", "img/map.png"),
        ('A <img src="map.png"> b', "broken_asset", "img/map.png"),
        ("A [x](https://example.org/docs/guid/) b", "broken_page", "https://example.org/docs/guide/"),
        ("A [x](/docs/guid/) b", "broken_page", "/docs/guide/"),
        ("A [x](#nope) b", "broken_anchor", None),
    ],
)
def test_a_broken_link_is_found_once_with_its_place(
    tmp_path: Path, text: str, rule: str, hint: str | None
) -> None:
    built = build(tmp_path, f"# Home\n\n{text}\n")
    assert built.aborted
    assert built.findings() == [(rule, "docs/index.md", 3, 3)]
    assert f"docs/index.md:3:3  error  {rule}" in built.text
    assert hint is None or f"did you mean: {hint}" in built.text
    loud = [message for level, message in built.log if level in ("WARNING", "ERROR")]
    assert len(loud) == 2, "the report and the reason of the failure, and nothing of MkDocs' own"
    assert "backlinks: 1 error in the links" in loud[-1]


FINE = [
    "[x](guide.md)",
    "[x](guide.md#install)",
    "[x](guide.md#top)",
    "[x](guide.md#)",
    "[x](guide.md#:~:text=Install)",
    "[x](guide.md#__comments)",
    '<a href="guide">x</a>',
    '<a href="guide/index.html">x</a>',
    "[x](sitemap.xml)",
    '<a href="404.html">x</a>',
    "[x](https://example.org/docs/guide/#install)",
    "[x](mailto:me@example.org)",
    "<me@example.org>",
    "![x](img/map.png)",
    "[x](img/map.png)",
]


@pytest.mark.parametrize("text", FINE)
def test_a_working_link_is_left_in_peace(tmp_path: Path, text: str) -> None:
    built = build(tmp_path, f"# Home\n\n{text}\n", options={"rules": {"vague_text": "ignore"}}, strict=True)
    assert built.findings() == []
    assert not built.aborted


def test_what_other_plugins_write_at_the_end_is_there(tmp_path: Path) -> None:
    built = build(
        tmp_path,
        "[old](old.html) [older](/docs/older/) [feed](feed.xml)",
        use_directory_urls=False,
        plugins=[{"redirects": {"redirect_maps": {"old.md": "guide.md", "older/index.md": "guide.md"}}}],
    )
    assert built.findings() == [
        ("redirected_page", "docs/index.md", 1, 1),
        ("redirected_page", "docs/index.md", 1, 17),
        ("broken_asset", "docs/index.md", 1, 39),
    ]


def test_an_id_of_the_theme_is_there(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {"theme/main.html": '{% extends "base.html" %}{% block footer %}<b id="foot">x</b>{% endblock %}'},
    )
    theme = {"name": "mkdocs", "custom_dir": str(tmp_path / "theme")}
    built = build(tmp_path, "[x](guide.md#foot) [y](guide.md#feet)", theme=theme)
    assert built.findings() == [("broken_anchor", "docs/index.md", 1, 20)]


def test_redirects_and_drafts_are_known(tmp_path: Path) -> None:
    pages = {
        "index.md": "[a](old/) [b](/docs/old/) [c](draft.md) [d](Guide.md) [e](guide.md#Install) [f](old.md)",
        "guide.md": GUIDE,
        "draft.md": "# Draft",
    }
    built = build_site(
        tmp_path,
        pages,
        markdown_extensions=["attr_list"],
        draft_docs="draft.md",
        plugins=[{"redirects": {"redirect_maps": {"old.md": "guide.md"}}}],
    )
    found = [
        (one["rule"], one["column"], (one["fix"] or {}).get("href")) for one in built.report()["findings"]
    ]
    assert found == [
        ("redirected_page", 1, "guide/"),
        ("redirected_page", 11, "/docs/guide/"),
        ("excluded_page", 27, None),
        ("case_mismatch", 41, "guide.md"),
        ("case_mismatch", 55, "guide.md#install"),
        ("broken_page", 77, "guide.md"),
    ]


MARKED = """# Home

[a](gone.md){ .backlinks-ignore } [b](lost.md) <!-- backlinks-ignore: broken_page soon --> [c](gone.png)

<!-- backlinks-ignore: broken_asset -->
![d](gone.png) [e](gone.md)

[f](guide.md) <!-- backlinks-ignore: broken_page -->

[g](gone.md) <!-- backlinks-ignore: brokn_page -->

Done. <!-- backlinks-ignore: broken_page -->
"""


def test_marks_silence_and_are_counted_and_reported_when_idle(tmp_path: Path) -> None:
    built = build(tmp_path, MARKED)
    assert built.findings() == [
        ("broken_asset", "docs/index.md", 3, 92),
        ("broken_page", "docs/index.md", 6, 16),
        ("unused_ignore", "docs/index.md", 8, 1),
        ("broken_page", "docs/index.md", 10, 1),
        ("unused_ignore", "docs/index.md", 10, 1),
        ("unused_ignore", "docs/index.md", None, None),
    ]
    assert built.report()["summary"]["ignored"] == 3
    assert "3 problems are ignored, as marks in the pages ask for." in built.text
    assert "did you mean: broken_page" in built.text


def test_an_exported_index_keeps_the_marks(tmp_path: Path) -> None:
    built = build(tmp_path, "[x](https://gone.example/) <!-- backlinks-ignore: broken_url it comes back -->")
    assert built.findings() == []
    (link,) = built.links("index.md")
    assert link["ignore"] == [{"rule": "broken_url", "reason": "it comes back"}]


def test_a_snippet_on_many_pages_is_one_finding(tmp_path: Path) -> None:
    write_files(tmp_path, {"parts/note.md": "See [the notes](/docs/nots/)."})
    pages = {f"p{number}.md": f"# Page {number}\n\n--8<-- 'note.md'\n" for number in range(1, 8)}
    built = build_site(
        tmp_path,
        {"index.md": "# Home", **pages},
        markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(tmp_path / "parts")]}}],
    )
    (finding,) = built.report()["findings"]
    first = [f"p{number}.md" for number in range(1, 6)]
    assert (finding["rule"], finding["page"]) == ("broken_page", "p1.md")
    assert finding["repeated"] == {"count": 7, "pages": first}
    assert f"found 7 times, on {', '.join(first)}, …" in built.text


def test_the_theme_says_which_words_are_vague(tmp_path: Path) -> None:
    theme = {"name": "mkdocs", "locale": "de"}
    built = build(tmp_path, "[hier](guide.md) und [ici](guide.md) und [here](guide.md)", theme=theme)
    assert [finding[3] for finding in built.findings()] == [1, 42]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("severity", ["error", "warn", "info", "ignore"])
def test_severity_decides(tmp_path: Path, severity: str, strict: bool) -> None:
    built = build(
        tmp_path, "[x](nope.md)", options={"rules": {"broken_page": severity}}, strict=strict,
        validation={"links": {"not_found": "ignore"}},
    )  # fmt: skip
    fails = severity == "error" or (severity == "warn" and strict)
    assert built.aborted == fails
    assert ("broken_page" in built.text) == (severity != "ignore")


def test_mkdocs_keeps_its_own_check_of_what_this_plugin_leaves_out(tmp_path: Path) -> None:
    pages = {"index.md": "[x](nope.md)", "free.md": "[y](gone.md)"}
    built = build_site(tmp_path, pages, {"exclude": ["free.md"]})
    assert built.findings() == [("broken_page", "docs/index.md", 1, 1)]
    assert "Doc file 'free.md' contains a link 'gone.md'" in built.text
    assert "Doc file 'index.md'" not in built.text


def test_links_to_a_page_that_takes_no_part_have_a_place_and_mkdocs_checks_their_anchors(
    tmp_path: Path,
) -> None:
    pages = {"index.md": "[x](free.md#nope) [here](free.md)", "free.md": "# Free\n\n[y](index.md#no)"}
    built = build_site(tmp_path, pages, {"exclude": ["free.md"]}, validation={"links": {"anchors": "warn"}})
    assert built.findings() == [("vague_text", "docs/index.md", 1, 19)]
    assert "the doc 'free.md' does not contain an anchor '#nope'" in built.text
    assert "the doc 'index.md' does not contain an anchor '#no'" in built.text


def test_a_gate_that_is_told_to_be_quiet_leaves_mkdocs_alone(tmp_path: Path) -> None:
    built = build(tmp_path, "[x](nope.md)", options={"rules": {"broken_page": "info"}})
    assert "Doc file 'index.md' contains a link 'nope.md'" in built.text


def test_a_dead_address_fails_the_build_at_its_place(tmp_path: Path) -> None:
    routes = {"/fine": reply(), "/gone": reply(410), "/wall": reply(403), "/moved": redirect("/fine", 301)}
    with Loopback(routes) as server:
        text = "\n".join(
            f"- {name} [the page]({server.url(f'/{name}')})" for name in routes_and_missing(routes)
        )
        built = build(
            tmp_path,
            "# Home\n\n" + text,
            options={"external": {"allow_private": ["127.0.0.1"], "per_host": {"interval": 0}}},
        )
    assert built.aborted
    assert built.findings() == [
        ("broken_url", "docs/index.md", 4, 8),
        ("permanent_redirect", "docs/index.md", 6, 9),
        ("broken_url", "docs/index.md", 7, 11),
    ]
    verdicts = {one["url"].rpartition("/")[2]: one["verdict"] for one in built.report()["targets"]}
    assert verdicts == {
        "fine": "ok",
        "gone": "broken",
        "wall": "blocked",
        "moved": "moved",
        "missing": "broken",
    }
    assert built.report()["summary"]["verified"] == 4
    asked = sorted({request.path for request in server.requests if request.scheme == "http"})
    assert asked == ["/fine", "/gone", "/missing", "/moved", "/wall"]


def routes_and_missing(routes: Mapping[str, object]) -> list[str]:
    return [path.strip("/") for path in routes] + ["missing"]


def test_an_address_that_is_not_public_is_never_asked(tmp_path: Path) -> None:
    with Loopback({"/": reply()}) as server:
        built = build(tmp_path, f"[the page]({server.url('/')})", options={"external": {}})
    assert server.requests == []
    assert [one["verdict"] for one in built.report()["targets"]] == ["unsafe"]
    assert built.findings() == [("non_public_host", "docs/index.md", 1, 1)]
    assert not built.aborted


def test_a_page_with_many_uses_of_one_address_asks_no_more_often(tmp_path: Path) -> None:
    with Loopback({"/": reply(), "/x": reply(404)}) as server:
        text = "\n\n".join(f"[use {n}]({server.url('/x')}#part-{n})" for n in range(5))
        built = build(tmp_path, text, options={"external": {"allow_private": ["127.0.0.1"]}})
    asked = [request.path for request in server.requests if request.scheme == "http"]
    assert sorted(asked) == ["/", "/x", "/x"]
    assert [finding[2] for finding in built.findings()] == [1, 3, 5, 7, 9]


def test_reports_say_nothing_of_the_machine(tmp_path: Path) -> None:
    built = build(tmp_path, "[x](nope.md) ![y](gone.png)")
    for name in ("index.json", "report.json"):
        assert str(tmp_path) not in (tmp_path / name).read_text(encoding="utf-8")
    assert str(tmp_path) not in next(m for level, m in built.log if level == "ERROR")


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build(tmp_path / name, "# Home\n\n[x](guide.md#nope) [y](guide.md) [z](https://e.example/)")
    for name in ("index.json", "report.json", "site/guide/index.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_file_that_cannot_be_written_stops_the_build_with_its_option(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    built = build(tmp_path, "# Home", options={"index": "taken/index.json"})
    assert built.aborted
    assert "cannot write" in built.text
    assert "`index`" in built.text


def test_a_variable_that_makes_no_sense_stops_the_build_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKLINKS_HEADERS", "example.org Authorization: secret")
    options = {"external": {"check": "all"}}
    built = build(tmp_path, "# Home\n\n[An address](http://127.0.0.1:9/)\n", options=options)
    assert built.aborted
    assert "BACKLINKS_HEADERS, line 1: write `https://example.org Name: value`" in built.text
    assert "secret" not in built.text


WRITES_MEDIA_LAST = """
from pathlib import Path
from mkdocs.plugins import event_priority

@event_priority(-120)
def on_files(files, config):
    files.remove(files.get_file_from_path("img/map.png"))
    return files

@event_priority(-200)
def on_post_build(config):
    Path(config.site_dir, "img").mkdir(exist_ok=True)
    Path(config.site_dir, "img", "map.png").write_bytes(b"smaller")
"""


def test_media_that_another_plugin_takes_over_are_known(tmp_path: Path) -> None:
    write_files(tmp_path, {"hook.py": WRITES_MEDIA_LAST})
    built = build(tmp_path, "# Home\n\nTo ![the map](img/map.png)\n", hooks=["hook.py"])
    assert built.findings() == []
    assert (built.site / "img" / "map.png").read_bytes() == b"smaller"
    assert [link["kind"] for link in built.links("index.md")] == ["asset"]


@pytest.mark.parametrize(
    ("level", "is_said"), [("ignore", False), ("info", False), ("warn", True)], ids=["ignore", "info", "warn"]
)
def test_mkdocs_asks_for_source_paths_where_its_author_has_raised_the_level(
    tmp_path: Path, level: str, is_said: bool
) -> None:
    built = build(
        tmp_path,
        "# Home\n\nTo [the guide](guide/) and [a page](missing)\n",
        validation={"links": {"unrecognized_links": level}},
    )
    assert built.findings() == [("broken_page", "docs/index.md", 3, 28)]
    assert ("unrecognized relative link 'guide/'" in built.text) is is_said
    assert ("unrecognized relative link 'missing'" in built.text) is is_said


def test_mkdocs_logs_as_ever_once_the_build_has_ended(tmp_path: Path) -> None:
    log = logging.getLogger("mkdocs.structure.pages")
    build(tmp_path, "# Home\n\n[x](nope.md)\n")
    assert log.filters == []
    (tmp_path / "hook.py").write_text("def on_page_content(html, **_):\n    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        build(tmp_path, "# Home\n\n[x](nope.md)\n", hooks=["hook.py"])
    assert log.filters == []


def test_a_link_to_an_excluded_page_is_said_by_the_report_alone(tmp_path: Path) -> None:
    built = build_site(
        tmp_path, {"index.md": "[x](draft.md)", "draft.md": "# Draft"}, exclude_docs="draft.md"
    )
    assert [rule for rule, *_ in built.findings()] == ["excluded_page"]
    assert "Doc file 'index.md'" not in built.text

"""A build begins to ask while it still converts pages, and says what it would have said at the end."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from building import Built, build_site, run_build
from loopback import Loopback, reply
from mkdocs.config import load_config

from mkdocs_backlinks.adapter.external_check import ExternalCheck
from mkdocs_backlinks.settings import Check, ExternalSettings, Settings

PAGE = reply(200, b"<!doctype html><p id=here>" + b"Some words. " * 50, Content_Type="text/html")
LATER = """
from urllib.request import urlopen

def on_page_markdown(markdown, page, **_):
    if page.file.src_uri == "z.md":
        urlopen({gate!r}, timeout=30).close()
"""
NOT_AFTER_ALL = """
def on_env(env, files, **_):
    page = files.get_file_from_path("index.md").page
    page.content = page.content.replace("<a ", "<b ").replace("</a>", "</b>")
"""
STOPS = """
def on_page_markdown(markdown, page, **_):
    if page.file.src_uri == "z.md":
        raise ZeroDivisionError
"""


def build(root: Path, pages: dict[str, str], hook: str | None = None, **options: Any) -> Built:  # noqa: ANN401
    external = {"check": "all", "allow_private": ["127.0.0.1"], "per_host": {"interval": 0}, "cache": False}
    chosen = {"external": external, "rules": {"insecure_http": "ignore"}, **options}
    hooks = [str(root / "hook.py")] if hook else []
    if hook:
        (root / "hook.py").write_text(hook)
    return build_site(root, {"z.md": "# Last", **pages}, chosen, hooks=hooks)


def paths(server: Loopback) -> list[str]:
    return sorted(request.path for request in server.requests)


def targets(built: Built) -> dict[str, int]:
    return {one["url"].rpartition("/")[2]: one["status"] for one in built.report()["targets"]}


def test_it_begins_before_the_last_page_is_converted(tmp_path: Path) -> None:
    asked = threading.Event()

    async def note(request: Any, writer: Any) -> None:  # noqa: ANN401
        asked.set()
        await reply()(request, writer)

    async def wait(request: Any, writer: Any) -> None:  # noqa: ANN401
        is_asked = await asyncio.get_running_loop().run_in_executor(None, asked.wait, 20)
        await reply(200 if is_asked else 500)(request, writer)

    with Loopback({"/a": note, "/b": reply()}) as server, Loopback({"/gate": wait}) as gate:
        pages = {"index.md": f"To [one page]({server.url('/a')})", "z.md": f"[another]({server.url('/b')})"}
        built = build(tmp_path, pages, LATER.format(gate=gate.url("/gate")))
        assert targets(built) == {"a": 200, "b": 200}
        assert paths(server) == ["/a", "/b"]


def test_an_address_on_many_pages_is_asked_once(tmp_path: Path) -> None:
    with Loopback({"/a": reply()}) as server:
        pages = {f"{name}.md": f"To [the page]({server.url('/a')})" for name in ("index", "b", "c", "d")}
        built = build(tmp_path, pages)
        assert targets(built) == {"a": 200}
        assert paths(server) == ["/a"]


def test_a_fragment_on_a_later_page_is_looked_for(tmp_path: Path) -> None:
    with Loopback({"/a": PAGE}) as server:
        url = server.url("/a")
        built = build(
            tmp_path, {"index.md": f"To [a page]({url})", "z.md": f"[part]({url}#no) [x]({url}#here)"}
        )
        assert [one for one in built.findings() if one[0] != "vague_text"] == [
            ("broken_fragment", "docs/z.md", 1, 1)
        ]
        assert set(paths(server)) == {"/a"}


def test_of_an_address_that_is_gone_when_links_are_read_nothing_is_said(tmp_path: Path) -> None:
    with Loopback({}) as server:
        built = build(tmp_path, {"index.md": f"To [a page]({server.url('/a')})"}, NOT_AFTER_ALL)
        assert targets(built) == {}
        assert built.findings() == []


def test_what_takes_no_part_and_what_is_the_site_itself_is_not_asked(tmp_path: Path) -> None:
    own = "https://example.org/docs/z/"
    with Loopback({}) as server:
        pages = {"index.md": f"To [the last page]({own})", "out.md": f"[a page]({server.url('/a')})"}
        built = build(tmp_path, pages, exclude=["out.md"])
        assert targets(built) == {}
        assert paths(server) == []


def test_a_build_that_stops_takes_its_check_along(tmp_path: Path) -> None:
    with Loopback({"/a": reply()}) as server, pytest.raises(ZeroDivisionError):
        build(tmp_path, {"index.md": f"To [a page]({server.url('/a')})"}, STOPS)
    assert not [thread for thread in threading.enumerate() if thread.name == "backlinks-check"]


@pytest.mark.parametrize(
    ("check", "serving", "early"),
    [
        ("all", False, True),
        ("new", False, True),
        ("locked", False, False),
        ("off", False, False),
        ("all", True, False),
    ],
)
def test_it_begins_early_where_much_is_asked(
    tmp_path: Path, check: Check, serving: bool, early: bool
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\n")
    (tmp_path / "docs").mkdir()
    settings = Settings(external=ExternalSettings(check=check, on_serve="all"))
    config = load_config(str(tmp_path / "mkdocs.yml"))
    assert ExternalCheck(config, settings, serving=serving).starts_early is early


def test_what_is_asked_under_serve_is_asked_when_links_are_read(tmp_path: Path) -> None:
    with Loopback({"/a": reply()}) as server:
        external = {"on_serve": "all", "allow_private": ["127.0.0.1"], "cache": False}
        build(tmp_path, {"index.md": f"To [a page]({server.url('/a')})"}, external=external)
        server.requests.clear()
        run_build(tmp_path, command="serve")
        assert paths(server) == ["/a"]

"""A build changes how Python works while it lasts, and leaves it as it was."""

import gc
from pathlib import Path

from building import build_site, run_build, write_files

HOOKS = """
import gc

def on_page_markdown(markdown, **_):
    print_to("markdown")

def on_post_page(output, **_):
    print_to("post_page")

def print_to(name):
    with open("{folder}/" + name, "w") as file:
        file.write(str(gc.get_freeze_count()))
"""
FAILING = """
from mkdocs.exceptions import PluginError

def on_page_content(html, **_):
    raise PluginError("no")
"""
PAGES = {"index.md": "# Home\n\n[A](a.md), [gone](gone.md)", "a.md": "# A\n\n[Home](index.md)"}


def test_what_lasts_is_set_aside_while_pages_are_converted_and_rendered(tmp_path: Path) -> None:
    write_files(tmp_path, {"hooks.py": HOOKS.format(folder=tmp_path.as_posix())})
    before = gc.get_freeze_count()
    built = build_site(tmp_path, PAGES, {"rules": {"broken_page": "info"}}, hooks=["hooks.py"])
    assert not built.aborted
    converting, rendering = (int((tmp_path / name).read_text()) for name in ("markdown", "post_page"))
    assert before < converting < rendering
    assert gc.get_freeze_count() == 0


def test_it_is_given_back_when_the_gate_fails_the_build(tmp_path: Path) -> None:
    assert build_site(tmp_path, PAGES).aborted
    assert gc.get_freeze_count() == 0


def test_it_is_given_back_when_somebody_else_stops_the_build(tmp_path: Path) -> None:
    write_files(tmp_path, {"hooks.py": FAILING})
    assert build_site(tmp_path, PAGES, hooks=["hooks.py"]).aborted
    assert gc.get_freeze_count() == 0


def test_a_collector_that_was_off_stays_off(tmp_path: Path) -> None:
    gc.disable()
    try:
        build_site(tmp_path, PAGES)
        assert not gc.isenabled()
    finally:
        gc.enable()
    run_build(tmp_path)
    assert gc.isenabled()

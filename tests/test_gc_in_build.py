"""A build freezes what the collector need not walk over, and leaves the collector as it was."""

import gc
from pathlib import Path

from building import build_site, run_build, write_files

HOOKS = """
import gc

def on_page_markdown(markdown, **_):
    note("markdown")

def on_post_page(output, **_):
    note("post_page")

def note(name):
    with open("{folder}/" + name, "w") as file:
        file.write(str(gc.get_freeze_count()))
"""
FAILING = """
from mkdocs.exceptions import PluginError

def on_page_context(context, **_):
    raise PluginError("no")
"""
PAGES = {"index.md": "# Home\n\n[A](a.md), [gone](gone.md)", "a.md": "# A\n\n[Home](index.md)"}


def test_the_index_is_frozen_while_pages_are_rendered(tmp_path: Path) -> None:
    write_files(tmp_path, {"hooks.py": HOOKS.format(folder=tmp_path.as_posix())})
    built = build_site(tmp_path, PAGES, {"rules": {"broken_page": "info"}}, hooks=["hooks.py"])
    assert not built.aborted
    converting, rendering = (int((tmp_path / name).read_text()) for name in ("markdown", "post_page"))
    assert converting == 0 < rendering
    assert gc.get_freeze_count() == 0


def test_nothing_stays_frozen_when_the_gate_fails_the_build(tmp_path: Path) -> None:
    assert build_site(tmp_path, PAGES).aborted
    assert gc.get_freeze_count() == 0


def test_nothing_stays_frozen_when_another_plugin_stops_the_build(tmp_path: Path) -> None:
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

"""The finished site is asked as a server would be, and only below its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_backlinks.index import FinishedSite
from mkdocs_backlinks.model import Page, PageUri


@pytest.fixture
def site(tmp_path: Path) -> FinishedSite:
    folder = tmp_path / "site"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "index.html").write_bytes(b'<p id="x">caf\xc3\xa9 \xff</p>')
    (folder / "index.html").write_text("home")
    (folder / "empty").mkdir()
    (folder / "file.txt").write_text("")
    (tmp_path / "secret.txt").write_text("")
    (tmp_path / "index.html").write_text('<p id="secret"></p>')
    return FinishedSite(folder)


@pytest.mark.parametrize("path", ["", "a", "a/", "a/index.html", "file.txt", "//file.txt"])
def test_files_and_folders_with_a_page_are_present(site: FinishedSite, path: str) -> None:
    assert site.present([path]) == {path}


@pytest.mark.parametrize("path", ["b", "empty/", "a/x", "file.txt/x", "x\0", "x" * 5000, "file.txt\0"])
def test_all_else_is_not(site: FinishedSite, path: str) -> None:
    assert site.present([path]) == frozenset()


@pytest.mark.parametrize(
    "path", ["../secret.txt", "a/../../secret.txt", "..", "../index.html", "a/../file.txt"]
)
def test_no_path_leads_out_of_the_folder(site: FinishedSite, path: str) -> None:
    assert site.present([path]) == frozenset()
    assert site.anchors([page(path.replace("/", "%2F"))]) == {}


def test_ids_and_texts_of_pages_that_exist(site: FinishedSite) -> None:
    pages = [page("a/"), page("gone/")]
    assert site.anchors(pages) == {"a/": {"x"}}
    assert {uri: text.runs for uri, text in site.texts(pages).items()} == {"a/": ("café \ufffd",)}


def page(url: str) -> Page:
    return Page(uri=PageUri(url), url=url, title="")

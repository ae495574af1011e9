"""Links into the own repository are answered by the working tree, and no address leads out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.own_repository import OwnRepository, own_repository, tree_root
from mkdocs_backlinks.model import Url

REPO = "https://github.com/o/r"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    environment = tmp_path_factory.mktemp("environment")
    (environment / "secret.txt").write_text("secret")
    root = environment / "tree"
    (root / "docs" / "a b").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("")
    (root / "docs" / "index.md").write_text("# Welcome\n\ntext\n")
    (root / "docs" / "a b" / "ü.md").write_text("")
    (root / "docs" / "out.txt").symlink_to(environment / "secret.txt")
    (root / "docs" / "way").symlink_to(environment)
    (root / "docs" / "circle").symlink_to(root / "docs" / "circle")
    return root


def known(tree: Path, url: str, *, repo: str = REPO, edit: str | None = "edit/main/docs/") -> bool:
    repository = own_repository(repo, edit, tree)
    assert repository is not None
    evidence = repository.evidence(Url(url), ())
    assert evidence is None or (evidence.status, evidence.via, evidence.url) == (200, "local", url)
    return evidence is not None


@pytest.mark.parametrize(
    "path",
    [
        "/edit/main/docs/index.md",
        "/blob/main/docs/index.md",
        "/raw/main/docs/index.md",
        "/blob/main/docs/index.md?plain=1",
        "/tree/main/docs",
        "/tree/main/",
        "/blob/main/docs/a%20b/%C3%BC.md",
        "/-/blob/main/docs/index.md",
        "/src/main/docs/index.md",
    ],
)
def test_what_lies_in_the_tree_is_known(tree: Path, path: str) -> None:
    assert known(tree, REPO + path)


@pytest.mark.parametrize(
    "url",
    [
        REPO,
        REPO + "/blob/main/docs/gone.md",
        REPO + "/blob/v1.0/docs/index.md",
        REPO + "/issues/main",
        REPO + "/wiki/docs/index.md",
        "https://github.com/o/other/blob/main/docs/index.md",
        "https://github.com/o/rr/blob/main/docs/index.md",
        "https://evil.example/o/r/blob/main/docs/index.md",
        REPO + "/blob/main/.git/config",
        REPO + "/blob/main/docs/out.txt",
        REPO + "/blob/main/docs/way/secret.txt",
        REPO + "/blob/main/docs/circle",
        REPO + "/blob/main/..%2Fsecret.txt",
        REPO + "/blob/main/docs/..%2f..%2f..%2fsecret.txt",
        REPO + "/blob/main/..%5Csecret.txt",
        REPO + "/blob/main/%00",
        REPO + "/blob/main/C:",
        REPO + "/blob/main/" + "x" * 5000,
    ],
)
def test_what_does_not_is_asked_elsewhere(tree: Path, url: str) -> None:
    assert not known(tree, url)


@pytest.mark.parametrize(
    ("repo", "edit", "branch"),
    [
        (REPO, "edit/trunk/docs/", "trunk"),
        (REPO + "/", "https://github.com/o/r/edit/trunk/docs/", "trunk"),
        (REPO, "-/edit/trunk/docs/", "trunk"),
        (REPO, None, "main"),
        (REPO, "", "master"),
        (REPO, "?query=root", "HEAD"),
        (REPO, "https://elsewhere.example/edit/trunk/", "main"),
    ],
)
def test_the_branch_is_that_of_the_edit_uri(tree: Path, repo: str, edit: str | None, branch: str) -> None:
    assert known(tree, f"{REPO}/blob/{branch}/docs/index.md", repo=repo, edit=edit)
    assert not known(tree, f"{REPO}/blob/other/docs/index.md", repo=repo, edit=edit)


@pytest.mark.parametrize("repo", [None, "", "not an address", "file:///etc", "git@github.com:o/r.git"])
def test_without_a_web_address_there_is_no_repository(tree: Path, repo: str | None) -> None:
    assert own_repository(repo, None, tree) is None
    assert own_repository(REPO, None, None) is None


def test_lines_and_headings_are_looked_for(tree: Path) -> None:
    repository = own_repository(REPO, None, tree)
    assert repository is not None
    file = repository.evidence(Url(REPO + "/blob/main/docs/index.md"), ["L2", "L9", "welcome", "x"])
    folder = repository.evidence(Url(REPO + "/tree/main/docs"), ["x"])
    assert file is not None
    assert dict(file.fragments) == {"L2": "present", "L9": "absent", "welcome": "present", "x": "unknown"}
    assert folder is not None
    assert folder.fragments == (("x", "unknown"),)


def test_the_root_is_where_git_is(tree: Path) -> None:
    assert tree_root(tree / "docs" / "a b") == tree
    assert tree_root(tree) == tree
    assert tree_root(Path(tree.anchor)) is None


@given(st.text(max_size=30))
def test_no_path_leaves_the_tree(tree: Path, path: str) -> None:
    repository = OwnRepository(Url(REPO + "/"), frozenset({"main"}), tree)
    evidence = repository.evidence(Url(f"{REPO}/blob/main/docs/{path}"), ["L1"])
    assert evidence is None or "secret" not in repr(evidence)

"""The plugin works under ProperDocs in an environment that has no MkDocs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from building import Built, write_files
from expecting import EXPECTED, copied, expectation, need, outcome

pytest.importorskip("properdocs")

REPOSITORY = Path(__file__).parents[2]
CONFIG = """
site_name: Test
theme: {{name: {theme}}}
plugins:
  - search
  - backlinks: {{external: {{check: off}}}}
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """This environment's packages without MkDocs, and nothing else to import from."""
    packages = tmp_path_factory.mktemp("packages")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if path.name != "mkdocs" and not path.name.startswith("mkdocs-1"):
            (packages / path.name).symlink_to(path)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(packages), str(REPOSITORY)])}


def run(environment: dict[str, str], *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_there_is_no_mkdocs(environment: dict[str, str], tmp_path: Path) -> None:
    assert "No module named 'mkdocs'" in run(environment, "-c", "import mkdocs", cwd=tmp_path).stderr


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_build(environment: dict[str, str], tmp_path: Path, theme: str) -> None:
    if theme == "material":
        pytest.importorskip("material")
    pages = {
        "properdocs.yml": CONFIG.format(theme=theme),
        "docs/index.md": "# Home\n\nSee [a](a.md).",
        "docs/a.md": "# A\n\n[home](index.md)",
    }
    write_files(tmp_path, pages)
    good = run(environment, "-m", "properdocs", "build", "--strict", cwd=tmp_path)
    assert good.returncode == 0, good.stderr
    html = (tmp_path / "site/a/index.html").read_text(encoding="utf-8")
    assert "See <mark>a</mark>." in html
    assert "__backlinks" not in (tmp_path / "site/search/search_index.json").read_text(encoding="utf-8")
    write_files(tmp_path, {"docs/a.md": "# A\n\n[home](indx.md)"})
    bad = run(environment, "-m", "properdocs", "build", cwd=tmp_path)
    assert bad.returncode == 1
    assert "docs/a.md:3:1  error  broken_page" in bad.stderr
    assert bad.stderr.count("indx.md") == 1


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if expected.get("properdocs")])
def test_site(environment: dict[str, str], tmp_path: Path, name: str) -> None:
    need(EXPECTED[name])
    root = copied(name, tmp_path)
    done = run(environment, "-m", "properdocs", "build", cwd=root)
    assert outcome(Built(root)) == expectation(EXPECTED[name]), done.stderr

"""The index, the report and the sections are right on sites that other plugins shape, each a real one."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import run_build
from expecting import EXPECTED, copied, expectation, need, outcome


@pytest.mark.parametrize("name", EXPECTED)
def test_site(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = EXPECTED[name]
    need(expected)
    root = copied(name, tmp_path)
    for variable, value in {"NO_MKDOCS_2_WARNING": "1", **expected.get("environment", {})}.items():
        monkeypatch.setenv(variable, value)
    # Paths of some extensions start where the command runs.
    monkeypatch.chdir(root)
    built = run_build(root)
    assert outcome(built) == expectation(expected)
    assert built.aborted == any(one["severity"] == "error" for one in built.report()["findings"])

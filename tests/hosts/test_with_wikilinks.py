"""Sites whose wikilinks another plugin reads are the same to the index with the option `wikilinks` on."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import run_build
from expecting import EXPECTED, copied, expectation, need, outcome


@pytest.mark.parametrize("name", ["ezlinks", "obsidian", "roamlinks"])
def test_site(name: str, tmp_path: Path) -> None:
    need(EXPECTED[name])
    root = copied(name, tmp_path)
    config = root / "mkdocs.yml"
    options = config.read_text(encoding="utf-8").replace(
        "- backlinks:", "- backlinks:\n      wikilinks: true"
    )
    config.write_text(options, encoding="utf-8")
    found, expected = outcome(run_build(root)), expectation(EXPECTED[name])
    # What both plugins understand has a place that only this one can tell.
    found["links"], expected["links"] = (_without_places(one["links"]) for one in (found, expected))
    assert found == expected


def _without_places(links: list[str]) -> list[str]:
    return [" ".join(part for number, part in enumerate(link.split(" ")) if number != 1) for link in links]

"""A dirty build reads only what changed, and accuses nothing that it has not read."""

from __future__ import annotations

import os
import time
from pathlib import Path

from building import build_site, run_build

PAGES = {
    "index.md": "# Home\n\n[a](a.md#part)",
    "a.md": "# A\n\n## Part",
    "b.md": "# B\n\n[a](a.md#part) [gone](a.md#gone)",
}


def test_a_dirty_build_judges_links_to_pages_that_it_did_not_read(tmp_path: Path) -> None:
    build_site(tmp_path, {**PAGES, "b.md": "# B"})
    page = tmp_path / "docs" / "b.md"
    page.write_text(PAGES["b.md"], encoding="utf-8")
    later = time.time() + 10
    os.utime(page, (later, later))
    built = run_build(tmp_path, dirty=True)
    assert built.findings() == [("broken_anchor", "docs/b.md", 3, 16)]
    assert "their links are not known: 2 (index.md, a.md)" in built.text

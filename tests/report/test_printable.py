"""Whatever a page or a server says becomes one harmless line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.report.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Überblick — 指南 ✓", "Überblick — 指南 ✓"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("a\u2028b\x85c", "a\\u2028b\\x85c"),
        ("a\u202eb\u200b\ufeff", "a\\u202eb\\u200b\\ufeff"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\ud800", "\\ud800"),
        ("::error::x", "\\::error::x"),
        ("  ::error::x", "\\  ::error::x"),
        ("a ::error::x", "a ::error::x"),
        ("##[error]x", "# #[error]x"),
        ("####", "# # # #"),
        ("a#b", "a#b"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_long_text_is_cut() -> None:
    assert printable("abcdef", width=4) == "abc…"
    assert printable("abcd", width=4) == "abcd"
    assert printable("a" * 301) == "a" * 299 + "…"


@given(st.text(alphabet=st.characters(), max_size=50))
def test_any_text_is_one_line_that_can_be_printed(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert shown.encode().decode() == shown
    assert not shown.strip().startswith("::")
    assert "##" not in shown

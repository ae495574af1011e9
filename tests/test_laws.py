"""Whatever is put in: nothing raises, a link has a destination or a name, reading twice changes nothing.

The laws are those of the fuzz run in `benchmarks/`, here over texts that hypothesis chooses.
"""

from __future__ import annotations

import fuzz
import laws
import pytest
from hypothesis import given
from hypothesis import strategies as st


def texts(name: str) -> st.SearchStrategy[str]:
    """Pieces of one kind in any order, with some free text between them."""
    pieces = st.sampled_from(fuzz.SUBJECTS[name].pieces)
    return st.lists(pieces | st.text(max_size=5), max_size=20).map("".join)


@given(texts("HTML"))
def test_any_html(text: str) -> None:
    laws.of_html(text)


@given(texts("Markdown"))
def test_any_markdown(text: str) -> None:
    laws.of_markdown(text)


@given(texts("address"))
def test_any_address(text: str) -> None:
    laws.of_address(text)


@given(texts("inclusion"))
def test_any_inclusion(text: str) -> None:
    laws.of_inclusion(text)


@given(texts("fragment"))
def test_any_fragment(text: str) -> None:
    laws.of_fragment(text)


def fussy(text: str) -> None:
    if "a" in text and "b" in text:
        raise ValueError(text)


def test_the_fuzz_run_finds_what_breaks_a_law_and_cuts_it_down(capsys: pytest.CaptureFixture[str]) -> None:
    fuzz.say("Text", fussy, ["xa", "yy", "b."])
    assert capsys.readouterr().out == "Text that breaks a law: 'ab'\n  ValueError: ab\n"
    assert fuzz.failure(fussy, ["a", "c"]) is None

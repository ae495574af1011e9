"""Bodies in all their packings, and how little of them is kept."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks.check.fetch.body import Body, is_text

TEXT = b"<h1 id=top>A page</h1>" * 100


class Chunks:
    """A stream that hands out its data piece by piece."""

    def __init__(self, data: bytes, size: int = 7) -> None:
        self._data = data
        self._size = size
        self.taken = 0

    async def readany(self) -> bytes:
        chunk = self._data[self.taken : self.taken + self._size]
        self.taken += len(chunk)
        return chunk


def filled(data: bytes, encoding: str = "", limit: int = 10_000, size: int = 7) -> Body:
    body = Body(limit, encoding)
    asyncio.run(body.fill(Chunks(data, size)))
    return body


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZIP"),
        (zlib.compress(TEXT), " deflate "),
        (bare(TEXT), "deflate"),
    ],
    ids=["none", "identity", "gzip", "x-gzip", "deflate", "bare deflate"],
)
def test_a_body_is_unpacked(data: bytes, encoding: str) -> None:
    body = filled(data, encoding)
    assert (bytes(body), body.truncated) == (TEXT, False)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(TEXT, "gzip"), (b"\x07", "deflate"), (TEXT, "br"), (TEXT, "zstd"), (TEXT, "gzip, gzip")],
    ids=["gzip", "deflate", "brotli", "zstd", "twice"],
)
def test_what_is_not_as_it_says_gives_nothing(data: bytes, encoding: str) -> None:
    body = Body(10_000, encoding)
    with pytest.raises(zlib.error):
        asyncio.run(body.fill(Chunks(data)))
    assert (bytes(body), body.truncated) == (b"", True)


def test_an_encoding_is_none_unless_it_is_said() -> None:
    body = Body(100)
    asyncio.run(body.fill(Chunks(TEXT[:20])))
    assert (bytes(body), body.truncated) == (TEXT[:20], False)


def test_a_body_of_just_the_limit_is_truncated_as_its_end_was_not_read() -> None:
    assert filled(TEXT[:7], limit=7).truncated
    assert not filled(TEXT[:7], limit=8).truncated


def test_a_packed_body_that_breaks_off_is_truncated() -> None:
    body = filled(gzip.compress(TEXT)[:-12], "gzip")
    assert body.truncated


def test_a_bomb_is_unpacked_up_to_the_limit_only() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    body = filled(bomb, "gzip", limit=1000, size=len(bomb))
    assert (len(bytes(body)), body.truncated) == (1000, True)


def test_what_unpacks_to_nothing_is_not_read_for_ever() -> None:
    stream = Chunks(gzip.compress(b"") + bytes(10_000_000), 65536)
    body = Body(1000, "gzip")
    asyncio.run(body.fill(stream))
    assert stream.taken <= 2 * 65536
    assert body.truncated


@given(st.binary(max_size=300), st.integers(1, 200), st.integers(1, 50), st.sampled_from(["", "gzip"]))
def test_the_limit_holds(data: bytes, limit: int, size: int, encoding: str) -> None:
    body = filled(gzip.compress(data) if encoding else data, encoding, limit, size)
    assert bytes(body) == data[:limit][: len(bytes(body))]
    assert len(bytes(body)) <= limit
    assert body.truncated or bytes(body) == data


@pytest.mark.parametrize(
    ("content_type", "read"),
    [
        ("text/html; charset=utf-8", True),
        ("TEXT/HTML", True),
        ("application/xhtml+xml", True),
        ("application/ld+json", True),
        ("image/svg+xml", True),
        ("application/pdf", True),
        ("application/json", True),
        ("application/xml", True),
        ("text/plain", True),
        ("jsonp+json", True),
        ("image/jpeg", False),
        ("", True),
        ("image/png", False),
        ("application/octet-stream", False),
        ("application/zip", False),
        ("video/mp4; text/html", False),
    ],
)
def test_texts_are_read_and_nothing_else(content_type: str, read: bool) -> None:
    assert is_text(content_type) is read

"""Reads the beginning of a body, decompressed, and never holds more of it in memory."""

from __future__ import annotations

import zlib
from typing import Protocol

# Not Brotli and zstd: their decoders are not available everywhere, and do not bound their output.
ENCODINGS = "gzip, deflate"

_COMPRESSED = ("gzip", "x-gzip", "deflate")
_TEXTS = ("text/", "application/json", "application/pdf", "application/xhtml+xml", "application/xml")
_TEXT_ENDINGS = ("+json", "+xml")


class Stream(Protocol):
    """A stream of bytes: `readany` returns what has arrived, and nothing at the end."""

    async def readany(self) -> bytes: ...


def is_text(content_type: str) -> bool:
    """Return True for a type that the check reads; a body without a type may be anything, as in browsers."""
    essence = content_type.partition(";")[0].strip().lower()
    return not essence or essence.startswith(_TEXTS) or essence.endswith(_TEXT_ENDINGS)


class Body:
    """The first bytes of a body; it counts as truncated until its end was read.

    An encoding that was not requested, or that the data do not have, gives no bytes.
    """

    def __init__(self, limit: int, encoding: str = "") -> None:
        self.truncated = True
        self._encoding = encoding.strip().lower()
        self._remaining = limit
        self._parts: list[bytes] = []

    def __bytes__(self) -> bytes:
        return b"".join(self._parts)

    async def fill(self, stream: Stream) -> None:
        """Read up to the end or the limit; `zlib.error` for data that are not in their encoding."""
        compressed = self._remaining
        decoder = None
        while chunk := await stream.readany():
            if self._encoding not in ("", "identity"):
                decoder = decoder or _decoder(self._encoding, chunk[0])
                compressed -= len(chunk)
                chunk = decoder.decompress(chunk, self._remaining)
            self._parts.append(chunk[: self._remaining])
            self._remaining -= len(chunk)
            if min(self._remaining, compressed) <= 0:
                return
        self.truncated = decoder is not None and not decoder.eof


def _decoder(encoding: str, first: int) -> zlib._Decompress:
    if encoding not in _COMPRESSED:
        raise zlib.error(f"{encoding} was not asked for")
    # Some servers send deflate without the header of RFC 1950, whose first byte ends in 8.
    is_bare = encoding == "deflate" and first & 0x0F != 8
    return zlib.decompressobj(wbits=-zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS | 32)

"""As much of a body as is wanted, decompressed, and never more than that in memory."""

from __future__ import annotations

import zlib
from typing import Protocol

# Brotli and zstd are not asked for: their decoders are not at hand everywhere, nor bound what they put out.
ENCODINGS = "gzip, deflate"

_PACKED = ("gzip", "x-gzip", "deflate")
_TEXTS = ("text/", "application/json", "application/pdf", "application/xhtml+xml", "application/xml")
_TEXT_ENDINGS = ("+json", "+xml")


class Stream(Protocol):
    """What comes in: `readany` gives what is there, and nothing at the end."""

    async def readany(self) -> bytes: ...


def is_text(content_type: str) -> bool:
    """Whether a type is one that somebody reads; what has no type may be anything, as in browsers."""
    essence = content_type.partition(";")[0].strip().lower()
    return not essence or essence.startswith(_TEXTS) or essence.endswith(_TEXT_ENDINGS)


class Body:
    """The first bytes of a body; it counts as truncated until its end was seen.

    An encoding that was not asked for, or that the data do not have, gives no bytes.
    """

    def __init__(self, limit: int, encoding: str = "") -> None:
        self.truncated = True
        self._encoding = encoding.strip().lower()
        self._left = limit
        self._parts: list[bytes] = []

    def __bytes__(self) -> bytes:
        return b"".join(self._parts)

    async def fill(self, stream: Stream) -> None:
        """Read on until the end or the limit; `zlib.error` where the data are not what they say."""
        wire = self._left
        unpack = None
        while chunk := await stream.readany():
            if self._encoding not in ("", "identity"):
                unpack = unpack or _unpacker(self._encoding, chunk[0])
                wire -= len(chunk)
                chunk = unpack.decompress(chunk, self._left)
            self._parts.append(chunk[: self._left])
            self._left -= len(chunk)
            if min(self._left, wire) <= 0:
                return
        self.truncated = unpack is not None and not unpack.eof


def _unpacker(encoding: str, first: int) -> zlib._Decompress:
    if encoding not in _PACKED:
        raise zlib.error(f"{encoding} was not asked for")
    # Some servers send deflate without the wrapping of RFC 1950, whose first byte ends in 8.
    is_bare = encoding == "deflate" and first & 0x0F != 8
    return zlib.decompressobj(wbits=-zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS | 32)

"""Addresses that lead to files to keep, where the head of the answer tells as much as its megabytes would."""

from __future__ import annotations

from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Url

_ENDINGS = frozenset(
    """7z apk appimage bz2 crate deb dmg exe gem gz img iso jar msi nupkg pkg rar rpm tar tgz whl xz zip zst
    avi flac m4a mkv mov mp3 mp4 ogg wav webm
    avif bmp gif ico jpeg jpg png tif tiff webp
    docx epub odp ods odt pdf pptx xlsx
    otf ttf woff woff2""".split()
)


def is_download(address: Url) -> bool:
    """Whether the path of an address ends like a file to keep: an archive, an image, a film, a document."""
    return address.partition("?")[0].rpartition(".")[2].lower() in _ENDINGS


def is_there(response: Response) -> bool:
    """Whether an answer to HEAD shows that the file is there.

    A page in its place, which may be a wall, has to be read.
    """
    is_good = response.status is not None and 200 <= response.status < 300
    return is_good and not _is_page(response.headers.get("content-type", ""))


def _is_page(content_type: str) -> bool:
    return not content_type or "html" in content_type.lower()

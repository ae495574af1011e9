"""Stack Overflow and its sisters: a question or an answer (https://api.stackexchange.com/docs)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.base import Authority, below, json_object, known, split
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url

_HOSTS = frozenset(
    {"stackoverflow.com", "superuser.com", "serverfault.com", "askubuntu.com", "mathoverflow.net"}
    | {"stackapps.com"}
)


@dataclass(frozen=True, slots=True)
class StackExchange(Authority):
    hosts: ClassVar = (*sorted(_HOSTS), "*.stackexchange.com")
    base: str = "https://api.stackexchange.com/2.3"

    def request_url(self, url: Url, fragments: Collection[str]) -> Url | None:
        host, segments = split(url)
        if fragments or not (host in _HOSTS or host.endswith(".stackexchange.com")):
            return None
        kind, number = _post(segments)
        return below(self.base, kind, number, site=host) if number.isascii() and number.isdigit() else None

    def evidence(self, url: Url, response: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        match json_object(response):
            case {"items": []}:
                return known(url, 404)
            case {"items": [_, *_]}:
                return known(url, 200)
        return None


def _post(segments: tuple[str, ...]) -> tuple[str, str]:
    match segments:
        case ("questions", _, _, answer):
            return "answers", answer
        case ("questions" | "q", number, *_):
            return "questions", number
        case ("a", number, *_):
            return "answers", number
    return "", ""

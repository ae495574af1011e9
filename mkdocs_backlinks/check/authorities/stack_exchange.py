"""Stack Overflow and its sisters: a question or an answer (https://api.stackexchange.com/docs)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mkdocs_backlinks.check.authorities.authority import below, parsed, place, told
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Url

_HOSTS = frozenset(
    {"stackoverflow.com", "superuser.com", "serverfault.com", "askubuntu.com", "mathoverflow.net"}
    | {"stackapps.com"}
)


@dataclass(frozen=True, slots=True)
class StackExchange:
    hosts: ClassVar = (*sorted(_HOSTS), "*.stackexchange.com")
    base: str = "https://api.stackexchange.com/2.3"

    def question(self, url: Url, fragments: Collection[str]) -> Url | None:
        host, steps = place(url)
        if fragments or not (host in _HOSTS or host.endswith(".stackexchange.com")):
            return None
        kind, number = _asked(steps)
        return below(self.base, kind, number, site=host) if number.isascii() and number.isdigit() else None

    def evidence(self, url: Url, answer: Response, fragments: Collection[str]) -> Evidence | None:  # noqa: ARG002
        match parsed(answer):
            case {"items": []}:
                return told(url, 404)
            case {"items": [_, *_]}:
                return told(url, 200)
        return None

    def fields(self, asked: Url) -> Mapping[str, str]:  # noqa: ARG002
        return {}


def _asked(steps: tuple[str, ...]) -> tuple[str, str]:
    match steps:
        case ("questions", _, _, answer):
            return "answers", answer
        case ("questions" | "q", number, *_):
            return "questions", number
        case ("a", number, *_):
            return "answers", number
    return "", ""

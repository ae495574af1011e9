"""What a story asks the scheduler for: awaiting a `Question` gives its `Answer`, whenever that may be."""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from mkdocs_backlinks.check.answer import Answer, Method
from mkdocs_backlinks.model import Url

AGAIN = 3
"""How often a request is repeated at most."""

MB = 1024 * 1024

GLANCE = 64 * 1024
"""Bytes of a text that show what kind of page it is."""

WHOLE = 2 * MB
"""Bytes of a text that somebody looks for something in."""


UNCONDITIONAL: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an address is asked.

    `seconds` are for one request, `again` is how often it may be repeated after passing trouble, and
    `body` how many bytes of a text are wanted, once they are decompressed.
    """

    seconds: float
    again: int = AGAIN
    body: int = GLANCE
    method: Method = "GET"


@dataclass(frozen=True, slots=True)
class Question:
    """One request: `cookies` is the value of the field `Cookie`, empty for none.

    `conditions` are the fields of RFC 9110 §13.1, for a page that is known from before.
    """

    url: Url
    manner: Manner
    cookies: str = ""
    conditions: Mapping[str, str] = field(default_factory=lambda: UNCONDITIONAL)

    def __await__(self) -> Generator[Question, Answer, Answer]:
        return (yield self)


Story = Coroutine[Question, Answer, None]
"""What is told of one target. It awaits questions and nothing else, so it needs no task of its own:
twenty thousand of them can wait for their hosts."""


class Transport(Protocol):
    """Sends one request. What goes wrong out there is an `Answer`, never an exception."""

    async def send(self, question: Question) -> Answer: ...


def tell(story: Coroutine[Any, Any, Any], answer: Answer | None) -> Question | None:
    """Go on with a story that was given an answer (None to begin it); None when it has ended."""
    try:
        question = story.send(answer)
    except StopIteration:
        return None
    if not isinstance(question, Question):
        raise TypeError(f"a story awaits questions only, not {type(question).__name__}")
    return question

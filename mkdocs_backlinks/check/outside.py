"""All that a run takes from the machine it runs on, as one value that tests replace."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from mkdocs_backlinks.check.guard import is_public
from mkdocs_backlinks.check.resolve import Resolve, ask_system
from mkdocs_backlinks.check.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """`tls` decides which certificates are trusted, `is_public` which IP addresses may be asked."""

    timing: Timing = field(default_factory=Timing)
    resolve: Resolve = ask_system
    is_public: Callable[[str], bool] = is_public
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

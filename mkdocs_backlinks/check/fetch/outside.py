"""All that a run takes from the machine it runs on, as one value that tests replace."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from mkdocs_backlinks.check.authorities import Authorities, authorities
from mkdocs_backlinks.check.fetch import surroundings
from mkdocs_backlinks.check.fetch.guard import is_public
from mkdocs_backlinks.check.fetch.resolve import Resolve, ask_system
from mkdocs_backlinks.check.fetch.surroundings import FieldsFor, ProxyFor
from mkdocs_backlinks.check.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """`tls` decides which certificates are trusted, None for those that the machine trusts anyway.

    `is_public` decides which IP addresses may be asked. `authorities` are asked before pages.

    `fields_for` and `proxy_for` say for each address how it is asked.
    """

    timing: Timing = field(default_factory=Timing)
    resolve: Resolve = ask_system
    is_public: Callable[[str], bool] = is_public
    tls: ssl.SSLContext | None = field(default_factory=surroundings.trust)
    fields_for: FieldsFor = field(default_factory=surroundings.fields)
    proxy_for: ProxyFor = field(default_factory=surroundings.proxies)
    authorities: Authorities = field(default_factory=lambda: authorities(os.environ))

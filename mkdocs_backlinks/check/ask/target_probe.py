"""Way of one target: its authority or its page, then the follow-ups that make its evidence certain.

A page that seems to be gone is requested a second time when all other targets had a response, and its host
for its home page: machines in data centres are served 404s that readers never see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.ask.context import CheckContext, Job
from mkdocs_backlinks.check.ask.network import Network
from mkdocs_backlinks.check.ask.redirects import fetch
from mkdocs_backlinks.check.history.record import conditions, validators, validators_of
from mkdocs_backlinks.check.read.evidence import evidence_of, timestamp
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.check.request import (
    FULL_BYTES,
    SNIFF_BYTES,
    UNCONDITIONAL,
    FollowUpTurn,
    RequestOptions,
)
from mkdocs_backlinks.check.response import Method, Response
from mkdocs_backlinks.model import Evidence, Target, Url

FOLLOW_UP_SECONDS = 10.0
"""Timeout of a HEAD and of an HTTPS probe."""

SPACING = 1.0
"""Seconds at least between the two attempts at a page that seems to be gone."""

GONE = (404, 410)

_DOWNLOADS = frozenset(
    """7z apk appimage bz2 crate deb dmg exe gem gz img iso jar msi nupkg pkg rar rpm tar tgz whl xz zip zst
    avi flac m4a mkv mov mp3 mp4 ogg wav webm
    avif bmp gif ico jpeg jpg png tif tiff webp
    docx epub odp ods odt pdf pptx xlsx
    otf ttf woff woff2""".split()
)


@dataclass(frozen=True, slots=True)
class SharedFollowUps:
    """Follow-ups that serve a whole host: its home page, and whether it speaks TLS."""

    network: Network
    homes: set[Url] = field(default_factory=set)
    speaks_tls: dict[str, bool] = field(default_factory=dict)


class TargetProbe:
    """Progress of one target. Its `evidence` is a draft until `is_done`, and None before any response.

    `validators` are the header fields for a later conditional request.
    """

    def __init__(self, job: Job, context: CheckContext, shared: SharedFollowUps) -> None:
        self.target, self._url = job
        self.fragments = linked_fragments(job.target)
        self.evidence: Evidence | None = None
        self.validators: Mapping[str, str] = {}
        self.is_done = False
        self._context = context
        self._shared = shared

    async def run(self, finish: Callable[[TargetProbe], None]) -> None:
        """Send all requests that certain evidence needs, then call `finish`."""
        self.evidence = await self._ask_authority()
        if self.evidence is None:
            await self._request_page()
        self.is_done = True
        finish(self)

    async def _ask_authority(self) -> Evidence | None:
        authorities, now = self._context.environment.authorities, self._context.environment.timing.now
        request = authorities.find(self._url, self.fragments)
        if request is None:
            return None
        authority, url = request
        response = await fetch(url, self._options(FULL_BYTES), self._context.excluded)
        evidence = authority.evidence(self.target.url, response, self.fragments)
        return replace(evidence, checked_at=timestamp(now())) if evidence else None

    async def _request_page(self) -> None:
        record = self._context.past.get(self.target.url)
        unless_same = conditions(record, self.fragments)
        response = None if unless_same else await self._request_head()
        response = response or await self._fetch_page(unless_same)
        if record and record.evidence and unless_same and response.status == 304:
            # RFC 9110 §15.4.5: nothing has changed, so the evidence of the record holds now.
            self._shared.network.watch(response)
            now = timestamp(self._context.environment.timing.now())
            self.evidence = replace(record.evidence, via="network", checked_at=now)
            self.validators = validators_of(record)
            return
        draft = self._read_page(response)
        if draft.status in GONE or draft.failure == "unknown_host":
            await self._confirm_gone(draft)
        elif self._context.probe_https and _may_speak_tls(draft, self._url):
            self.evidence = replace(draft, https=await self._probe_https(draft))

    async def _request_head(self) -> Response | None:
        """Return the response to HEAD of a download that is there; None where only GET can tell."""
        if self.fragments or not is_download(self._url):
            return None
        response = await fetch(self._url, self._follow_up_options("HEAD"), self._context.excluded)
        return response if has_download(response) else None

    async def _fetch_page(self, unless_same: Mapping[str, str] = UNCONDITIONAL) -> Response:
        options = self._options(FULL_BYTES if self.fragments else SNIFF_BYTES)
        return await fetch(self._url, options, self._context.excluded, unless_same)

    async def _confirm_gone(self, first: Evidence) -> None:
        """Request the home page of the host, unless it has shown a page before, and the page once more."""
        await FollowUpTurn(self._context.environment.timing.clock() + SPACING)
        home = _home(first.final_url) if first.status and first.final_url else None
        if home and home not in self._shared.homes and not self._shared.network.is_responsive(home):
            self._shared.homes.add(home)
            options = replace(self._options(SNIFF_BYTES), retries=1)
            self._observe(Target(home, ()), await fetch(home, options, self._context.excluded))
        second = await self._fetch_page()
        if second.failure != "deferred":
            self.evidence = replace(self._read_page(second), attempts=2)

    async def _probe_https(self, draft: Evidence) -> bool:
        """Return True if the same address answers over TLS; once a host does not speak it, no other asks."""
        if _leads_to_https(draft):
            return True
        origin, speaks_tls = urls.origin_of(self._url), self._shared.speaks_tls
        if origin in speaks_tls:
            await FollowUpTurn()
            if not speaks_tls[origin]:
                return False
        speaks_tls.setdefault(origin, False)
        url = urls.with_scheme(self._url, "https")
        response = await fetch(url, self._follow_up_options("GET"), self._context.excluded)
        speaks_tls[origin] |= response.status is not None
        return has_https(response)

    def _read_page(self, response: Response) -> Evidence:
        """Make a response the draft, so that it is not lost if time runs out."""
        self.evidence = draft = self._observe(self.target, response)
        self.validators = {} if response.hops else validators(response.headers)
        return draft

    def _observe(self, target: Target, response: Response) -> Evidence:
        evidence = evidence_of(target, response, self._context.environment.timing.now())
        self._shared.network.watch(response, has_page=evidence.wall is None)
        return evidence

    def _options(self, max_body: int) -> RequestOptions:
        return RequestOptions(timeout=self._context.settings.timeout, max_body=max_body)

    def _follow_up_options(self, method: Method) -> RequestOptions:
        timeout = min(self._context.settings.timeout, FOLLOW_UP_SECONDS)
        return RequestOptions(timeout=timeout, retries=0, max_body=0, method=method)


def is_download(url: Url) -> bool:
    """Return True if a path ends like a file to keep: HEAD tells as much of it as its megabytes."""
    return url.partition("?")[0].rpartition(".")[2].lower() in _DOWNLOADS


def has_download(response: Response) -> bool:
    """Return True if a response to HEAD shows a file; a page may be a wall, and has to be read."""
    content_type = response.headers.get("content-type", "").lower()
    is_success = response.status is not None and 200 <= response.status < 300
    return is_success and bool(content_type) and "html" not in content_type


def has_https(response: Response) -> bool:
    """Return True if an `https:` address answered well, and did not redirect back to `http:`."""
    chain = (*(hop.url for hop in response.hops), response.url)
    is_good = response.status is not None and response.status < 400
    return is_good and all(url.startswith("https:") for url in chain)


def _may_speak_tls(evidence: Evidence, url: Url) -> bool:
    """Return True if an address is `http:` and answered well.

    A port that is written in it has just spoken HTTP, and says nothing of the host's port for TLS.
    """
    is_good = evidence.status is not None and evidence.status < 400
    return is_good and url.startswith("http:") and urls.port_of(url) is None


def _leads_to_https(evidence: Evidence) -> bool:
    chain = (*(hop.url for hop in evidence.hops), evidence.final_url or "")
    return any(url.startswith("https:") for url in chain)


def _home(url: Url) -> Url:
    return Url(f"{urls.origin_of(url)}/")

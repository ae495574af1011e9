"""Rule: a link to a host that the public cannot reach."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")


@link_rule(severity="warn", scope="external", kinds=("external",))
def non_public_host(link: Link, facts: Facts) -> Problem | None:
    """A link leads to a host that only some machines or one network can reach.

    ## Why it matters
    Such a link works for its author and for nobody else, or leads each reader to another machine.
    The plugin does not send requests to such hosts either, so nobody knows whether the link works.

    ## Example
    `[preview](http://localhost:8000/)`, `[router](http://192.168.0.1/)`, `[wiki](http://wiki.internal/)`

    ## What to do
    Link to the public address. An address that readers are to open on their own machine is better
    written as `code`. For a documentation that is read inside one network, list its hosts in
    `external.allow_private`: they are then checked like any other. To leave one unchecked and in
    peace, list it in `external.exclude`.
    """
    evidence = facts.evidence.get(link.target)
    if evidence is not None and (evidence.status is not None or evidence.skipped):
        return None
    address = urls.parse(link.target)
    if address is None or any(urls.host_matches(address.host, host) for host in facts.allow_private):
        return None
    if _is_local(address.host):
        return Problem(f'the host "{address.host}" is not on the public web')
    if evidence is None or evidence.failure != "non_public":
        return None
    where = "redirects to" if evidence.hops else "has"
    return Problem(
        f'the host "{address.host}" {where} an address that is not public', {"failure": "non_public"}
    )


def _is_local(host: str) -> bool:
    name = host.rstrip(".")
    return name == "localhost" or name.endswith(_LOCAL_NAMES) or _is_local_ip(name)


def _is_local_ip(host: str) -> bool:
    if not host.startswith("[") and not host[-1:].isdigit():
        return False
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return not (mapped or address).is_global

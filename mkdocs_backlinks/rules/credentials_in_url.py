"""Rule: a link whose address holds a user name or a password."""

from __future__ import annotations

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Fix, Link
from mkdocs_backlinks.rules.engine.base import Facts, Problem, link_rule

# With these a user name is an ordinary part of the address, as in `ssh://git@example.org/`.
_ACCOUNTS = frozenset({"ftp", "git", "git+ssh", "rsync", "sftp", "ssh", "svn+ssh"})


@link_rule(severity="error", scope="external", kinds=("external",))
def credentials_in_url(link: Link, facts: Facts) -> Problem | None:  # noqa: ARG001 (every rule is called alike)
    """The address of a link holds a user name or a password.

    ## Why it matters
    Everybody who can read the page, its source or its history can use them. Browsers drop or block such
    addresses, so the link may not even work. Reports never repeat what stands before the `@`.

    ## Example
    `[metrics](https://admin:secret@metrics.example.org/)`

    ## What to do
    Take the part before the `@` out of the address, and change the password: it is public already. To
    show what such an address looks like, write it as `code`.
    """
    if "@" not in link.target:
        return None
    address = urls.parse(link.target)
    if address is None or not address.has_credentials:
        return None
    if address.scheme in _ACCOUNTS and not address.has_password:
        return None
    bare = urls.without_credentials(address.url)
    fragment = f"#{link.fragment}" if link.fragment else ""
    return Problem(f"the address {bare} comes with a user name or password", fix=Fix(bare + fragment))

"""Every error that this package raises on purpose.

BacklinksError
├── SettingsError     an option has a value that cannot be used
├── IndexFileError    an exported index cannot be read
├── LockFileError     the record of external addresses cannot be read
├── CheckError        the check of external addresses did not come to its end
└── SourceFileError   a Markdown file cannot be read or written
"""


class BacklinksError(Exception):
    """The base of the tree: its message says what is wrong, where, and what to do."""


class SettingsError(BacklinksError):
    """An option was given a value that it does not allow."""


class IndexFileError(BacklinksError):
    """A file that should hold an exported link index is missing, damaged or of another version."""


class LockFileError(BacklinksError):
    """The lockfile of external addresses is damaged, or of another version; the message names the line."""


class CheckError(BacklinksError):
    """The process that asks external addresses has ended before it was done."""


class SourceFileError(BacklinksError):
    """A Markdown file of the site is missing, cannot be read or written, or is no UTF-8."""

"""Errors that this package raises on purpose.

BacklinksError
├── SettingsError     an option has a value that cannot be used
├── IndexFileError    an exported index cannot be read
├── LockFileError     the lockfile of external addresses cannot be read
├── CheckError        the check of external addresses ended early
└── SourceFileError   a Markdown file cannot be read or written
"""


class BacklinksError(Exception):
    """Base of all errors; the message says what is wrong, where, and how to correct it."""


class SettingsError(BacklinksError):
    """An option has a value that it does not allow."""


class IndexFileError(BacklinksError):
    """An exported link index is missing, damaged or of another version."""


class LockFileError(BacklinksError):
    """The lockfile of external addresses is damaged, or of another version; the message names the line."""


class CheckError(BacklinksError):
    """The process that checks external addresses ended before it was done."""


class SourceFileError(BacklinksError):
    """A Markdown file of the site is missing, cannot be read or written, or is no UTF-8."""

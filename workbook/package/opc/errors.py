"""The exceptions for packages. Every message is written for the user who chose the file.

PackageError
├── Unreadable    not a zip archive, damaged, encrypted, or too large
├── Refused       readable, but a change could break features of the file
│   └── NoCachedValue   a formula to be replaced with its value has none
├── Unwritable    open in another program, no permission, disk full
└── Missing       a requested part, sheet or cell does not exist
"""


class PackageError(Exception):
    """Any error that this layer raises on purpose."""


class Unreadable(PackageError):
    """The file cannot be read as a package."""


class Refused(PackageError):
    """The package must not be edited."""


class NoCachedValue(Refused):
    """A formula to be replaced with its value has none."""


class Unwritable(PackageError):
    """The file cannot be written. The existing file is unchanged."""


class Missing(PackageError, KeyError):
    """A part, sheet or cell does not exist."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the message in quotes

"""What can go wrong with a package, each error one sentence for the person who chose the file.

PackageError
├── Unreadable    not a zip archive, damaged, encrypted, or larger than the limits
├── Refused       readable, but an edit could break what its author relies on
│   └── CarriesNoValue   a formula that is to become its value has none
├── Unwritable    open elsewhere, no permission, no room
└── Missing       a part, sheet or cell that was asked for by name is not there
"""


class PackageError(Exception):
    """Anything that this package layer raises on purpose."""


class Unreadable(PackageError):
    """The bytes are not a package that can be read."""


class Refused(PackageError):
    """The package is of a kind that must not be edited."""


class CarriesNoValue(Refused):
    """A formula that is to become its value has none."""


class Unwritable(PackageError):
    """The file cannot be written; what was there before still is."""


class Missing(PackageError, KeyError):
    """A part, sheet or cell is not there."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the sentence in quotes

"""Putting the functions into the user's LibreOffice, and taking them out again."""

import tempfile
from pathlib import Path

from addin.libreoffice.errors import OfficeError
from addin.libreoffice.extension import build, log_file, marketbook
from addin.libreoffice.location import usable_office
from addin.libreoffice.office import Office


def install(profile: Path | None = None) -> Path:
    """Put the functions into LibreOffice, in place of an older edition; return the profile's folder.

    `profile` is a folder (by default the user's own). Raises OfficeError, saying how to mend it,
    where LibreOffice is missing, unsuitable or running, or where the functions do not answer.
    """
    office = usable_office()
    office.check_packages()
    place = profile or office.default_profile
    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder, Office(place) as running:
        running.install(build(Path(folder) / "marketbook.oxt"))
        if running.evaluate(["CAGR_PROJECT(1,1,1)"]) != [[[2.0]]]:
            raise OfficeError(f"The functions are in LibreOffice, but do not answer: see {log_file()}.")
    return place


def uninstall(profile: Path | None = None) -> bool:
    """Take the functions out of LibreOffice; tell whether they were there. Errors as for `install`."""
    place = profile or usable_office().default_profile
    if not place.is_dir():
        return False
    with Office(place) as running:
        return running.uninstall(marketbook().identifier)

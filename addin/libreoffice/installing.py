"""Installation and removal of the functions in the user's LibreOffice."""

import tempfile
from pathlib import Path

from addin.libreoffice.errors import OfficeError
from addin.libreoffice.extension import build, log_file, marketbook
from addin.libreoffice.location import usable_office
from addin.libreoffice.office import Office


def install(profile: Path | None = None) -> Path:
    """Install the functions in LibreOffice, replacing an older version; return the profile's folder.

    `profile` is a folder (default: the user's own profile). Raises OfficeError, with a solution, if
    LibreOffice is missing, unsuitable or running, or if the functions do not answer.
    """
    office = usable_office()
    office.check_packages()
    place = profile or office.default_profile
    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder, Office(place) as running:
        running.install(build(Path(folder) / "marketbook.oxt"))
        if running.evaluate(["CAGR_PROJECT(1,1,1)"]) != [[[2.0]]]:
            raise OfficeError(f"The functions are installed, but do not work. See the log: {log_file()}")
    return place


def uninstall(profile: Path | None = None) -> bool:
    """Remove the functions from LibreOffice; return whether they were installed. Errors as for `install`."""
    place = profile or usable_office().default_profile
    if not place.is_dir():
        return False
    with Office(place) as running:
        return running.uninstall(marketbook().identifier)

"""LibreOffice Calc as a host: the extension with the functions, and LibreOffice for calculations."""

from addin.libreoffice.errors import OfficeError, OfficeMissing, OfficeRunning, OfficeUnsuitable
from addin.libreoffice.extension import build
from addin.libreoffice.installing import install, uninstall
from addin.libreoffice.location import find_office
from addin.libreoffice.office import Office

__all__ = [
    "Office",
    "OfficeError",
    "OfficeMissing",
    "OfficeRunning",
    "OfficeUnsuitable",
    "build",
    "find_office",
    "install",
    "uninstall",
]

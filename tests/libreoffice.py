"""Whether the tests that need LibreOffice can run."""

import os

import pytest

from addin.libreoffice import OfficeMissing, OfficeUnsuitable
from addin.libreoffice.location import LibreOffice, usable_office


def required() -> LibreOffice:
    """Return LibreOffice; without a usable one skip the test, and in CI fail it."""
    try:
        office = usable_office()
        office.check_packages()
    except (OfficeMissing, OfficeUnsuitable) as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    return office

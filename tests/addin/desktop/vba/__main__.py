"""Every fault there is, where the tests make a share: python -m tests.addin.desktop.vba."""

from tests.addin.desktop.vba.checks import summary, tried
from tests.addin.desktop.vba.faults import faults
from tests.addin.desktop.vba.sources import sources

print(summary(*tried(faults(sources()))))

"""For LibreOffice's Python: a headless LibreOffice with one workbook open. Programs in this folder use it."""

import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException


def setting(name, value):
    return PropertyValue(name, 0, value, 0)


@contextmanager
def opened(workbook, profile, *settings):
    """Open a workbook with a profile's LibreOffice, which ends afterwards."""
    pipe = f"marketbook{Path(profile).name}{time.monotonic_ns()}"
    place = f"-env:UserInstallation={Path(profile).as_uri()}"
    accepting = f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(
        ["soffice", place, "--headless", "--norestore", accepting],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    desktop = _connected(pipe)
    hidden = setting("Hidden", True)
    document = desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, (hidden, *settings))
    yield document
    document.close(True)
    with suppress(DisposedException):  # LibreOffice can be gone before it answers
        desktop.terminate()
    office.wait(30)


def save(document, path, kind):
    """Save a document with an export filter."""
    document.storeToURL(Path(path).as_uri(), (setting("FilterName", kind),))


def _connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise SystemExit("LibreOffice did not start")

"""The log of Excel's own side: written by Windows' FileSystemObject as the VBA asks it to, read by ours."""

from addin.log import excel_log_path, last_lines
from tests.addin.desktop.wine import needs_wine, run_python, windows

LINES = ["2026-01-02 03:04:05 MARKET_SIZE: 462 gone", "2026-01-02 03:04:06 Märkte 市場 🏥"]
WRITE = """
import win32com.client
files = win32com.client.Dispatch("Scripting.FileSystemObject")
for line in sys.argv[2:]:
    text = files.OpenTextFile(sys.argv[1], 8, True, -1)
    text.WriteLine(line)
    text.Close()
"""


@needs_wine
def test_what_windows_writes_is_read(log_folder):
    run_python(WRITE, windows(excel_log_path()), *LINES)
    assert last_lines(5) == LINES

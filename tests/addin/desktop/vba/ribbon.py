"""The ribbon: its schema, the procedures that it calls, and the buttons that Python knows."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from addin.desktop.ribbon import ACTIONS
from tests.addin.desktop.vba.sources import RIBBON

_SCHEMA = Path(__file__).with_name("customui.xsd")
_SPACE = "{http://schemas.microsoft.com/office/2006/01/customui}"
_BUTTON = f"{_SPACE}button"
_NAMED = (_BUTTON, f"{_SPACE}group", f"{_SPACE}tab")
_RESTART = "restart_python"
_CALLBACK = r"^Public Sub {}\(control As IRibbonControl\)$"
_ICONS = {
    *("FileNew", "FileOpen", "FunctionWizard", "Help", "PasteValues", "Refresh", "RefreshAll"),
    "TracePrecedents",
}
"""Names of icons of Excel's own; a name that it does not know leaves the button bare."""


def ribbon_faults(texts: Mapping[str, str]) -> list[str]:
    """Return what Excel would not read, would not find, or nobody would answer."""
    try:
        root = etree.fromstring(texts[RIBBON].encode())
    except etree.XMLSyntaxError as error:
        return [str(error)]
    schema = _schema()
    if not schema.validate(root):
        return [str(error) for error in schema.error_log]
    buttons = list(root.iter(_BUTTON))
    bare = [each.tag for each in root.iter(*_NAMED) if not each.get("id") or not each.get("label")]
    return [*bare, *_buttons({button.get("id"): button for button in buttons}), *_callbacks(buttons, texts)]


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMA))


def _buttons(buttons: Mapping[str | None, etree._Element]) -> Iterator[str]:
    known = {**dict.fromkeys(ACTIONS, "MarketbookPress"), _RESTART: "MarketbookRestart"}
    if {identity: button.get("onAction") for identity, button in buttons.items()} != {
        identity: f"MarketbookRibbon.{procedure}" for identity, procedure in known.items()
    }:
        yield "the buttons are not those that Python knows, each with its procedure"
    for identity, button in buttons.items():
        if button.get("imageMso") not in _ICONS:
            yield f"{identity} has no icon of that name"
        if not button.get("screentip"):
            yield f"{identity} has no tip"


def _callbacks(buttons: list[etree._Element], texts: Mapping[str, str]) -> Iterator[str]:
    for action in {button.get("onAction", "") for button in buttons}:
        module, _, procedure = action.partition(".")
        text = texts.get(module, "")
        if f'Attribute VB_Name = "{module}"\n' not in text:
            yield f"there is no module {module}"
        if not re.search(_CALLBACK.format(procedure), text, re.MULTILINE):
            yield f"{action} cannot be called by a button"

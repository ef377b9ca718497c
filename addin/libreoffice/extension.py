"""The extension (.oxt) with the worksheet functions for LibreOffice Calc.

A zip of five text files, made from the function registry: the interface in IDL, the functions' names
and help, a Python component, the manifest, and a description.
"""

import sysconfig
import zipfile
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from lxml import etree

import markets
from addin.log import log_path
from udfs.registry import FUNCTIONS, Function

OLDEST_OFFICE = (24, 8)

_OOR = "http://openoffice.org/2001/registry"
_DESCRIPTION = "http://openoffice.org/extensions/description/2006"
_OFFICE = "http://libreoffice.org/extensions/description/2011"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MANIFEST = "http://openoffice.org/2001/manifest"

_MEDIA_TYPES = {
    "functions.idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "CalcAddIns.xcu": "application/vnd.sun.star.configuration-data",
    "component.py": "application/vnd.sun.star.uno-component;type=Python",
}
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip, so that the same text gives the same bytes


@dataclass(frozen=True)
class Extension:
    """An add-in for Calc: a one-word name, its functions, and the Python that implements them.

    The lines above `code` define the names XFunctions (the interface to implement), SERVICE, METHODS,
    FOLDERS (for `sys.path`) and LOG (a path).
    """

    name: str
    functions: tuple[Function, ...]
    code: str

    @property
    def identifier(self) -> str:
        """LibreOffice's identifier for the extension, e.g. "org.marketbook"."""
        return f"org.{self.name.lower()}"

    @property
    def service(self) -> str:
        """The name of the UNO service that offers the functions."""
        return f"{self.identifier}.Functions"

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The members of the zip by name."""
        return {
            "META-INF/manifest.xml": _manifest(),
            "description.xml": _description(self),
            "functions.idl": _interface(self).encode(),
            "CalcAddIns.xcu": _functions(self),
            "component.py": _component(self).encode(),
        }

    def write(self, path: Path) -> Path:
        """Write the .oxt. The same functions, version and folders give the same bytes."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                member = zipfile.ZipInfo(name, _DATE)
                member.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(member, content)
        return path


def marketbook() -> Extension:
    """Return the extension with the functions of the registry."""
    code = files("addin.libreoffice").joinpath("component.in").read_text(encoding="utf-8")
    return Extension("Marketbook", tuple(FUNCTIONS.values()), code)


def build(path: Path) -> Path:
    """Write Marketbook's .oxt to `path`, and return it.

    It contains the folders of this installation, so it works only on this computer.
    """
    return marketbook().write(path)


def _interface(extension: Extension) -> str:
    """The interface in IDL. Argument names are numbered, because they must not be keywords such as "in"."""
    methods = "\n".join(
        f"  sequence< sequence< any > > {f.name}({_idl_parameters(len(f.parameters))});"
        for f in extension.functions
    )
    head = "".join(f"module {name} {{ " for name in extension.identifier.split("."))
    tail = "}; " * len(extension.identifier.split("."))
    return f"{head}\ninterface XFunctions: com::sun::star::uno::XInterface {{\n{methods}\n}};\n{tail}\n"


def _idl_parameters(count: int) -> str:
    return ", ".join(f"[in] any argument{at}" for at in range(1, count + 1))


def _component(extension: Extension) -> str:
    methods = [function.name for function in extension.functions]
    return (
        f"from {extension.identifier} import XFunctions\n"
        f"SERVICE = {extension.service!r}\n"
        f"METHODS = {methods!r}\n"
        f"FOLDERS = {_folders()!r}\n"
        f"LOG = {str(log_file())!r}\n"
        f"{extension.code}"
    )


def log_file() -> Path:
    """Return the path of the log of the functions in LibreOffice."""
    return log_path().with_name("libreoffice.log")


def _folders() -> list[str]:
    """The folders for `sys.path`: first Marketbook's own folder, then those of its libraries."""
    own = Path(markets.__file__).parent.parent
    libraries = (Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
    return list(dict.fromkeys(map(str, (own, *libraries))))


def _functions(extension: Extension) -> bytes:
    root = etree.Element(
        f"{{{_OOR}}}component-data",
        {f"{{{_OOR}}}name": "CalcAddIns", f"{{{_OOR}}}package": "org.openoffice.Office"},
        nsmap={"oor": _OOR},
    )
    service = _member(_node(root, "AddInInfo"), extension.service)
    functions = _node(service, "AddInFunctions")
    for function in extension.functions:
        _describe(_member(functions, function.name), function)
    return _xml(root)


def _describe(node: etree._Element, function: Function) -> None:
    _text(node, "DisplayName", function.name, lang="en")
    _text(node, "Description", function.help, lang="en")
    _text(node, "Category", "Add-In")  # Calc does not support custom categories
    _text(node, "CompatibilityName", function.name, lang="en")
    parameters = _node(node, "Parameters")
    for parameter in function.parameters:
        described = _member(parameters, parameter.name)
        _text(described, "DisplayName", parameter.name, lang="en")
        _text(described, "Description", parameter.help, lang="en")


def _node(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, "node", {f"{{{_OOR}}}name": name})


def _member(parent: etree._Element, name: str) -> etree._Element:
    """Add a new member of a set; `_node` adds a fixed part of its parent."""
    return etree.SubElement(parent, "node", {f"{{{_OOR}}}name": name, f"{{{_OOR}}}op": "replace"})


def _text(parent: etree._Element, name: str, text: str, lang: str | None = None) -> None:
    prop = etree.SubElement(parent, "prop", {f"{{{_OOR}}}name": name})
    value = etree.SubElement(prop, "value", {_LANG: lang} if lang else None)
    value.text = text


def _manifest() -> bytes:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    for name, media_type in _MEDIA_TYPES.items():
        named = {f"{{{_MANIFEST}}}full-path": name, f"{{{_MANIFEST}}}media-type": media_type}
        etree.SubElement(root, f"{{{_MANIFEST}}}file-entry", named)
    return _xml(root)


def _description(extension: Extension) -> bytes:
    root = etree.Element(f"{{{_DESCRIPTION}}}description", nsmap={"d": _DESCRIPTION})
    etree.SubElement(root, f"{{{_DESCRIPTION}}}identifier", value=extension.identifier)
    etree.SubElement(root, f"{{{_DESCRIPTION}}}version", value=version("marketbook"))
    dependencies = etree.SubElement(root, f"{{{_DESCRIPTION}}}dependencies")
    oldest = ".".join(map(str, OLDEST_OFFICE))
    named = {"value": oldest, f"{{{_DESCRIPTION}}}name": f"LibreOffice {oldest}"}
    etree.SubElement(dependencies, f"{{{_OFFICE}}}LibreOffice-minimal-version", named, nsmap={"l": _OFFICE})
    names = etree.SubElement(root, f"{{{_DESCRIPTION}}}display-name")
    etree.SubElement(names, f"{{{_DESCRIPTION}}}name", lang="en").text = extension.name
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

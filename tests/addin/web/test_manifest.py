"""The manifest, read by Microsoft's own programs.

The service behind `office-addin-manifest validate` is not there offline, and no package has the XML schemas.
So the parser of Excel on the web reads it, which is in Microsoft's converter to the unified manifest; what
the converter makes of it is held against Microsoft's JSON schema; and the order of the elements is that of
the schemas in [MS-OWEMXML].
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from addin.web import files, versions
from addin.web.manifest import identifier, manifest
from tests.web import modules, node

ADDRESS = "https://marketbook.example.com"
ISSUER = "https://login.example.com/tenant/v2.0"
STATIC = Path(files.__file__).parent / "static"
SCHEMA = "@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json"
READ = """\
const { OfficeAddinManifest } = require("office-addin-manifest");
OfficeAddinManifest.readManifestFile(process.argv[1]).then((read) => console.log(JSON.stringify(read)));
"""
PARSE = """\
const library = "office-addin-manifest-converter/lib";
const { OSF } = require(`${library}/osfmos`);
require(`${library}/osfUtils`).Utils.OverrideMethods();
const text = require("fs").readFileSync(process.argv[1], "utf-8");
const told = { error: "", functions: false, runtime: null };
try {
  const read = new OSF.Manifest.OfficeAppManifest(text, "en-us", false);
  told.functions = read.containsCustomFunctions(OSF.ManifestHostType.Workbook);
  told.runtime = read.getSharedRuntimeForCustomFunctions(OSF.ManifestHostType.Workbook);
} catch (error) {
  told.error = error.message || String(error);
}
console.log(JSON.stringify(told));
"""
CONVERT = """\
const { convert } = require("office-addin-manifest-converter/lib/main");
convert(process.argv[1], process.argv[2], false, process.argv[3], "1.30", false);
"""
VALIDATE = """\
const Ajv = require("ajv-draft-04");
const read = (path) => JSON.parse(require("fs").readFileSync(path, "utf-8"));
const [schema, told] = process.argv.slice(1).map(read);
const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: true } });
ajv.validate(schema, told);
console.log(JSON.stringify((ajv.errors ?? []).map((e) => `${e.instancePath} ${e.message}`)));
"""

OV = "http://schemas.microsoft.com/office/taskpaneappversionoverrides"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
# [MS-OWEMXML]: the sequence of each type's elements. A type in xsi:type follows the element's name.
ORDER = {
    "OfficeApp:TaskPaneApp": "Id AlternateId? Version ProviderName DefaultLocale DisplayName Description "
    "IconUrl? HighResolutionIconUrl? SupportUrl? AppDomains? Hosts? Requirements? DefaultSettings "
    "Permissions Dictionary? VersionOverrides?",
    "AppDomains": "AppDomain+",
    "Requirements": "Sets? Methods?",
    "Sets": "Set+",
    "DefaultSettings": "SourceLocation",
    "VersionOverrides:VersionOverridesV1_0": "Description? Requirements? Hosts? Resources? "
    "WebApplicationInfo? EquivalentAddins? VersionOverrides?",
    "Hosts": "Host+",
    "Host": "",
    "Host:Workbook": "Runtimes? AllFormFactors? DesktopFormFactor?",
    "Runtimes": "Runtime+",
    "AllFormFactors": "ExtensionPoint?",
    "DesktopFormFactor": "GetStarted? FunctionFile? ExtensionPoint+",
    "ExtensionPoint:CustomFunctions": "Script Page Metadata? Namespace?",
    "ExtensionPoint:PrimaryCommandSurface": "OfficeTab* CustomTab*",
    "Script": "SourceLocation",
    "Page": "SourceLocation",
    "Metadata": "SourceLocation",
    "GetStarted": "Title Description LearnMoreUrl",
    "CustomTab": "Group+ Label",
    "Group": "Label Icon Control+",
    "Control:Button": "Label Supertip Icon Action",
    "Control:Menu": "Label Supertip Icon Items",
    "Items": "Item+",
    "Item": "Label Supertip Icon? Action",
    "Supertip": "Title Description",
    "Icon": "Image+",
    "Action:ShowTaskpane": "TaskpaneId? SourceLocation Title?",
    "Action:ExecuteFunction": "FunctionName",
    "Resources": "Images? Urls? ShortStrings? LongStrings?",
    "Images": "Image*",
    "Urls": "Url*",
    "ShortStrings": "String*",
    "LongStrings": "String*",
}
# of the resource that an element names, by the element's name; the rest are addresses
KIND = {"Label": "ShortStrings", "Namespace": "ShortStrings", "Title": "ShortStrings", "Image": "Images"} | {
    "Description": "LongStrings"
}
LONGEST = {"ShortStrings": 125, "LongStrings": 250, "Urls": 2048, "Images": 2048}


@pytest.fixture
def root() -> etree._Element:
    return etree.fromstring(manifest(ADDRESS, domains=[ISSUER]))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _disorder(root: etree._Element) -> list[str]:
    """The elements whose children are not those of Microsoft's schemas, in their order."""
    found = []
    for element in root.iter(etree.Element):
        kind = ":".join(filter(None, (_local(element), element.get(TYPE))))
        children = "".join(f"{_local(child)} " for child in element)
        pattern = "".join(
            rf"({word.rstrip('?*+')} ){word[len(word.rstrip('?*+')) :]}"
            for word in ORDER.get(kind, "").split()
        )
        if re.fullmatch(pattern, children) is None:
            found.append(f"{kind}: {children}")
    return found


def test_the_elements_are_in_the_order_of_the_schemas(root: etree._Element) -> None:
    assert _disorder(root) == []


@pytest.mark.parametrize("path", [".//{*}CustomTab", ".//{*}Supertip", ".", ".//{*}Host[@{*}type]"])
def test_another_order_is_noticed(root: etree._Element, path: str) -> None:
    element = root if path == "." else root.find(path.replace("[@{*}type]", f"[@{TYPE}]"))
    assert element is not None
    element.append(element[0])
    assert len(_disorder(root)) == 1


def test_every_resource_is_there_once_and_fits(root: etree._Element) -> None:
    resources = root.find(f".//{{{OV}}}Resources")
    assert resources is not None
    kinds = {
        _local(kind): {each.get("id"): each.get("DefaultValue", "") for each in kind} for kind in resources
    }
    names = [each.get("id", "") for kind in resources for each in kind]
    assert len(names) == len(set(names)) and max(map(len, names)) <= 32
    for kind, values in kinds.items():
        assert all(0 < len(value) <= LONGEST[kind] for value in values.values())
    named = [(KIND.get(_local(each), "Urls"), each.get("resid")) for each in root.iter() if each.get("resid")]
    assert all(name in kinds[kind] for kind, name in named)
    assert {name for _, name in named} == set(names), "a resource is not used"


def test_ids_of_the_ribbon_are_there_once(root: etree._Element) -> None:
    ids = [each.get("id") for each in root.iter(f"{{{OV}}}CustomTab", f"{{{OV}}}Group", f"{{{OV}}}Control")]
    ids += [each.get("id") for each in root.iter(f"{{{OV}}}Item")]
    assert len(ids) == len(set(ids)) == 9


def test_every_file_is_one_of_the_server(root: etree._Element) -> None:
    addresses = {str(each.get("DefaultValue")) for each in root.iter() if each.get("DefaultValue")}
    paths = {each.removeprefix(f"{ADDRESS}/excel/") for each in addresses if each.startswith(ADDRESS)}
    assert {"pane.html", "functions.json", "help.html", "scripts/functions.js"} < paths
    for name in (path for path in paths if path.endswith(".png")):
        size = int(name.rpartition("-")[2].removesuffix(".png"))
        with Image.open(STATIC / name) as picture:
            assert picture.size == (size, size) and picture.mode == "RGBA"
            assert picture.getbbox() is not None, f"{name} is empty"


def _said(code: str, *arguments: str) -> Any:
    ran = node("-e", code, *arguments)
    assert ran.returncode == 0 and not ran.stderr, ran.stderr
    return json.loads(ran.stdout)


def _written(folder: Path, content: bytes) -> str:
    path = folder / "manifest.xml"
    path.write_bytes(content)
    return str(path)


def test_microsofts_reader_finds_what_was_meant(tmp_path: Path) -> None:
    read = _said(READ, _written(tmp_path, manifest(ADDRESS, domains=[ISSUER])))
    assert read == {
        "id": identifier(ADDRESS),
        "appDomains": ["https://login.example.com"],
        "defaultLocale": "en-US",
        "description": "Market figures that say where they come from, from marketbook.example.com.",
        "displayName": "Marketbook",
        "iconUrl": f"{ADDRESS}/excel/icons/icon-32.png",
        "highResolutionIconUrl": f"{ADDRESS}/excel/icons/icon-64.png",
        "hosts": ["Workbook"],
        "officeAppType": "TaskPaneApp",
        "permissions": "ReadWriteDocument",
        "providerName": "Marketbook",
        "supportUrl": f"{ADDRESS}/excel/help.html",
        "version": read["version"],
        "manifestType": "xml",
        "defaultSettings": {"sourceLocation": f"{ADDRESS}/excel/pane.html"},
    }


def test_the_parser_of_excel_on_the_web_finds_functions_in_a_shared_runtime(tmp_path: Path) -> None:
    told = _said(PARSE, _written(tmp_path, manifest(ADDRESS)))
    assert told["error"] == "" and told["functions"] is True
    assert told["runtime"] == {"Resid": "Pane.Url", "LifeTime": 1, "Overrides": []}  # 1: long


def _without(path: str) -> Callable[[etree._Element], None]:
    def remove(root: etree._Element) -> None:
        element = root.find(path)
        assert element is not None
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return remove


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (_without(".//{*}Script"), "Missing required <Script>"),
        (_without(".//{*}AllFormFactors/{*}ExtensionPoint/{*}Metadata"), "Missing required <Metadata>"),
        (_without(".//{*}Group/{*}Label"), "Label required"),
    ],
)
def test_the_parser_of_excel_on_the_web_sees_a_mistake(
    root: etree._Element, tmp_path: Path, spoil: Callable[[etree._Element], None], complaint: str
) -> None:
    spoil(root)
    ran = node("-e", PARSE, _written(tmp_path, etree.tostring(root)))
    assert complaint in json.loads(ran.stdout)["error"] + ran.stderr


def _unified(folder: Path, content: bytes) -> Path:
    """The same as a unified manifest, which Microsoft's converter makes; it cannot carry custom functions."""
    schema = "https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json"
    ran = node("-e", CONVERT, _written(folder, content), str(folder / "unified"), schema)
    assert ran.returncode == 0 and "ERROR" not in ran.stdout + ran.stderr, ran.stdout + ran.stderr
    return folder / "unified/manifest.json"


def test_microsofts_schema_has_nothing_to_say_against_what_its_converter_makes_of_it(tmp_path: Path) -> None:
    unified = _unified(tmp_path, manifest(ADDRESS, domains=[ISSUER]))
    assert _said(VALIDATE, str(modules() / SCHEMA), str(unified)) == []
    extension = json.loads(unified.read_text(encoding="utf-8"))["extensions"][0]
    assert {"page": f"{ADDRESS}/excel/pane.html"} in [each["code"] for each in extension["runtimes"]]
    actions = [action["id"] for runtime in extension["runtimes"] for action in runtime.get("actions", [])]
    assert actions[1:] == ["refresh", "sources", "convert", "relinkHere", "relinkDesktop"]


def test_microsofts_schema_sees_an_address_without_tls(tmp_path: Path) -> None:
    unified = _unified(tmp_path, manifest("http://marketbook.example.com"))
    assert any(
        "must match pattern" in said for said in _said(VALIDATE, str(modules() / SCHEMA), str(unified))
    )


def test_the_key_is_in_every_address_of_the_pane_and_nowhere_else() -> None:
    root = etree.fromstring(manifest("https://localhost:3443", "a/b+c&d"))
    panes = [
        str(each.get("DefaultValue"))
        for each in root.iter()
        if "pane.html" in (each.get("DefaultValue") or "")
    ]
    assert panes == ["https://localhost:3443/excel/pane.html?key=a%2Fb%2Bc%26d"] * 2
    others = [each.get("DefaultValue") or "" for each in root.iter()]
    assert sum("key=" in each for each in others) == 2


def test_sites_of_sign_in_are_named_without_their_pages_and_the_panes_own_is_not() -> None:
    """As Microsoft's page of the element AppDomain wants it."""
    root = etree.fromstring(
        manifest(ADDRESS, domains=[ISSUER, f"{ADDRESS}/issuer", "https://a.example.com:8443"])
    )
    assert [each.text for each in root.iter("{*}AppDomain")] == [
        "https://a.example.com:8443",
        "https://login.example.com",
    ]
    for sites in ((), (ADDRESS,)):
        assert etree.fromstring(manifest(ADDRESS, domains=sites)).find("{*}AppDomains") is None


def test_two_servers_are_two_addins_and_one_is_always_the_same() -> None:
    assert manifest(ADDRESS) == manifest(ADDRESS)
    assert identifier(ADDRESS) != identifier("https://other.example.com")


def test_a_later_marketbook_has_a_higher_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel would otherwise keep the manifest that it has. Microsoft allows four numbers of five digits."""
    found = []
    for ours in ("0.1.0", "0.9.3", "0.10.0", "0.10.1.dev4", "1.0", "2.0.0rc1", "2026.12.1"):
        monkeypatch.setattr(versions, "version", lambda _, ours=ours: ours)
        text = etree.fromstring(manifest(ADDRESS)).findtext("{*}Version") or ""
        assert re.fullmatch(r"\d{1,5}(\.\d{1,5}){1,3}", text)
        found.append([int(number) for number in text.split(".")])
    assert found == sorted(found) and len({*map(tuple, found)}) == len(found)


def test_a_hostile_address_is_text() -> None:
    """An administrator sets the address; it must not be markup, whatever it is."""
    root = etree.fromstring(manifest('https://x.example.com/"><Evil a="&amp;'))
    assert root.find(".//{*}Evil") is None
    assert root.find("{*}SupportUrl").get("DefaultValue") == (  # type: ignore[union-attr]
        'https://x.example.com/"><Evil a="&amp;/excel/help.html'
    )

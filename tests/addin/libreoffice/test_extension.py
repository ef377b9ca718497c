import ast
import zipfile
from copy import copy
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from lxml import etree

from addin.libreoffice import build
from addin.libreoffice.extension import marketbook
from udfs.parameters import Parameter
from udfs.registry import FUNCTIONS

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(build(tmp_path / "marketbook.oxt")) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    first, second = build(tmp_path / "first.oxt"), build(tmp_path / "second.oxt")
    assert first.read_bytes() == second.read_bytes()


def test_the_manifest_lists_what_there_is(parts: dict[str, bytes]) -> None:
    listed = {entry.get(f"{MANIFEST}full-path") for entry in etree.fromstring(parts["META-INF/manifest.xml"])}
    assert listed == set(parts) - {"META-INF/manifest.xml", "description.xml"}


def test_every_function_is_described_with_its_parameters(parts: dict[str, bytes]) -> None:
    described = _described(parts["CalcAddIns.xcu"])
    assert described == {
        function.name: (
            {
                "DisplayName": function.name,
                "Description": function.help,
                "Category": "Add-In",
                "CompatibilityName": function.name,
            },
            [(p.name, {"DisplayName": p.name, "Description": p.help}) for p in function.parameters],
        )
        for function in FUNCTIONS.values()
    }


def test_the_interface_has_an_argument_for_each_parameter(parts: dict[str, bytes]) -> None:
    lines = [line for line in parts["functions.idl"].decode().splitlines() if "sequence<" in line]
    assert [line.count("[in] any") for line in lines] == [len(f.parameters) for f in FUNCTIONS.values()]
    assert [line.split(">")[-1].split("(")[0].strip() for line in lines] == list(FUNCTIONS)


def test_text_is_escaped() -> None:
    odd = "below < above & \"beyond\" 'all' ]]> é"
    function = copy(FUNCTIONS["MARKET_SIZE"])
    function.help, function.parameters = odd, (Parameter("market", odd, required=True),)
    described = _described(replace(marketbook(), functions=(function,)).parts["CalcAddIns.xcu"])
    properties, parameters = described["MARKET_SIZE"]
    assert properties["Description"] == odd
    assert parameters == [("market", {"DisplayName": "market", "Description": odd})]


def test_the_description_names_version_and_oldest_office(parts: dict[str, bytes]) -> None:
    values = {
        etree.QName(element).localname: element.get("value")
        for element in etree.fromstring(parts["description.xml"]).iter()
    }
    assert values["identifier"] == "org.marketbook"
    assert values["version"] == version("marketbook")
    assert values["LibreOffice-minimal-version"] == "24.8"


def test_the_component_is_python_with_all_functions_and_this_project(parts: dict[str, bytes]) -> None:
    constants = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(parts["component.py"]).body[:5]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert constants["METHODS"] == list(FUNCTIONS)
    assert Path(constants["FOLDERS"][0], "markets").is_dir()
    assert any(Path(folder, "numpy").is_dir() for folder in constants["FOLDERS"])
    assert Path(constants["LOG"]).is_absolute()


def _described(xcu: bytes) -> dict[str, tuple[dict[str, str], list[tuple[str, dict[str, str]]]]]:
    (info,) = etree.fromstring(xcu)
    ((functions,),) = info
    described = {}
    for function in functions:
        (parameters,) = function.iterchildren("node")
        listed = [(parameter.get(f"{OOR}name", ""), _properties(parameter)) for parameter in parameters]
        described[function.get(f"{OOR}name", "")] = (_properties(function), listed)
    return described


def _properties(node: etree._Element) -> dict[str, str]:
    return {prop.get(f"{OOR}name", ""): prop.findtext("value", "") for prop in node.iterchildren("prop")}

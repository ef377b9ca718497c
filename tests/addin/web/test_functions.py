"""The functions' metadata, held against Microsoft's schema and against what its generator makes of them."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from addin.web.functions import metadata, names_script
from tests.web import modules, node
from udfs.registry import FUNCTIONS, Function

ADDRESS = "https://marketbook.example.com"
SCHEMA = "@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json"
VALIDATE = """\
const Ajv = require("ajv-draft-04");
const schema = JSON.parse(require("fs").readFileSync(process.argv[1], "utf-8"));
const told = JSON.parse(require("fs").readFileSync(process.argv[2], "utf-8"));
const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: true } });
const within = { $schema: schema.$schema, definitions: schema.definitions, $ref: process.argv[3] };
const validate = ajv.compile(within);
validate(told);
console.log(JSON.stringify((validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`)));
"""
GENERATE = """\
const { generateCustomFunctionsMetadata } = require("custom-functions-metadata");
generateCustomFunctionsMetadata(process.argv[1]).then(({ metadataJson, errors, associate }) =>
  console.log(JSON.stringify({ metadata: JSON.parse(metadataJson || "{}"), errors, associate })));
"""


@pytest.fixture
def told() -> dict[str, Any]:
    """What Excel reads."""
    read: dict[str, Any] = json.loads(json.dumps(metadata(FUNCTIONS.values(), ADDRESS)))
    return read


def _complaints(told: dict[str, Any], folder: Path) -> list[str]:
    """What Microsoft's schema of custom functions says."""
    flat = copy.deepcopy(told)
    del flat["allowErrorForDataTypeAny"]  # which the unified manifest does not have
    (folder / "functions.json").write_text(json.dumps(flat), encoding="utf-8")
    said = node(
        "-e",
        VALIDATE,
        str(modules() / SCHEMA),
        str(folder / "functions.json"),
        "#/definitions/extensionCustomFunctions",
    )
    assert not said.stderr, said.stderr
    complaints: list[str] = json.loads(said.stdout)
    return complaints


def _forget_a_name(told: dict[str, Any]) -> None:
    del told["functions"][0]["name"]


def _invent_a_dimension(told: dict[str, Any]) -> None:
    told["functions"][0]["parameters"][0]["dimensionality"] = "cube"


def _explain_too_much(told: dict[str, Any]) -> None:
    told["functions"][0]["parameters"][0]["description"] = "x" * 513


def _help_in_the_open(told: dict[str, Any]) -> None:
    told["functions"][0]["helpUrl"] = "http://marketbook.example.com/excel/help.html"


def test_microsofts_schema_has_nothing_to_say(told: dict[str, Any], tmp_path: Path) -> None:
    assert _complaints(told, tmp_path) == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (_forget_a_name, "must have required property 'name'"),
        (_invent_a_dimension, "must be equal to one of the allowed values"),
        (_explain_too_much, "must NOT have more than 512 characters"),
        (_help_in_the_open, "must match pattern"),
    ],
)
def test_microsofts_schema_sees_a_mistake(
    told: dict[str, Any], tmp_path: Path, spoil: Callable[[dict[str, Any]], None], complaint: str
) -> None:
    spoil(told)
    assert any(complaint in said for said in _complaints(told, tmp_path))


def _as_javascript(function: Function) -> str:
    """A function as one would write it by hand for Microsoft's generator."""
    lines = [f"{function.help}", f"@customfunction {function.name} {function.name}"]
    lines.append(f"@helpurl {ADDRESS}/excel/help.html#{function.name.lower()}")
    for parameter in function.parameters:
        name = parameter.name if parameter.required else f"[{parameter.name}]"
        lines.append(f"@param {{any[][]}} {name} {parameter.help}")
    lines += ["@param {CustomFunctions.Invocation} invocation", "@returns {any[][]}"]
    comment = "\n".join(f" * {line}" for line in lines)
    names = ", ".join([*(parameter.name for parameter in function.parameters), "invocation"])
    return f"/**\n{comment}\n */\nfunction {function.name.lower()}({names}) {{}}\n"


def test_microsofts_generator_makes_the_same_of_the_same_functions(
    told: dict[str, Any], tmp_path: Path
) -> None:
    script = tmp_path / "functions.js"
    script.write_text("\n".join(map(_as_javascript, FUNCTIONS.values())), encoding="utf-8")
    said = node("-e", GENERATE, str(script))
    made = json.loads(said.stdout)
    assert not said.stderr and made["errors"] == []
    assert [one["id"] for one in made["associate"]] == list(FUNCTIONS)
    # The generator knows no tag for it: errors in arguments would stop a call before it reaches the server.
    assert told.pop("allowErrorForDataTypeAny") is True
    for function in told["functions"]:
        # "any" is the default, and the generator leaves it out of results that are tables.
        assert function["result"].pop("type") == "any"
    for function in made["metadata"]["functions"]:
        function["result"].pop("type", None)
    assert made["metadata"] == told


def test_the_scripts_know_every_function() -> None:
    script = names_script(FUNCTIONS)
    assert node("--input-type=module", "-e", f"{script}console.log(NAMES.join())").stdout == (
        ",".join(FUNCTIONS) + "\n"
    )

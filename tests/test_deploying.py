"""The files for deploying are held against the server's command, its settings and the documents."""

import configparser
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from typer.exceptions import TyperException

from addin.commands.application import application
from addin.server import running, settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "docs" / "deploy"
DOCUMENT = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
_FILE = "_FILE"


def _read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def _compose() -> Any:
    return yaml.safe_load(_read("compose.yaml"))


def _unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)  # SystemCallFilter stands twice
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(_read("marketbook.service"))
    return parser


def _containerfile(instruction: str) -> list[str]:
    joined = _read("Containerfile").replace("\\\n", " ")
    return re.findall(rf"^{instruction}\s+(.+)$", joined, re.MULTILINE)


def _known() -> set[str]:
    """Every variable that the server reads: of its command's options, and of its settings."""
    server = application.commands["server"]  # type: ignore[attr-defined]
    found = {name for option in server.params if (name := getattr(option, "envvar", None))}
    text = Path(settings.__file__).read_text(encoding="utf-8")
    return found | {settings.PREFIX + name for name in re.findall(r'_setting\("(\w+)"\)', text)}


def _named(text: str) -> set[str]:
    return {name.removesuffix(_FILE) for name in re.findall(rf"{settings.PREFIX}[A-Z_]*[A-Z]", text)}


def _parses(words: list[str]) -> None:
    """Parse a command line as `marketbook` does, down to the last command, and run nothing."""
    command, context = cast(Any, application), None
    while True:
        context = command.make_context(command.name, [*words], parent=context)
        words = [*context._protected_args, *context.args]
        if not words:
            return
        _, command, words = command.resolve_command(context, words)


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("[!.]*")), ids=lambda path: path.name)
def test_each_file_names_only_variables_that_the_server_reads(path: Path) -> None:
    assert _named(path.read_text(encoding="utf-8")) <= _known()
    assert f"(deploy/{path.name})" in DOCUMENT


def test_the_document_and_the_example_name_each_variable() -> None:
    assert _named(DOCUMENT) == _known()
    assert _named(_read("server.env.example")) == _known()


def test_compose_passes_each_setting_of_the_provider() -> None:
    environment = _compose()["services"]["server"]["environment"]
    listening = {f"{settings.PREFIX}ADDRESS", f"{settings.PREFIX}PORT"}  # the image says these
    assert _named(" ".join(environment)) == _known() - listening
    assert _named(_containerfile("ENV")[0]) == listening


def test_compose_takes_from_its_environment_what_the_example_has() -> None:
    wanted = set(re.findall(r"\$\{(\w+)", _read("compose.yaml")))
    assert wanted <= set(re.findall(r"^#?([A-Z_]+)=", _read("server.env.example"), re.MULTILINE))


def test_the_example_can_be_read_by_systemd_and_by_compose() -> None:
    for line in _read("server.env.example").splitlines():
        assert not line or line.startswith("#") or re.fullmatch(r"[A-Z_]+=[^'\"#$]*", line), line


def test_compose_is_built_from_the_containerfile_of_this_folder() -> None:
    build = _compose()["services"]["server"]["build"]
    context = (DEPLOY / build["context"]).resolve()
    assert context == ROOT and (context / build["dockerfile"]) == DEPLOY / "Containerfile"
    for copied in _containerfile("COPY"):
        if not copied.startswith("--from"):
            for source in copied.split()[:-1]:
                assert (ROOT / source).exists(), source


def test_the_container_holds_no_secret_and_runs_as_nobody_special() -> None:
    assert _containerfile("USER") == ["10001"]
    assert not re.search(r"secret|password|token|index-url", _read("Containerfile"), re.IGNORECASE)
    assert yaml.safe_load(_containerfile("ENTRYPOINT")[0]) == ["marketbook"]
    assert _containerfile("HEALTHCHECK")


def test_whoever_stops_the_server_waits_until_its_requests_have_ended() -> None:
    patience = running._STOP_SECONDS
    assert int(_unit()["Service"]["TimeoutStopSec"]) > patience
    assert int(_compose()["services"]["server"]["stop_grace_period"].removesuffix("s")) > patience


def test_the_command_line_accepts_what_the_unit_and_the_image_run() -> None:
    program, *words = shlex.split(_unit()["Service"]["ExecStart"])
    assert Path(program).name == "marketbook"
    _parses(words)
    _parses(yaml.safe_load(_containerfile("CMD")[0]))


def test_the_command_line_accepts_what_the_document_says() -> None:
    """Each line that runs `marketbook`, by its name or in its container."""
    lines = re.findall(r"(?:bin/marketbook|run --rm server|`marketbook) ([^\"`\n]+)", DOCUMENT)
    commands = [shlex.split(re.split(r" {3,}", line)[0]) for line in lines]
    assert len(commands) >= 5
    for words in commands:
        _parses(words)


@pytest.mark.parametrize("line", ["servre", "server --prot 1", "server workspace create one"])
def test_a_wrong_command_line_is_noticed(line: str) -> None:
    with pytest.raises(TyperException):
        _parses(line.split())


@pytest.mark.parametrize("package", ["markets", "udfs", "workbook", "addin"])
def test_an_installation_has_every_file_that_the_package_reads(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"][package]
    installed = {path for pattern in patterns for path in (ROOT / package).glob(pattern)}
    for path in (ROOT / package).rglob("*"):
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts:
            assert path in installed, path

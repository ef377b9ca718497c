"""What the add-in's VBA does, a scene each: a project is put on the stage, run, and looked at."""

from collections.abc import Callable, Mapping

from pyopenvba.interpreter import EMPTY, MISSING, NOTHING, VBAArray, VBAInt, to_number

from addin.desktop.button import MACRO
from addin.desktop.values import sentinel
from tests.addin.desktop.vba.sources import BUTTON, DOCUMENT
from tests.addin.desktop.vba.stage import LOCAL, LOG, NOW, Stage, Thing, an_error, array, cells, table
from udfs.registry import FUNCTIONS
from udfs.values import CellError

Scene = Callable[[Mapping[str, str]], None]
SCENES: list[Scene] = []

MODULE = "addin.desktop.functions"
LOST = (462, -2147417848, -2147023170, -2147023174)
NA, VALUE = an_error(2042), an_error(2015)
ERROR_BASE = -2146828288
STAMP = f"{NOW:%Y-%m-%d %H:%M:%S}"


def scene(function: Scene) -> Scene:
    SCENES.append(function)
    return function


def asked(stage: Stage) -> list[object]:
    """Return the arguments of the last call."""
    return list(stage.server.calls[-1][2].items)


@scene
def ranges_go_by_their_values(texts):
    stage = Stage(texts)
    given = array("Imaging", cells(value2=45292.0), MISSING, cells(value2=array(1.0)))
    assert stage.run("CallFunction", "MARKET_SIZE", given) == 8.6
    market, year, omitted, column = asked(stage)
    assert (market, year, omitted, column.items) == ("Imaging", 45292.0, MISSING, [1.0])
    assert stage.run("CallFunction", "MARKET_SIZE", array(cells(value2=7.0))) == 8.6
    assert asked(stage) == [7.0]


@scene
def several_areas_are_refused(texts):
    for at in (0, 1):
        stage = Stage(texts)
        given = [cells(), cells()]
        given[at] = cells(area_count=2)
        assert stage.run("CallFunction", "MARKET_SIZE", array(*given)) == VALUE
        assert not stage.server.calls


@scene
def with_the_wizard_open_nothing_is_asked(texts):
    stage = Stage(texts)
    stage.button.members["enabled"] = False
    assert stage.run("MARKET_SIZE", "Imaging") == NA
    assert not stage.connections
    stage.button.members["enabled"] = True
    assert stage.run("MARKET_SIZE", "Imaging") == 8.6


@scene
def without_that_toolbar_the_functions_go_on(texts):
    stage = Stage(texts)
    stage.application.members["commandbars"] = NOTHING
    assert stage.run("MARKET_SIZE", "Imaging") == 8.6


@scene
def an_error_of_pythons_is_one_in_the_cell(texts):
    stage = Stage(texts)
    stage.server.answers = [VBAInt(sentinel(CellError.NA), "Long")]
    assert stage.run("MARKET_SIZE", "Imaging") == NA


@scene
def a_lost_connection_is_got_again_once(texts):
    for code in LOST:
        stage = Stage(texts)
        stage.server.answers = [8.6, code, 13.1]
        assert stage.run("MARKET_SIZE", "Imaging") == 8.6
        assert stage.run("MARKET_SIZE", "Imaging") == 13.1
        assert (stage.connections, len(stage.server.calls)) == (2, 3)
        assert not stage.files.content
        stage.server.answers = [code, code, 13.1]
        assert stage.run("MARKET_SIZE", "Imaging") == VALUE
        assert (stage.connections, len(stage.server.calls)) == (3, 5)
        assert stage.files.content == {LOG: f"{STAMP} MARKET_SIZE: {code} gone\r\n"}


@scene
def another_failure_is_logged_and_not_tried_again(texts):
    stage = Stage(texts)
    stage.server.answers = [1000]
    assert stage.run("MARKET_SIZE", "Imaging") == VALUE
    assert (stage.connections, len(stage.server.calls)) == (1, 1)
    assert stage.files.content == {LOG: f"{STAMP} MARKET_SIZE: 1000 gone\r\n"}


@scene
def only_a_change_is_logged(texts):
    stage = Stage(texts)
    stage.server.answers = [1000, 1000, 1001]
    for _ in range(3):
        stage.run("MARKET_SIZE", "Imaging")
    lines = [f"{STAMP} MARKET_SIZE: {code} gone\r\n" for code in (1000, 1001)]
    assert stage.files.content == {LOG: "".join(lines)}
    assert stage.files.folders == {LOCAL, f"{LOCAL}\\marketbook", f"{LOCAL}\\marketbook\\Logs"}


@scene
def a_long_log_begins_anew(texts):
    for length in (500_000, 500_001):
        stage = Stage(texts)
        stage.files.folders |= {f"{LOCAL}\\marketbook", f"{LOCAL}\\marketbook\\Logs"}
        stage.files.content[LOG] = "x" * length
        stage.run("LogFailure", "Märkte 市場 🏥")
        kept = "" if length > 500_000 else "x" * length
        assert stage.files.content[LOG] == f"{kept}{STAMP} Märkte 市場 🏥\r\n"


@scene
def restarting_python_calculates_anew(texts):
    stage = Stage(texts)
    stage.run("MARKET_SIZE", "Imaging")
    stage.run("MarketbookRestart", Thing(ID="restart_python"))
    assert (stage.killed, stage.rebuilt, stage.vba.dialogs) == (1, 1, [])
    stage.run("MARKET_SIZE", "Imaging")
    assert stage.connections == 2
    assert not stage.files.content


@scene
def a_failed_restart_is_said_and_logged(texts):
    stage = Stage(texts)
    stage.python_fails = True
    stage.run("RestartPython")
    ((kind, _, title, style),) = stage.vba.dialogs
    assert (kind, title, style) == ("MsgBox", "Marketbook", 48)
    assert stage.files.content == {LOG: f"{STAMP} Restart Python: 1000 on fire\r\n"}
    assert not stage.rebuilt


@scene
def the_wizards_help_is_told_once_a_workbook_is_open(texts):
    stage = Stage(texts)
    stage.run("DescribeFunctions")
    assert not stage.help
    stage.open_book = True
    stage.run("DescribeFunctions")
    assert stage.help == [
        (
            f"'marketbook.xlam'!{function.name}",
            function.help,
            "Marketbook",
            [parameter.help for parameter in function.parameters],
        )
        for function in FUNCTIONS.values()
    ]
    assert stage.book.members["saved"] is True
    stage.run("DescribeFunctions")
    assert len(stage.help) == len(FUNCTIONS)
    assert not stage.files.content


@scene
def help_that_excel_refuses_is_logged_and_tried_again(texts):
    stage = Stage(texts)
    stage.open_book = True
    options = stage.application.members.pop("macrooptions")
    stage.run("DescribeFunctions")
    assert stage.files.content == {LOG: f"{STAMP} Function wizard help: 438 no MacroOptions\r\n"}
    assert stage.book.members["saved"] is False
    stage.application.members["macrooptions"] = options
    stage.run("DescribeFunctions")
    assert len(stage.help) == len(FUNCTIONS)


@scene
def opening_and_changing_workbooks_tells_the_help(texts):
    for event in (["Workbook_Open"], ["host_WorkbookActivate", Thing(Name="Book1")]):
        stage = Stage(texts)
        stage.vba.bind_document(DOCUMENT, stage.book)
        stage.open_book = True
        stage.vba.run(event[0], event[1:], module=DOCUMENT)
        assert len(stage.help) == len(FUNCTIONS)
        host = stage.vba.module(DOCUMENT).document.variables["host"].get()
        assert host is (stage.application if event[0] == "Workbook_Open" else NOTHING)


@scene
def a_button_is_one_line_of_python(texts):
    stage = Stage(texts)
    stage.run("MarketbookPress", Thing(ID="sources"))
    stage.run("MarketbookRefresh")
    assert stage.python == [
        "from addin.desktop import ribbon; ribbon.press('sources')",
        "from addin.desktop import ribbon; ribbon.press('refresh')",
    ]
    assert (stage.vba.dialogs, stage.files.content) == ([], {})


@scene
def a_button_that_does_not_reach_python_says_so(texts):
    stage = Stage(texts)
    stage.python_fails = True
    stage.run("MarketbookPress", Thing(ID="help"))
    ((kind, _, title, style),) = stage.vba.dialogs
    assert (kind, title, style) == ("MsgBox", "Marketbook", 48)
    assert stage.files.content == {LOG: f"{STAMP} The button help: 1000 on fire\r\n"}
    assert not stage.scheduled


@scene
def the_status_bar_is_given_back_after_a_while(texts):
    stage = Stage(texts)
    stage.run("MarketbookPress", Thing(ID="refresh"))
    ((moment, procedure),) = stage.scheduled
    assert round((to_number(moment) - days(NOW)) * 86400) == 20
    book, _, name = procedure.partition("!")
    assert book == "'marketbook.xlam'"
    for text, left in (("Marketbook: 9 sheets", False), ("Saving", "Saving"), (False, False)):
        stage.application.members["statusbar"] = text
        stage.run(name)
        assert stage.application.members["statusbar"] == left


@scene
def an_excel_that_schedules_nothing_is_no_failure(texts):
    stage = Stage(texts)
    stage.scheduling_fails = True
    stage.run("MarketbookPress", Thing(ID="refresh"))
    assert (stage.vba.dialogs, stage.files.content) == ([], {})


@scene
def the_sheets_button_asks_the_addin_where_it_is_loaded(texts):
    stage = Stage(texts, BUTTON)
    stage.run(MACRO)
    ((kind, _, title, style),) = stage.vba.dialogs
    assert (kind, title, style) == ("MsgBox", "Marketbook", 64)
    assert not stage.ran
    stage.books["marketbook.xlam"] = Thing(Name="marketbook.xlam")
    stage.run(MACRO)
    assert stage.ran == ["'marketbook.xlam'!MarketbookRefresh"]
    assert len(stage.vba.dialogs) == 1
    stage.application.members["run"] = NOTHING
    try:
        stage.run(MACRO)
    except Exception:
        return
    raise AssertionError("a failure of the add-in's is not seen")


@scene
def results_become_cell_values(texts):
    stage = Stage(texts, "MarketbookValues")
    plain = [8.6, "x", True, float(sentinel(CellError.NA)), an_error(2007), EMPTY]
    limits = {ERROR_BASE: ERROR_BASE, ERROR_BASE + 65536: ERROR_BASE + 65536, 5: 5}
    limits |= {ERROR_BASE + 1: an_error(1), ERROR_BASE + 65535: an_error(65535)}
    pairs = [(value, value) for value in plain]
    pairs += [(VBAInt(raw, "Long"), shown) for raw, shown in limits.items()]
    pairs += [(VBAInt(sentinel(error), "Long"), an_error(error.code)) for error in CellError]
    for raw, shown in pairs:
        assert stage.run("CellValue", raw) == shown
    for count in (1, 2, len(pairs)):
        raw, shown = zip(*pairs[:count], strict=True)
        assert stage.run("CellValue", array(*raw)).items == list(shown)
    for rows in ([pairs], [[pair] for pair in pairs], [pairs, pairs[::-1]], [pairs[-1:]]):
        raw, shown = (table(*[[pair[at] for pair in row] for row in rows]) for at in (0, 1))
        result = stage.run("CellValue", raw)
        assert (result.bounds, result.items) == (shown.bounds, shown.items)
    from_one = VBAArray([(1, 2), (3, 5)], items=[VBAInt(sentinel(CellError.NA), "Long")] * 6)
    assert stage.run("CellValue", from_one).items == [NA] * 6
    mixed = stage.run("CellValue", table([1.0, VBAInt(sentinel(CellError.NA), "Long")], ["x", 2.0]))
    assert mixed.items == [1.0, "x", NA, 2.0]


@scene
def each_function_hands_its_name_and_arguments_on(texts):
    stage = Stage(texts)
    for function in FUNCTIONS.values():
        values = [float(at) for at, _ in enumerate(function.parameters)]
        required = sum(parameter.required for parameter in function.parameters)
        for given in (values, values[:required]):
            assert stage.run(function.name, *given) == 8.6
            assert stage.server.calls.pop()[:2] == (MODULE, function.name)
            stage.server.calls.append((MODULE, function.name, array()))
        stage.server.calls.clear()
        stage.run(function.name, *values[:required])
        omitted = [MISSING] * (len(values) - required)
        assert asked(stage) == values[:required] + omitted
        stage.run(function.name, *values)
        assert asked(stage) == values
    assert stage.connections == 1  # for all of them


def days(moment):
    """Return a moment as Excel counts it."""
    return (moment - moment.__class__(1899, 12, 30)).total_seconds() / 86400

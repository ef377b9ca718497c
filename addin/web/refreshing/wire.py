"""What the add-in's scripts and the server say to each other in a refresh, as JSON.

Asked is with what Marketbook's own sheets contain, and answered with what is to be written on them. The
words of formats (`Center`, `EdgeBottom`, `Medium`) are those of Office.js. Colors are `#RRGGBB`.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from addin.web.refreshing.chart_wire import Chart

Value: TypeAlias = float | str | bool | None
"""A value as Office.js has it: an error is its text, a date its number of days, a blank cell "" or null."""

Table: TypeAlias = list[list[Value]]
"""Values row by row, each row with the same number of cells."""


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """The cells of an area such as "A1:K91", as `Range` has them in Office.js.

    `formulas`, `values` and `types` (`valueTypes`) are three tables of the area's size. `formulas` are in
    English with A1 references. All forms of a call are understood: `MARKETBOOK.MARKET_SIZE(...)`,
    `MARKET_SIZE(...)`, `'...marketbook.xlam'!MARKET_SIZE(...)`, with or without `@`.
    """

    area: str
    formulas: Table
    values: Table
    types: list[list[str]]


class Beside(Struct, frozen=True, forbid_unknown_fields=True):
    """What a sheet has beside entries, as far as the scripts can tell. What is the user's is kept aside.

    `charts`, `pictures`, `shapes`, `pivots` and `slicers` are numbers of objects. `comments` are the cells
    of comments and notes, `tables` the names of tables. `links`, `merged`, `ruled` (conditional formats) and
    `validated` (data validation) are areas of cells that have such a thing, and `filter` is the area of the
    filter. `fills` are areas by the color of their cells, without those that have none or are white.
    An area is without its sheet, such as "B7" or "A1:B2".
    """

    charts: int = 0
    pictures: int = 0
    shapes: int = 0
    pivots: int = 0
    slicers: int = 0
    comments: list[str] = []
    tables: list[str] = []
    links: list[str] = []
    merged: list[str] = []
    ruled: list[str] = []
    validated: list[str] = []
    filter: str = ""
    fills: dict[str, list[str]] = {}


class OpenedSheet(Struct, frozen=True, forbid_unknown_fields=True):
    """One of Marketbook's sheets in the open workbook.

    `visibility` is that of Office.js. `blocks` are its used cells, in one block or in several.
    `arrays` are the areas of formulas that fill more than one cell, as by spilling.
    """

    name: str
    blocks: list[Block]
    visibility: Literal["Visible", "Hidden", "VeryHidden"] = "Visible"
    is_protected: bool = False
    arrays: list[str] = []
    beside: Beside | None = None


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """A defined name of the workbook: its formula with the equals sign, and whether users see it."""

    refers_to: str
    is_visible: bool = True


class RefreshRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a refresh has to know of the open workbook. Nothing else leaves it.

    `sheets` are those to which a name `_mb_sheet_...` refers. Programs that clean up names delete such
    names. So these count too: sheets to which two or more names `mb_...` refer, and, for each key of the
    record `urn:marketbook:written` without a name `_mb_sheet_<key>`, the sheet with its `title`.

    `names` are the workbook's names that begin with `mb_` or `_mb_`. `records` are the texts in the custom
    XML parts whose namespaces begin with `urn:marketbook:`, by namespace. `market` is for a workbook that
    does not name one yet.

    `taken` is blank at first. The answer says in `creates` which sheets it adds. If the workbook already
    has sheets so named, the scripts ask again with all names that they have found taken so far.
    """

    sheets: list[OpenedSheet]
    names: dict[str, Name]
    records: dict[str, str]
    market: str = ""
    taken: list[str] = []
    are_dates_from_1904: bool = False
    is_structure_protected: bool = False


class Font(Struct, frozen=True):
    """A font. Of a conditional format, only what is given counts."""

    color: str | None = None
    name: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: Literal["Single"] | None = None


class Border(Struct, frozen=True):
    """A continuous line at an edge."""

    edge: Literal["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight"]
    weight: Literal["Thin", "Medium"]
    color: str


class Style(Struct, frozen=True):
    """A named style. It is defined only if the workbook has none of that name, which would be the user's."""

    name: str
    number_format: str
    font: Font
    fill: str | None
    borders: list[Border]
    horizontal: Literal["General", "Left", "Center", "Right"]
    vertical: Literal["Top", "Center", "Bottom"]
    indent: int
    wraps: bool
    shrinks: bool
    is_locked: bool


class Entries(Struct, frozen=True):
    """What is entered in the cells of an area, for `Range.formulas`; "" makes a cell blank.

    A text that Excel could read as something else begins with an apostrophe. Calls have the namespace.
    """

    area: str
    formulas: list[list[float | str]]


class Styled(Struct, frozen=True):
    """Cells with a named style: addresses, each of one or more areas ("A1:B2,C4"), for `getRanges`."""

    style: str
    areas: list[str]


class Formatted(Struct, frozen=True):
    """Cells with a number format in place of that of their style."""

    number_format: str
    areas: list[str]


class Heights(Struct, frozen=True):
    """Rows ("3:5") with a height in points. Hidden rows do not get one, because it would show them."""

    points: float
    rows: list[str]


class RuleLook(Struct, frozen=True):
    """How a conditional format looks. What is not given stays as it is."""

    font: Font | None = None
    fill: str | None = None
    borders: list[Border] = []
    number_format: str | None = None


class Rule(Struct, frozen=True):
    """A conditional format: `formula` is written for the first cell of the area, with an equals sign.

    If several are true, the first one counts most.
    """

    area: str
    formula: str
    look: RuleLook


class Bars(Struct, frozen=True):
    """Fractions from 0 to 1 that are shown as bars in their cells, in one color."""

    area: str
    color: str


class DropDown(Struct, frozen=True):
    """What cells accept: an entry of a `source` such as "=mb_markets", or a whole number or date between two.

    Of a date, `low` and `high` are numbers of days.
    """

    area: str
    kind: Literal["list", "whole", "date"]
    alert: Literal["Stop", "Warning"]
    title: str
    message: str
    source: str = ""
    low: int | None = None
    high: int | None = None


class SheetLink(Struct, frozen=True):
    """A hyperlink of a cell to a `place` in the workbook ("'Ada''s path'!A1") or to an `address`."""

    cell: str
    text: str
    place: str = ""
    address: str = ""


class Margins(Struct, frozen=True):
    """Margins in points."""

    left: float
    right: float
    top: float
    bottom: float
    header: float
    footer: float


class Printing(Struct, frozen=True):
    """How a sheet is printed, on A4 in landscape and centered between left and right.

    `scale` is in percent; without one, the area is one page wide, and `pages_high` pages high if it is
    not 0. `title_rows` ("5:5") are printed on each page; blank for none. A new page starts at each row
    of `starts`.
    """

    area: str
    title_rows: str
    is_centered_vertically: bool
    scale: int
    pages_high: int
    starts: list[int]
    margins: Margins
    left_footer: str
    right_footer: str


class View(Struct, frozen=True):
    """What a new sheet gets once, and its user may change then: widths of columns in points, hiding.

    No gridlines are shown.
    """

    widths: list[float]
    is_hidden: bool


class SheetInstructions(Struct, frozen=True):
    """What a report sheet gets, in place of all that is in its cells.

    `name` is its name in the workbook. `freeze` is the first cell that scrolls, such as "A13"; blank if all
    do. `view` is given for a new sheet only.
    """

    title: str
    name: str
    entries: Entries
    styles: list[Styled]
    number_formats: list[Formatted]
    merged: list[str]
    heights: list[Heights]
    rules: list[Rule]
    bars: list[Bars]
    drop_downs: list[DropDown]
    links: list[SheetLink]
    filter: str
    printing: Printing | None
    freeze: str
    charts: list[Chart]
    view: View | None


class KeptAside(Struct, frozen=True):
    """A sheet that its user has changed: before it is written, it is copied to the end as `copy`.

    In the copy, formulas become values except in the cells `typed`; the cells `edited` get the fill
    `color`. `told` says in sentences what was changed.
    """

    sheet: str
    copy: str
    edited: list[str]
    typed: list[str]
    color: str
    told: list[str]


class Moved(Struct, frozen=True):
    """A sheet in which rows or columns were inserted or deleted since it was written.

    If cells of the user's sheets or the user's names refer to it, nothing is written, and the scripts say
    `refusal`, with the first places in place of `{places}`: "Model!B7, Model!B8 and 3 more".
    """

    sheet: str
    refusal: str


class Instructions(Struct, frozen=True):
    """What is to be done in the open workbook, in the order of the fields from `kept_aside` on.

    `market` and `unit` are those of the report, and `changes` its changed figures in words. `refused` says
    why the user's assumptions are refused, if they are. `creates` are the names of all sheets that are
    added: copies and new ones. `file` is an .xlsx in base64 with the new sheets under these names: their
    charts, views and print set-up, without formulas, rules, links and names; blank if none is new.
    `names` are all Marketbook names as they are to be, and `names_gone` those to be deleted. `records` are
    texts by the namespace of their custom XML part, whose root is `<record xmlns="...">`; other parts stay.
    """

    market: str
    unit: str
    changes: list[str]
    refused: str
    creates: list[str]
    moved: list[Moved]
    kept_aside: list[KeptAside]
    new: list[str]
    file: str
    names: dict[str, Name]
    names_gone: list[str]
    styles: list[Style]
    sheets: list[SheetInstructions]
    records: dict[str, str]

// What scripts and server say to each other in a refresh: the structures of addin/web/refreshing/wire.py as types. A test
// holds the two together.

/** @typedef {string | number | boolean | null} Value */

/** @typedef {{area: string, formulas: Value[][], values: Value[][], types: string[][]}} Block */

/**
 * @typedef {object} Beside
 * @property {number} charts
 * @property {number} pictures
 * @property {number} shapes
 * @property {number} pivots
 * @property {number} slicers
 * @property {string[]} comments
 * @property {string[]} tables
 * @property {string[]} links
 * @property {string[]} merged
 * @property {string[]} ruled
 * @property {string[]} validated
 * @property {string} filter
 * @property {Record<string, string[]>} fills
 */

/**
 * @typedef {object} OpenedSheet
 * @property {string} name
 * @property {Block[]} blocks
 * @property {"Visible" | "Hidden" | "VeryHidden"} visibility
 * @property {boolean} is_protected
 * @property {string[]} arrays
 * @property {Beside | null} beside
 */

/** @typedef {{refers_to: string, is_visible: boolean}} Name */

/**
 * @typedef {object} RefreshRequest
 * @property {OpenedSheet[]} sheets
 * @property {Record<string, Name>} names
 * @property {Record<string, string>} records
 * @property {string} market
 * @property {string[]} taken
 * @property {boolean} are_dates_from_1904
 * @property {boolean} is_structure_protected
 */

/**
 * @typedef {object} Font
 * @property {string | null} color
 * @property {string | null} name
 * @property {number | null} size
 * @property {boolean | null} bold
 * @property {boolean | null} italic
 * @property {"Single" | null} underline
 */

/**
 * @typedef {object} Border
 * @property {"EdgeTop" | "EdgeBottom" | "EdgeLeft" | "EdgeRight"} edge
 * @property {"Thin" | "Medium"} weight
 * @property {string} color
 */

/**
 * @typedef {object} Style
 * @property {string} name
 * @property {string} number_format
 * @property {Font} font
 * @property {string | null} fill
 * @property {Border[]} borders
 * @property {"General" | "Left" | "Center" | "Right"} horizontal
 * @property {"Top" | "Center" | "Bottom"} vertical
 * @property {number} indent
 * @property {boolean} wraps
 * @property {boolean} shrinks
 * @property {boolean} is_locked
 */

/** @typedef {{area: string, formulas: (number | string)[][]}} Entries */
/** @typedef {{style: string, areas: string[]}} Styled */
/** @typedef {{number_format: string, areas: string[]}} Formatted */
/** @typedef {{points: number, rows: string[]}} Heights */
/** @typedef {{font: Font | null, fill: string | null, borders: Border[], number_format: string | null}} RuleLook */
/** @typedef {{area: string, formula: string, look: RuleLook}} Rule */
/** @typedef {{area: string, color: string}} Bars */

/**
 * @typedef {object} DropDown
 * @property {string} area
 * @property {"list" | "whole" | "date"} kind
 * @property {"Stop" | "Warning"} alert
 * @property {string} title
 * @property {string} message
 * @property {string} source
 * @property {number | null} low
 * @property {number | null} high
 */

/** @typedef {{cell: string, text: string, place: string, address: string}} SheetLink */

/** @typedef {{left: number, right: number, top: number, bottom: number, header: number, footer: number}} Margins */

/**
 * @typedef {object} Printing
 * @property {string} area
 * @property {string} title_rows
 * @property {boolean} is_centered_vertically
 * @property {number} scale
 * @property {number} pages_high
 * @property {number[]} starts
 * @property {Margins} margins
 * @property {string} left_footer
 * @property {string} right_footer
 */

/** @typedef {{left: number, top: number, width: number, height: number}} Layout */

/**
 * @typedef {object} Labels
 * @property {"value" | "title" | "both"} shows
 * @property {number | null} point
 * @property {"Center" | "OutsideEnd" | "Top"} place
 * @property {string} color
 * @property {boolean} has_fill
 */

/**
 * @typedef {object} Series
 * @property {string} values
 * @property {string} categories
 * @property {string} title
 * @property {string} title_cell
 * @property {string | null} color
 * @property {"column" | "bar" | "line" | "area"} drawn
 * @property {boolean} is_hatched
 * @property {boolean} is_dashed
 * @property {Labels | null} labels
 */

/**
 * @typedef {object} Chart
 * @property {string} area
 * @property {"ColumnClustered" | "ColumnStacked" | "BarClustered" | "BarStacked" | "BarStacked100" | "AreaStacked"} type
 * @property {string} described
 * @property {string} title
 * @property {Series[]} series
 * @property {string} number_format
 * @property {number} lowest
 * @property {number | null} highest
 * @property {number | null} step
 * @property {number} gap
 * @property {number} label_every
 * @property {boolean} from_top
 * @property {boolean} has_names_at_edge
 * @property {boolean} has_legend
 * @property {boolean} has_value_axis
 * @property {boolean} has_category_axis
 * @property {boolean} has_gridlines
 * @property {Layout | null} layout
 */

/** @typedef {{widths: number[], is_hidden: boolean}} View */

/**
 * @typedef {object} SheetInstructions
 * @property {string} title
 * @property {string} name
 * @property {Entries} entries
 * @property {Styled[]} styles
 * @property {Formatted[]} number_formats
 * @property {string[]} merged
 * @property {Heights[]} heights
 * @property {Rule[]} rules
 * @property {Bars[]} bars
 * @property {DropDown[]} drop_downs
 * @property {SheetLink[]} links
 * @property {string} filter
 * @property {Printing | null} printing
 * @property {string} freeze
 * @property {Chart[]} charts
 * @property {View | null} view
 */

/** @typedef {{sheet: string, copy: string, edited: string[], typed: string[], color: string, told: string[]}} KeptAside */
/** @typedef {{sheet: string, refusal: string}} Moved */

/**
 * @typedef {object} Instructions
 * @property {string} market
 * @property {string} unit
 * @property {string[]} changes
 * @property {string} refused
 * @property {string[]} creates
 * @property {Moved[]} moved
 * @property {KeptAside[]} kept_aside
 * @property {string[]} new
 * @property {string} file
 * @property {Record<string, Name>} names
 * @property {string[]} names_gone
 * @property {Style[]} styles
 * @property {SheetInstructions[]} sheets
 * @property {Record<string, string>} records
 */

export {};

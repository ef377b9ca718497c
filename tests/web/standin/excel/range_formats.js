// The format of cells, their columns and rows.

import { invalid, unknown } from "./errors.js";
import { Format } from "./formats.js";

/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./model").Cell} Cell */

const STANDARD_WIDTH = 48;
const STANDARD_HEIGHT = 15;
const TALLEST = 409.5;

export class RangeFormat extends Format {
  /** @param {Cells} cells */
  constructor(cells) {
    super({ read: (key) => cells.shared((at) => cells.look(at)[key]), write: (look) => cells.dress(look) });
    this._cells = cells;
  }

  get columnWidth() {
    return this._of(this._cells.columns.map((column) => this._cells.sheet.widths[column] ?? STANDARD_WIDTH));
  }

  set columnWidth(points) {
    this._cells.refuseUnlessWritable();
    this._cells.columns.forEach((column) => (this._cells.sheet.widths[column] = points));
  }

  get rowHeight() {
    const { heights, hiddenRows } = this._cells.sheet;
    return this._of(this._cells.rows.map((row) => (hiddenRows.includes(row) ? 0 : (heights[row] ?? STANDARD_HEIGHT))));
  }

  /** A hidden row with a height is shown, as in Excel. */
  set rowHeight(points) {
    this._cells.refuseUnlessWritable();
    if (points < 0 || points > TALLEST) {
      throw invalid();
    }
    const { sheet, rows } = this._cells;
    rows.forEach((row) => (sheet.heights[row] = points));
    sheet.hiddenRows = sheet.hiddenRows.filter((row) => !rows.includes(row));
  }

  get useStandardHeight() {
    return /** @type {boolean} */ (this._cells.rows.every((row) => !(row in this._cells.sheet.heights)));
  }

  set useStandardHeight(is) {
    if (is) {
      this._cells.rows.forEach((row) => delete this._cells.sheet.heights[row]);
    }
  }

  /** All text takes one line here. */
  autofitRows() {
    this._cells.refuseUnlessWritable();
    this.useStandardHeight = true;
  }

  /** @param {number[]} values */
  _of(values) {
    return /** @type {number} */ (values.every((value) => value === values[0]) ? values[0] : null);
  }
}

/**
 * What is asked of one cell at once.
 * @param {Cells} cells
 * @param {string} at
 * @param {Cell | undefined} cell
 * @param {any} options
 */
export function cellProperties(cells, at, cell, options) {
  const { hyperlink, style, format = {}, ...others } = options;
  const { fill = {}, ...more } = format;
  if ([...Object.keys(others), ...Object.keys(more), ...Object.keys(fill).filter((key) => key !== "color")].length > 0) {
    throw unknown(`these properties of cells: ${JSON.stringify(options)}`);
  }
  return {
    ...(hyperlink ? { hyperlink: cell?.link ?? null } : {}),
    ...(style ? { style: cell?.style ?? "Normal" } : {}),
    ...(fill.color ? { format: { fill: { color: cells.look(at).fill || "#FFFFFF" } } } : {}),
  };
}

/**
 * What is asked of one row at once.
 * @param {Cells} cells
 * @param {number} row
 * @param {any} options
 */
export function rowProperties(cells, row, { rowHidden, format = {}, ...others }) {
  if ([...Object.keys(others), ...Object.keys(format).filter((key) => !["rowHeight", "useStandardHeight"].includes(key))].length > 0) {
    throw unknown(`these properties of rows: ${JSON.stringify({ format, ...others })}`);
  }
  const isHidden = cells.sheet.hiddenRows.includes(row);
  return {
    ...(rowHidden ? { rowHidden: isHidden } : {}),
    format: {
      ...(format.rowHeight ? { rowHeight: isHidden ? 0 : (cells.sheet.heights[row] ?? STANDARD_HEIGHT) } : {}),
      ...(format.useStandardHeight ? { useStandardHeight: !(row in cells.sheet.heights) } : {}),
    },
  };
}

/** @typedef {import("./like").Holds<Excel.RangeFormat, RangeFormat>} RangeFormatHolds */

// Ranges of cells: what is in them, and what is done with them.

import { addressOf, areaOf, common, place } from "./addresses.js";
import { clearCell } from "./areas.js";
import { copied } from "./copying.js";
import { entered, refuseWrong, shown, typeOf } from "./entering.js";
import { Refusal, unknown } from "./errors.js";
import { cellProperties, rowProperties } from "./range_formats.js";
import { Rectangle } from "./rectangles.js";

/** @typedef {import("./model").Cell} Cell */

const MOST_CELLS = 5_000_000; // of which Excel tells something at once

/** One rectangle of cells. */
export class Range extends Rectangle {
  get formulas() {
    return this._table((cell) => cell?.formula ?? shown(cell?.value ?? ""));
  }

  set formulas(table) {
    this._enter(table);
  }

  get values() {
    return this._table((cell) => shown(cell?.value ?? ""));
  }

  set values(table) {
    this._enter(table);
  }

  get text() {
    return this._table((cell) => String(shown(cell?.value ?? "")));
  }

  get valueTypes() {
    return /** @type {Excel.RangeValueType[][]} */ (this._table((cell) => typeOf(cell?.value ?? "")));
  }

  get numberFormat() {
    return this._table((_, at) => this._cells.numberFormat(at));
  }

  set numberFormat(table) {
    this._cells.refuseUnlessWritable();
    this._fill(table, (at, numberFormat) => this._cells.at(at).dress({ numberFormat }));
  }

  get hyperlink() {
    return /** @type {any} */ (this._cells.sheet.cells[place(this._area.top, this._area.left)]?.link ?? null);
  }

  /** Enters the link's text, too, and gives it a look, as Excel does. */
  set hyperlink(link) {
    this._cells.refuseUnlessWritable();
    for (const at of this._cells.places) {
      const cell = this._cells.cell(at);
      cell.link = Object.fromEntries(Object.entries(link).filter(([, value]) => value)); // blank ones are left out
      cell.look = { ...cell.look, fontColor: "#0563C1", underline: "Single" };
      if (link.textToDisplay) {
        delete cell.formula;
        cell.value = link.textToDisplay;
      }
    }
  }

  /** @param {any} options */
  getCellProperties(options) {
    return this._table((cell, at) => cellProperties(this._cells, at, cell, options));
  }

  /** @param {any} options */
  getRowProperties(options) {
    return this._cells.rows.map((row) => rowProperties(this._cells, row, options));
  }

  merge() {
    this._cells.refuseUnlessWritable();
    this.unmerge();
    const { sheet } = this._cells;
    const [first, ...others] = this._cells.places;
    others.filter((at) => at in sheet.cells).forEach((at) => clearCell(sheet, at, sheet.cells[at], "Contents"));
    this._cells.cell(first);
    sheet.merged.push(addressOf(this._area));
  }

  unmerge() {
    this._cells.refuseUnlessWritable();
    const { sheet } = this._cells;
    sheet.merged = sheet.merged.filter((address) => !common(areaOf(address), this._area));
  }

  /**
   * @param {any} source
   * @param {any} [kind]
   */
  copyFrom(source, kind = "All") {
    this._cells.refuseUnlessWritable();
    if (addressOf(source._area) !== addressOf(this._area)) {
      throw unknown("how to copy cells to another place");
    }
    this._refusePartOfArray();
    copied(source._cells, this._cells, kind);
  }

  /** Refuses a change of a part of an array formula of the old kind. */
  _refusePartOfArray() {
    const arrays = this._cells.existing.flatMap(([, { array }]) => (array ? [areaOf(array)] : []));
    if (arrays.some((array) => addressOf(common(array, this._area) ?? array) !== addressOf(array))) {
      throw new Refusal("InvalidOperation", "You can't change part of an array.");
    }
  }

  /**
   * @param {(cell: Cell | undefined, at: string) => any} read
   * @returns {any[][]}
   */
  _table(read) {
    this._cells.refuseIfGone();
    if (this.rowCount * this.columnCount > MOST_CELLS) {
      throw new Refusal("ResponsePayloadSizeLimitExceeded", "The response payload size has exceeded the limit.");
    }
    const rows = Array.from({ length: this.rowCount }, (_, row) => this._area.top + row);
    const columns = Array.from({ length: this.columnCount }, (_, column) => this._area.left + column);
    return rows.map((row) => columns.map((column) => read(this._cells.sheet.cells[place(row, column)], place(row, column))));
  }

  /**
   * Puts a table, or one value in all cells. Null leaves a cell as it is.
   * @param {any} table
   * @param {(at: string, value: any) => void} put
   */
  _fill(table, put) {
    const isTable = Array.isArray(table);
    if (isTable && (table.length !== this.rowCount || table.some((row) => row.length !== this.columnCount))) {
      throw new Refusal("InvalidArgument", "The number of rows or columns in the input array doesn't match the size or dimensions of the range.");
    }
    const values = isTable ? table.flat() : [table];
    this._cells.places.forEach((at, index) => {
      const value = values[isTable ? index : 0];
      if (value !== null && value !== undefined) {
        put(at, value);
      }
    });
  }

  /** @param {any} table */
  _enter(table) {
    this._cells.refuseUnlessWritable();
    this._refusePartOfArray();
    this._fill(table, (at, entry) => {
      const { formula, value } = entered(entry, this._cells.numberFormat(at));
      if (value === "" && !formula && !(at in this._cells.sheet.cells)) {
        return;
      }
      const cell = this._cells.cell(at);
      if (formula && cell.formula === formula && shown(cell.value) !== "#NAME?") {
        return; // calculated, it has the same value
      }
      if (formula) {
        refuseWrong(formula, this._cells.book);
      }
      delete cell.spill;
      delete cell.array;
      delete cell.formula;
      Object.assign(cell, formula ? { formula, value: this._workbook._valueOf(formula) } : { value });
    });
  }
}

/** @typedef {import("./like").Holds<Excel.Range, Range>} RangeHolds */

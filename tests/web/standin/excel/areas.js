// What ranges and groups of ranges have in common.

import { addressOf, quoted } from "./addresses.js";
import { Cells } from "./cells.js";
import { missing, unknown } from "./errors.js";
import { RangeFormat } from "./range_formats.js";
import { ConditionalFormats } from "./rules.js";
import { Thing } from "./thing.js";
import { DataValidation } from "./validations.js";

/** @typedef {import("./addresses.js").Area} Area */
/** @typedef {import("./model").Cell} Cell */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./workbook.js").Workbook} Workbook */

export class Areas extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   * @param {Area[]} areas
   */
  constructor(workbook, sheet, areas) {
    super();
    this._workbook = workbook;
    this._cells = new Cells(workbook._book, sheet, areas);
  }

  get _isKept() {
    return true;
  }

  get address() {
    const sheet = quoted(this._cells.sheet.name);
    return this._cells.areas.map((area) => `${sheet}!${addressOf(area)}`).join(",");
  }

  get worksheet() {
    return this._workbook._sheet(this._cells.sheet);
  }

  get style() {
    return /** @type {string} */ (this._cells.shared((at) => this._cells.sheet.cells[at]?.style ?? "Normal"));
  }

  /** A style brings all its looks. */
  set style(name) {
    this._cells.refuseUnlessWritable();
    if (!(name in this._cells.book.styles)) {
      throw missing();
    }
    for (const at of this._cells.places) {
      const cell = this._cells.cell(at);
      delete cell.look;
      cell.style = name;
    }
  }

  get format() {
    return new RangeFormat(this._cells);
  }

  get conditionalFormats() {
    return new ConditionalFormats(this._workbook, this._cells);
  }

  get dataValidation() {
    return new DataValidation(this._cells);
  }

  /** @param {any} [applyTo] */
  clear(applyTo = "All") {
    this._cells.refuseUnlessWritable();
    for (const [at, cell] of this._cells.existing) {
      clearCell(this._cells.sheet, at, cell, applyTo);
    }
    if (applyTo === "All" || applyTo === "Formats") {
      this.conditionalFormats.clearAll();
    }
  }
}

/** Several ranges of one sheet. */
export class RangeAreas extends Areas {}

/**
 * @param {Sheet} sheet
 * @param {string} at
 * @param {Cell} cell
 * @param {string} applyTo
 */
export function clearCell(sheet, at, cell, applyTo) {
  if (applyTo === "All") {
    delete sheet.cells[at];
  } else if (applyTo === "Contents") {
    delete cell.formula;
    cell.value = "";
  } else if (applyTo === "Formats") {
    delete cell.style;
    delete cell.look;
  } else if (applyTo === "Hyperlinks") {
    delete cell.link;
  } else {
    throw unknown(`how to clear ${applyTo}`);
  }
  if (cell.value === "" && !cell.formula && !cell.style && !cell.look && !cell.link) {
    delete sheet.cells[at];
  }
}

/** @typedef {import("./like").Holds<Excel.RangeAreas, RangeAreas>} RangeAreasHolds */

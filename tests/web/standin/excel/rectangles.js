// One rectangle of cells: where it is, and what is around it and on it.

import { areaOf, common, EVERYTHING, holds, place } from "./addresses.js";
import { Areas } from "./areas.js";
import { invalid, Refusal, unknown } from "./errors.js";
import { Tables } from "./tables.js";

/** @typedef {import("./addresses.js").Area} Area */

const MOST_MERGED = 512; // areas of which Excel tells

export class Rectangle extends Areas {
  /** @returns {Area} */
  get _area() {
    return this._cells.areas[0];
  }

  get rowIndex() {
    return this._area.top - 1;
  }

  get columnIndex() {
    return this._area.left - 1;
  }

  get rowCount() {
    return this._area.bottom - this._area.top + 1;
  }

  get columnCount() {
    return this._area.right - this._area.left + 1;
  }

  get hasSpill() {
    const areas = this._spills.map(([, area]) => area);
    return /** @type {boolean} */ (this._cells.shared((at) => areas.some((area) => holds(area, at))));
  }

  get savedAsArray() {
    const { cells } = this._cells.sheet;
    return /** @type {boolean} */ (this._cells.shared((at) => Boolean(cells[at]?.spill || cells[at]?.array)));
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  getCell(row, column) {
    const at = { top: this._area.top + row, left: this._area.left + column };
    return this._at({ ...at, bottom: at.top, right: at.left });
  }

  getEntireRow() {
    return this._at({ ...EVERYTHING, top: this._area.top, bottom: this._area.bottom });
  }

  getEntireColumn() {
    return this._at({ ...EVERYTHING, left: this._area.left, right: this._area.right });
  }

  /**
   * @param {number} rows
   * @param {number} columns
   */
  getResizedRange(rows, columns) {
    return this._at({ ...this._area, bottom: this._area.bottom + rows, right: this._area.right + columns });
  }

  /** @param {any} other */
  getIntersectionOrNullObject(other) {
    const area = common(this._area, typeof other === "string" ? areaOf(other) : other._area);
    return area && this._at(area);
  }

  /** @param {boolean} [valuesOnly] */
  getUsedRangeOrNullObject(valuesOnly) {
    const cells = this._cells.existing.filter(([, cell]) => !valuesOnly || cell.formula || cell.value !== "");
    return cells.length > 0 ? this._at(around(cells.map(([at]) => areaOf(at)))) : null;
  }

  getTables() {
    return new Tables(this._workbook, [this._cells.sheet], this._area);
  }

  getMergedAreasOrNullObject() {
    const areas = this._cells.sheet.merged.map(areaOf).filter((area) => common(area, this._area));
    if (areas.length > MOST_MERGED) {
      throw new Refusal("GeneralException", "There was an internal error while processing the request.");
    }
    return this._groupOf(areas);
  }

  /** @param {any} kind */
  getSpecialCellsOrNullObject(kind) {
    this._cells.refuseUnlessWritable(); // Excel finds none on a protected sheet
    if (kind !== "DataValidations") {
      throw unknown(`special cells of the kind ${kind}`);
    }
    const areas = this._cells.sheet.validations.flatMap((each) => each.areas).map(areaOf);
    return this._groupOf(areas.map((area) => common(area, this._area)).filter((area) => area !== null));
  }

  getSpillingToRangeOrNullObject() {
    const spill = this._cells.sheet.cells[place(this._area.top, this._area.left)]?.spill;
    return spill ? this._at(areaOf(spill)) : null;
  }

  getSpillParentOrNullObject() {
    const at = place(this._area.top, this._area.left);
    const found = this._spills.find(([, area]) => holds(area, at))?.[0];
    return found ? this._at(areaOf(found)) : null;
  }

  /** The formulas that spill, each with its area. */
  get _spills() {
    const all = Object.entries(this._cells.sheet.cells);
    return all.flatMap(([at, { spill }]) => (spill ? [/** @type {[string, Area]} */ ([at, areaOf(spill)])] : []));
  }

  /** @param {Area} area */
  _at(area) {
    if (!common(area, EVERYTHING) || area.top < 1 || area.left < 1 || area.bottom < area.top || area.right < area.left) {
      throw invalid();
    }
    return this._workbook._range(this._cells.sheet, area);
  }

  /** @param {Area[]} areas */
  _groupOf(areas) {
    return areas.length > 0 ? this._workbook._ranges(this._cells.sheet, areas) : null;
  }
}

/** @param {Area[]} areas */
function around(areas) {
  return {
    top: Math.min(...areas.map(({ top }) => top)),
    left: Math.min(...areas.map(({ left }) => left)),
    bottom: Math.max(...areas.map(({ bottom }) => bottom)),
    right: Math.max(...areas.map(({ right }) => right)),
  };
}

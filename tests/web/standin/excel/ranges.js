// Ranges of cells: what is in them, and what is done with them.

import { addressOf, areaOf, common, EVERYTHING, holds, place, quoted, without } from "./addresses.js";
import { Cells } from "./cells.js";
import { entered, shown, typeOf } from "./entering.js";
import { invalid, missing, Refusal, unknown } from "./errors.js";
import { cellProperties, RangeFormat, rowProperties, setRow } from "./range_formats.js";
import { ConditionalFormats } from "./rules.js";
import { Tables } from "./tables.js";
import { Thing } from "./thing.js";
import { DataValidation } from "./validations.js";

/** @typedef {import("./addresses.js").Area} Area */
/** @typedef {import("./model").Cell} Cell */
/** @typedef {import("./workbook.js").Workbook} Workbook */
/** @typedef {import("./model").Sheet} Sheet */

/** What ranges and groups of ranges have in common. */
class Areas extends Thing {
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

  get cellCount() {
    const counts = this._cells.areas.map((area) => (area.bottom - area.top + 1) * (area.right - area.left + 1));
    const count = counts.reduce((sum, each) => sum + each, 0);
    return count > 2 ** 31 - 1 ? -1 : count;
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
      this._clearCell(at, cell, applyTo);
    }
    if (applyTo === "All" || applyTo === "Formats") {
      this._cells.areas.forEach((area) => dropRules(this._cells.sheet, area));
    }
  }

  /**
   * @param {string} at
   * @param {Cell} cell
   * @param {string} applyTo
   */
  _clearCell(at, cell, applyTo) {
    if (applyTo === "All") {
      delete this._cells.sheet.cells[at];
      return;
    }
    if (applyTo === "Contents") {
      delete cell.formula;
      cell.value = "";
    } else if (applyTo === "Formats") {
      delete cell.style;
      delete cell.look;
    } else if (applyTo === "Hyperlinks" || applyTo === "RemoveHyperlinks") {
      delete cell.link;
    } else {
      throw unknown(`how to clear ${applyTo}`);
    }
  }
}

/** One rectangle of cells. */
export class Range extends Areas {
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
    return this._table((_, at) => this._cells.look(at).numberFormat);
  }

  set numberFormat(table) {
    this._cells.refuseUnlessWritable();
    this._fill(table, (at, numberFormat) => new Range(this._workbook, this._cells.sheet, [areaOf(at)])._cells.dress({ numberFormat }));
  }

  get hidden() {
    const { hiddenRows, hiddenColumns } = this._cells.sheet;
    const isHidden = this._cells.rows.every((row) => hiddenRows.includes(row));
    return isHidden || this._cells.columns.every((column) => hiddenColumns.includes(column));
  }

  get rowHidden() {
    return /** @type {boolean} */ (alike(this._cells.rows.map((row) => this._cells.sheet.hiddenRows.includes(row))));
  }

  set rowHidden(is) {
    const rows = this._cells.rows;
    const others = this._cells.sheet.hiddenRows.filter((row) => !rows.includes(row));
    this._cells.sheet.hiddenRows = is ? [...others, ...rows].sort((a, b) => a - b) : others;
  }

  get hasSpill() {
    const areas = this._spills.map(([, area]) => area);
    return /** @type {boolean} */ (this._cells.shared((at) => areas.some((area) => holds(area, at))));
  }

  get savedAsArray() {
    const { cells } = this._cells.sheet;
    return /** @type {boolean} */ (this._cells.shared((at) => Boolean(cells[at]?.spill || cells[at]?.array)));
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

  /**
   * @param {number} row
   * @param {number} column
   */
  getCell(row, column) {
    const at = { top: this._area.top + row, left: this._area.left + column };
    return this._at({ ...at, bottom: at.top, right: at.left });
  }

  /** @param {number} column */
  getColumn(column) {
    const at = this._area.left + column;
    return this._at({ ...this._area, left: at, right: at });
  }

  /** @param {number} row */
  getRow(row) {
    const at = this._area.top + row;
    return this._at({ ...this._area, top: at, bottom: at });
  }

  getEntireRow() {
    return this._at({ ...EVERYTHING, top: this._area.top, bottom: this._area.bottom });
  }

  getEntireColumn() {
    return this._at({ ...EVERYTHING, left: this._area.left, right: this._area.right });
  }

  getLastCell() {
    return this.getCell(this.rowCount - 1, this.columnCount - 1);
  }

  /**
   * @param {number} rows
   * @param {number} columns
   */
  getResizedRange(rows, columns) {
    return this._at({ ...this._area, bottom: this._area.bottom + rows, right: this._area.right + columns });
  }

  /**
   * @param {number} rows
   * @param {number} columns
   */
  getOffsetRange(rows, columns) {
    const { top, left, bottom, right } = this._area;
    return this._at({ top: top + rows, left: left + columns, bottom: bottom + rows, right: right + columns });
  }

  /**
   * @param {number} rows
   * @param {number} columns
   */
  getAbsoluteResizedRange(rows, columns) {
    const { top, left } = this._area;
    return this._at({ top, left, bottom: top + rows - 1, right: left + columns - 1 });
  }

  /** @param {any} other */
  getIntersectionOrNullObject(other) {
    const area = common(this._area, typeof other === "string" ? areaOf(other) : other._area);
    return area && this._at(area);
  }

  /** @param {boolean} [valuesOnly] */
  getUsedRange(valuesOnly) {
    return this.getUsedRangeOrNullObject(valuesOnly) ?? this.getCell(0, 0);
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
    return areas.length > 0 ? new RangeAreas(this._workbook, this._cells.sheet, areas) : null;
  }

  /** @param {any} kind */
  getSpecialCellsOrNullObject(kind) {
    this._cells.refuseUnlessWritable(); // Excel finds none on a protected sheet
    const areas = this._special(kind).map((area) => common(area, this._area)).filter((area) => area !== null);
    return areas.length > 0 ? new RangeAreas(this._workbook, this._cells.sheet, areas) : null;
  }

  /** @param {string} kind */
  _special(kind) {
    const { rules, validations } = this._cells.sheet;
    switch (kind) {
      case "DataValidations":
        return validations.flatMap((each) => each.areas).map(areaOf);
      case "ConditionalFormats":
        return rules.flatMap((rule) => rule.areas).map(areaOf);
      case "Formulas":
        return this._cells.existing.filter(([, cell]) => cell.formula).map(([at]) => areaOf(at));
      default:
        throw unknown(`special cells of the kind ${kind}`);
    }
  }

  getSpillingToRangeOrNullObject() {
    const spill = this._cells.sheet.cells[place(this._area.top, this._area.left)]?.spill;
    return spill ? this._at(areaOf(spill)) : null;
  }

  getSpillParentOrNullObject() {
    const found = this._spillAt(place(this._area.top, this._area.left));
    return found ? this._at(areaOf(found)) : null;
  }

  /** @param {any} options */
  getCellProperties(options) {
    return this._table((cell, at) => cellProperties(this._cells, at, cell, options));
  }

  /** @param {any} options */
  getRowProperties(options) {
    return this._cells.rows.map((row) => rowProperties(this._cells, row, options));
  }

  /** @param {any[]} rows */
  setRowProperties(rows) {
    rows.forEach((row, at) => setRow(this.getRow(at), row));
  }

  merge() {
    this._cells.refuseUnlessWritable();
    this.unmerge();
    const [first, ...others] = this._cells.places;
    others.filter((at) => at in this._cells.sheet.cells).forEach((at) => this._clearCell(at, this._cells.cell(at), "Contents"));
    this._cells.cell(first);
    this._cells.sheet.merged.push(addressOf(this._area));
  }

  unmerge() {
    this._cells.refuseUnlessWritable();
    const { sheet } = this._cells;
    sheet.merged = sheet.merged.filter((address) => !common(areaOf(address), this._area));
  }

  select() {
    this._workbook._select(this._cells.sheet, addressOf(this._area));
  }

  /**
   * @param {any} source
   * @param {any} [kind]
   */
  copyFrom(source, kind = "All") {
    const from = typeof source === "string" ? this._at(areaOf(source)) : source;
    this._cells.refuseUnlessWritable();
    if (addressOf(from._area) !== addressOf(this._area)) {
      throw unknown("how to copy cells to another place");
    }
    this._refusePartOfArray();
    copied(from._cells, this._cells, kind);
  }

  /** @param {Area} area */
  _at(area) {
    if (!common(area, EVERYTHING) || area.top < 1 || area.left < 1 || area.bottom < area.top || area.right < area.left) {
      throw invalid();
    }
    return new Range(this._workbook, this._cells.sheet, [area]);
  }

  /** @param {string} at */
  _spillAt(at) {
    return this._spills.find(([, area]) => holds(area, at))?.[0];
  }

  /** The formulas that spill, each with its area. */
  get _spills() {
    const all = Object.entries(this._cells.sheet.cells);
    return all.flatMap(([at, { spill }]) => (spill ? [/** @type {[string, Area]} */ ([at, areaOf(spill)])] : []));
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
    if (this.cellCount < 0 || this.cellCount > 5_000_000) {
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
      const { formula, value } = entered(entry);
      if (value === "" && !formula && !(at in this._cells.sheet.cells)) {
        return;
      }
      const cell = this._cells.cell(at);
      if (formula && cell.formula === formula && shown(cell.value) !== "#NAME?") {
        return; // calculated, it has the same value
      }
      delete cell.spill;
      delete cell.array;
      delete cell.formula;
      Object.assign(cell, formula ? { formula, value: this._workbook._valueOf(formula) } : { value });
    });
  }
}

/** Several ranges of one sheet. */
export class RangeAreas extends Areas {
  get areaCount() {
    return this._cells.areas.length;
  }

  get areas() {
    return new Ranges(this._cells.areas.map((area) => new Range(this._workbook, this._cells.sheet, [area])));
  }
}

class Ranges extends Thing {
  /** @param {Range[]} items */
  constructor(items) {
    super();
    this._items = items;
  }

  get items() {
    return /** @type {any[]} */ (this._items);
  }
}

/** @param {any[]} values */
const alike = (values) => (values.every((value) => value === values[0]) ? values[0] : null);

/** @param {Area[]} areas */
function around(areas) {
  return {
    top: Math.min(...areas.map(({ top }) => top)),
    left: Math.min(...areas.map(({ left }) => left)),
    bottom: Math.max(...areas.map(({ bottom }) => bottom)),
    right: Math.max(...areas.map(({ right }) => right)),
  };
}

/**
 * @param {Sheet} sheet
 * @param {Area} area
 */
function dropRules(sheet, area) {
  const left = sheet.rules.map((rule) => ({ ...rule, areas: rule.areas.flatMap((each) => without(areaOf(each), area)).map(addressOf) }));
  sheet.rules = left.filter((rule) => rule.areas.length > 0);
}

/**
 * Copies cells to the same place on another sheet.
 * @param {Cells} source
 * @param {Cells} target
 * @param {string} kind
 */
function copied(source, target, kind) {
  for (const at of new Set([...source.existing, ...target.existing].map(([each]) => each))) {
    const from = source.sheet.cells[at];
    if (kind === "Values") {
      if (from || target.sheet.cells[at]) {
        const { formula: _, spill: __, array: ___, ...rest } = target.cell(at);
        target.sheet.cells[at] = { ...rest, value: structuredClone(from?.value ?? "") };
      }
    } else if (kind === "All") {
      delete target.sheet.cells[at];
      if (from) {
        target.sheet.cells[at] = structuredClone(from);
      }
    } else {
      throw unknown(`how to copy ${kind}`);
    }
  }
  if (kind === "All") {
    copyBelongings(source, target);
  }
}

/**
 * @param {Cells} source
 * @param {Cells} target
 */
function copyBelongings(source, target) {
  const [area] = source.areas;
  const inside = (/** @type {string[]} */ areas) => areas.map((each) => common(areaOf(each), area)).filter((each) => each !== null).map(addressOf);
  dropRules(target.sheet, area);
  for (const kind of /** @type {const} */ (["rules", "validations"])) {
    const kept = target.sheet[kind].map((each) => ({ ...each, areas: each.areas.flatMap((at) => without(areaOf(at), area)).map(addressOf) }));
    const added = source.sheet[kind].map((each) => ({ ...structuredClone(each), areas: inside(each.areas) }));
    Object.assign(target.sheet, { [kind]: [...kept, ...added].filter(({ areas }) => areas.length > 0) });
  }
  target.sheet.merged = target.sheet.merged.filter((each) => !common(areaOf(each), area));
  target.sheet.merged.push(...source.sheet.merged.filter((each) => common(areaOf(each), area)));
}

/** @typedef {import("./like").Holds<Excel.Range, Range>} RangeHolds */
/** @typedef {import("./like").Holds<Excel.RangeAreas, RangeAreas>} RangeAreasHolds */
/** @typedef {import("./like").Holds<Excel.RangeCollection, Ranges>} RangesHolds */

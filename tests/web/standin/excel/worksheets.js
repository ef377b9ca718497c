// Worksheets: found, added, copied, renamed, hidden and deleted.

import { addressOf, areaOf, EVERYTHING, letters } from "./addresses.js";
import { Charts } from "./charts.js";
import { denied, invalid, missing, Refusal } from "./errors.js";
import { AutoFilter, Counted, Named } from "./features.js";
import { Names } from "./names.js";
import { PageBreaks, PageLayout } from "./pages.js";
import { Range, RangeAreas } from "./ranges.js";
import { broken, refersTo, renamed } from "./references.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Book} Book */
/** @typedef {import("./workbook.js").Workbook} Workbook */

const LONGEST_NAME = 31;

export class Worksheets extends Thing {
  /** @param {Workbook} workbook */
  constructor(workbook) {
    super();
    this._workbook = workbook;
    this._book = workbook._book;
  }

  get items() {
    return /** @type {any[]} */ (this._book.sheets.map((sheet) => this._workbook._sheet(sheet)));
  }

  /** @param {boolean} [visibleOnly] */
  getCount(visibleOnly) {
    return /** @type {any} */ (this._listed(visibleOnly).length);
  }

  /** @param {string} key */
  getItem(key) {
    const sheet = this.getItemOrNullObject(key);
    if (!sheet) {
      throw missing();
    }
    return sheet;
  }

  /** @param {string} key */
  getItemOrNullObject(key) {
    const wanted = key.toLowerCase();
    const found = this.items.find((sheet) => sheet.name.toLowerCase() === wanted || sheet.id.toLowerCase() === wanted);
    return found ?? null;
  }

  getActiveWorksheet() {
    return this.getItem(this._book.active);
  }

  /** @param {boolean} [visibleOnly] */
  getFirst(visibleOnly) {
    return this._listed(visibleOnly)[0];
  }

  /** @param {boolean} [visibleOnly] */
  getLast(visibleOnly) {
    return this._listed(visibleOnly).at(-1);
  }

  /** @param {string} [name] */
  add(name = this._free("Sheet1")) {
    this._workbook._refuseIfProtected();
    refuseUnlessFree(this._book, name);
    const sheet = blank(name);
    this._book.sheets.push(sheet);
    return this._workbook._sheet(sheet);
  }

  /** @param {string} name */
  _free(name) {
    const taken = new Set(this._book.sheets.map((sheet) => sheet.name.toLowerCase()));
    const start = name.replace(/ \(\d+\)$/, "");
    const names = [name, ...Array.from({ length: 1000 }, (_, at) => `${start.slice(0, LONGEST_NAME - 6)} (${at + 2})`)];
    return /** @type {string} */ (names.find((each) => !taken.has(each.toLowerCase())));
  }

  /** @param {boolean} [visibleOnly] */
  _listed(visibleOnly) {
    return this.items.filter((sheet) => !visibleOnly || sheet.visibility === "Visible");
  }
}

export class Worksheet extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   * @param {string} id
   */
  constructor(workbook, sheet, id) {
    super();
    this._workbook = workbook;
    this._book = workbook._book;
    this._model = sheet;
    this._key = id;
  }

  get _id() {
    return this._key;
  }

  get id() {
    return this._key;
  }

  get name() {
    return this._model.name;
  }

  set name(name) {
    this._workbook._refuseIfProtected();
    refuseUnlessFree(this._book, name, this._model);
    const before = this._model.name;
    follow(this._book, (formula) => renamed(formula, before, name));
    this._book.active = this._book.active === before ? name : this._book.active;
    this._model.name = name;
  }

  get position() {
    return this._book.sheets.indexOf(this._model);
  }

  set position(at) {
    this._workbook._refuseIfProtected();
    const others = this._book.sheets.filter((sheet) => sheet !== this._model);
    this._book.sheets = [...others.slice(0, at), this._model, ...others.slice(at)];
  }

  get visibility() {
    return /** @type {Excel.SheetVisibility} */ (this._model.visibility);
  }

  set visibility(visibility) {
    this._workbook._refuseIfProtected();
    if (visibility !== "Visible") {
      this._refuseIfLastVisible();
    }
    this._model.visibility = visibility;
  }

  get showGridlines() {
    return this._model.hasGridlines;
  }

  set showGridlines(is) {
    this._model.hasGridlines = is;
  }

  get protection() {
    return new SheetProtection(this._model);
  }

  get names() {
    return new Names(this._workbook, this._model);
  }

  get charts() {
    return new Charts(this._book, this._model);
  }

  get pageLayout() {
    return new PageLayout(this._workbook, this._model);
  }

  get horizontalPageBreaks() {
    return new PageBreaks(this._model);
  }

  get autoFilter() {
    return new AutoFilter(this._workbook, this._model);
  }

  get freezePanes() {
    return new FreezePanes(this);
  }

  get tables() {
    return new Named(this._model.tables.map((name) => ({ name })));
  }

  get shapes() {
    return new Named(this._model.shapes.map((type) => ({ type })));
  }

  get comments() {
    return new Named(this._model.comments.map((address) => ({ address })), this);
  }

  get notes() {
    return new Named((this._model.notes ?? []).map((address) => ({ address })), this);
  }

  get pivotTables() {
    return new Counted(this._model.pivots);
  }

  get slicers() {
    return new Counted(this._model.slicers);
  }

  /** @param {string} [address] */
  getRange(address) {
    const own = address?.includes("!") ? address.slice(address.lastIndexOf("!") + 1) : address;
    return new Range(this._workbook, this._model, [own ? areaOf(own) : EVERYTHING]);
  }

  /** @param {string} [address] */
  getRanges(address = "") {
    if (address.length > 8192) {
      throw invalid();
    }
    return new RangeAreas(this._workbook, this._model, address ? address.split(",").map(areaOf) : [EVERYTHING]);
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  getCell(row, column) {
    return this.getRange().getCell(row, column);
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {number} rows
   * @param {number} columns
   */
  getRangeByIndexes(row, column, rows, columns) {
    return this.getCell(row, column).getResizedRange(rows - 1, columns - 1);
  }

  /** @param {boolean} [valuesOnly] */
  getUsedRange(valuesOnly) {
    return this.getUsedRangeOrNullObject(valuesOnly) ?? this.getRange("A1");
  }

  /** @param {boolean} [valuesOnly] */
  getUsedRangeOrNullObject(valuesOnly) {
    return this.getRange().getUsedRangeOrNullObject(valuesOnly);
  }

  activate() {
    if (this._model.visibility !== "Visible") {
      throw denied();
    }
    if (this._book.active !== this._model.name) {
      this._workbook._select(this._model, this._workbook._selections.get(this._model) ?? "A1");
    }
  }

  /**
   * A copy has the workbook's names of cells on the sheet once more, as its own. If it is visible, Excel shows it. Excel does
   * not copy a very hidden sheet.
   * @param {any} [positionType]
   * @param {any} [relativeTo]
   */
  copy(positionType = "Beginning", relativeTo) {
    this._workbook._refuseIfProtected();
    if (this._model.visibility === "VeryHidden") {
      throw new Refusal("InvalidOperation", "A very hidden sheet cannot be copied.");
    }
    const { name } = this._model;
    const copy = structuredClone(this._model);
    copy.name = new Worksheets(this._workbook)._free(`${name.slice(0, LONGEST_NAME - 4)} (2)`);
    redraw(copy.charts, (area) => renamed(area, name, copy.name));
    const theirs = this._book.names.filter((each) => refersTo(each.refersTo, name));
    copy.names.push(...theirs.map((each) => ({ ...each, refersTo: renamed(each.refersTo, name, copy.name) })));
    const at = { Beginning: 0, End: this._book.sheets.length, Before: relativeTo?.position, After: (relativeTo?.position ?? 0) + 1 };
    this._book.sheets.splice(at[/** @type {keyof typeof at} */ (positionType)], 0, copy);
    if (copy.visibility === "Visible") {
      this._workbook._select(copy, this._book.selection);
    }
    return this._workbook._sheet(copy);
  }

  delete() {
    this._workbook._refuseIfProtected();
    this._refuseIfLastVisible();
    if (this._model.visibility === "VeryHidden") {
      throw new Refusal("InvalidOperation", "A very hidden sheet cannot be deleted.");
    }
    const { name } = this._model;
    this._book.sheets = this._book.sheets.filter((sheet) => sheet !== this._model);
    follow(this._book, (formula) => broken(formula, name));
    if (this._book.active === name) {
      this._book.active = this._book.sheets.find((sheet) => sheet.visibility === "Visible")?.name ?? "";
    }
  }

  _refuseIfLastVisible() {
    const others = this._book.sheets.filter((sheet) => sheet !== this._model && sheet.visibility === "Visible");
    if (others.length === 0) {
      throw new Refusal("InvalidOperation", "A workbook must contain at least one visible worksheet.");
    }
  }
}

class SheetProtection extends Thing {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    super();
    this._sheet = sheet;
  }

  get protected() {
    return this._sheet.isProtected;
  }

  protect() {
    this._sheet.isProtected = true;
  }

  unprotect() {
    this._sheet.isProtected = false;
  }
}

class FreezePanes extends Thing {
  /** @param {Worksheet} sheet */
  constructor(sheet) {
    super();
    this._sheet = sheet;
  }

  /** @param {any} range The cells that do not scroll. */
  freezeAt(range) {
    const area = typeof range === "string" ? areaOf(range) : range._area;
    this._sheet._model.freeze = addressOf({ top: area.bottom + 1, left: area.right + 1, bottom: area.bottom + 1, right: area.right + 1 });
  }

  /** @param {number} [count] */
  freezeRows(count = 0) {
    this._sheet._model.freeze = `A${count + 1}`;
  }

  /** @param {number} [count] */
  freezeColumns(count = 0) {
    this._sheet._model.freeze = `${letters(count + 1)}1`;
  }

  unfreeze() {
    this._sheet._model.freeze = "";
  }
}

/**
 * A sheet without anything.
 * @param {string} name
 * @returns {Sheet}
 */
function blank(name) {
  return {
    ...{ name, visibility: "Visible", isProtected: false, hasGridlines: true, cells: {}, merged: [], widths: {} },
    ...{ hiddenColumns: [], heights: {}, hiddenRows: [], rules: [], validations: [], names: [], filter: null, freeze: "" },
    ...{ charts: [], tables: [], comments: [], shapes: [], pivots: 0, slicers: 0 },
    printing: {
      ...{ area: "", titleRows: "", orientation: "Portrait", paperSize: "Letter", zoom: { scale: 100 }, starts: [] },
      ...{ centersHorizontally: false, centersVertically: false, leftFooter: "", rightFooter: "" },
      margins: [50.4, 50.4, 54, 54, 21.6, 21.6],
    },
  };
}

/**
 * @param {Book} book
 * @param {string} name
 * @param {Sheet} [own]
 */
function refuseUnlessFree(book, name, own) {
  const isTaken = book.sheets.some((sheet) => sheet !== own && sheet.name.toLowerCase() === name.toLowerCase());
  if (isTaken || name === "" || name.length > LONGEST_NAME || /[\\/?*[\]:]/.test(name)) {
    throw invalid();
  }
}

/**
 * Changes every formula of a book.
 * @param {Book} book
 * @param {(formula: string) => string} change
 */
function follow(book, change) {
  const changeName = (/** @type {import("./model").Name} */ name) => (name.refersTo = change(name.refersTo));
  book.names.forEach(changeName);
  for (const sheet of book.sheets) {
    sheet.names.forEach(changeName);
    for (const cell of Object.values(sheet.cells)) {
      if (cell.formula) {
        cell.formula = change(cell.formula);
      }
      if (cell.link?.documentReference) {
        cell.link.documentReference = change(cell.link.documentReference);
      }
    }
    for (const rule of sheet.rules) {
      rule.formula = rule.formula && change(rule.formula);
    }
    redraw(sheet.charts, change);
  }
}

/**
 * Changes what charts are drawn from.
 * @param {import("./model").Chart[]} charts
 * @param {(area: string) => string} change
 */
function redraw(charts, change) {
  for (const series of charts.flatMap((chart) => chart.series)) {
    Object.assign(series, { name: change(series.name), values: change(series.values), categories: change(series.categories) });
  }
}

/** @typedef {import("./like").Holds<Excel.WorksheetCollection, Worksheets>} SheetsHold */
/** @typedef {import("./like").Holds<Excel.Worksheet, Worksheet>} SheetHolds */
/** @typedef {import("./like").Holds<Excel.WorksheetProtection, SheetProtection>} ProtectionHolds */
/** @typedef {import("./like").Holds<Excel.WorksheetFreezePanes, FreezePanes>} PanesHold */

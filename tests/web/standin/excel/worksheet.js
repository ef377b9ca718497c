// A worksheet: what is on it, and how it is copied, renamed, hidden and deleted.

import { areaOf, EVERYTHING, letters, place } from "./addresses.js";
import { Charts } from "./charts.js";
import { denied, invalid, Refusal, unknown } from "./errors.js";
import { AutoFilter, Counted, Named } from "./features.js";
import { follow, redraw } from "./following.js";
import { Names } from "./names.js";
import { PageBreaks, PageLayout } from "./pages.js";
import { broken, refersTo, renamed } from "./references.js";
import { Thing } from "./thing.js";
import { freeName, LONGEST_NAME, refuseUnlessFree } from "./worksheets.js";

/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./workbook.js").Workbook} Workbook */

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
    return new FreezePanes(this._workbook, this._model);
  }

  get tables() {
    return this._named(this._model.tables, "name");
  }

  get shapes() {
    return this._named(this._model.shapes, "type");
  }

  get comments() {
    return this._named(this._model.comments, "address");
  }

  get notes() {
    return this._named(this._model.notes ?? [], "address");
  }

  get pivotTables() {
    return new Counted(this._model.pivots);
  }

  get slicers() {
    return new Counted(this._model.slicers);
  }

  /**
   * Things of which the workbook has one property.
   * @param {string[]} all
   * @param {"name" | "type" | "address"} property
   */
  _named(all, property) {
    return new Named(all.map((each) => ({ [property]: each })), (at) => all.splice(at, 1), this); // prettier-ignore
  }

  /** @param {string} [address] */
  getRange(address) {
    const own = address?.includes("!") ? address.slice(address.lastIndexOf("!") + 1) : address;
    return this._workbook._range(this._model, own ? areaOf(own) : EVERYTHING);
  }

  /** @param {string} [address] */
  getRanges(address = "") {
    if (address.length > 8192) {
      throw invalid();
    }
    return this._workbook._ranges(this._model, address.split(",").map(areaOf));
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  getCell(row, column) {
    return this.getRange().getCell(row, column);
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
   * @param {any} positionType
   */
  copy(positionType) {
    this._workbook._refuseIfProtected();
    if (positionType !== "End") {
      throw unknown(`how to copy a sheet to ${positionType}`);
    }
    if (this._model.visibility === "VeryHidden") {
      throw new Refusal("InvalidOperation", "A very hidden sheet cannot be copied.");
    }
    const { name } = this._model;
    const copy = structuredClone(this._model);
    copy.name = freeName(this._book, `${name.slice(0, LONGEST_NAME - 4)} (2)`);
    redraw(copy.charts, (area) => renamed(area, name, copy.name));
    const theirs = this._book.names.filter((each) => refersTo(each.refersTo, name));
    copy.names.push(...theirs.map((each) => ({ ...each, refersTo: renamed(each.refersTo, name, copy.name) })));
    this._book.sheets.push(copy);
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
}

class FreezePanes extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   */
  constructor(workbook, sheet) {
    super();
    this._workbook = workbook;
    this._sheet = sheet;
  }

  /** The cells that do not scroll. */
  getLocationOrNullObject() {
    const { top, left } = areaOf(this._sheet.freeze || "A1");
    if (top === 1 && left === 1) {
      return null;
    }
    const [bottom, right] = [top > 1 ? top - 1 : EVERYTHING.bottom, left > 1 ? left - 1 : EVERYTHING.right];
    return /** @type {any} */ (this._workbook._range(this._sheet, { top: 1, left: 1, bottom, right }));
  }

  unfreeze() {
    this._sheet.freeze = "";
  }

  /** @param {any} address The cells that do not scroll. */
  freezeAt(address) {
    const { bottom, right } = areaOf(address);
    this._sheet.freeze = place(bottom + 1, right + 1);
  }

  /** @param {number} [count] */
  freezeRows(count = 0) {
    this._sheet.freeze = `A${count + 1}`;
  }

  /** @param {number} [count] */
  freezeColumns(count = 0) {
    this._sheet.freeze = `${letters(count + 1)}1`;
  }
}

/** @typedef {import("./like").Holds<Excel.Worksheet, Worksheet>} SheetHolds */
/** @typedef {import("./like").Holds<Excel.WorksheetProtection, SheetProtection>} ProtectionHolds */
/** @typedef {import("./like").Holds<Excel.WorksheetFreezePanes, FreezePanes>} PanesHold */

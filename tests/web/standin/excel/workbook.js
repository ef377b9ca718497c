// The workbook, and Excel itself.

import { areaOf } from "./addresses.js";
import { RangeAreas } from "./areas.js";
import { denied, invalid, Refusal } from "./errors.js";
import { Names } from "./names.js";
import { Range } from "./ranges.js";
import { Styles } from "./styles.js";
import { Tables } from "./tables.js";
import { Thing } from "./thing.js";
import { Worksheet } from "./worksheet.js";
import { freeName, Worksheets } from "./worksheets.js";
import { XmlParts } from "./xml_parts.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Value} Value */

export class Workbook extends Thing {
  /** @param {Book} book */
  constructor(book) {
    super();
    this._book = book;
    /** @type {WeakMap<Sheet, Worksheet>} */
    this._sheets = new WeakMap();
    this._count = 0;
    /** Books by the base64 of their files, which are read before a request is answered. */
    this._files = new Map();
    /** What a formula has as its value once it is entered. */
    this._valueOf = (/** @type {string} */ _formula) => /** @type {Value} */ (0);
    /** @type {WeakMap<Sheet, string>} What is selected on sheets that were active before. */
    this._selections = new WeakMap();
    this._insertsCharts = false;
    /** How often the workbook was calculated. */
    this._calculations = 0;
  }

  get name() {
    return "Book1.xlsx";
  }

  get worksheets() {
    return new Worksheets(this);
  }

  get names() {
    return new Names(this, this._book);
  }

  get tables() {
    return new Tables(this, this._book.sheets);
  }

  get styles() {
    return new Styles(this._book);
  }

  get customXmlParts() {
    return new XmlParts(this._book);
  }

  get functions() {
    return new Functions(this._book);
  }

  get application() {
    return new Application(this);
  }

  get protection() {
    return new WorkbookProtection(this._book);
  }

  getActiveCell() {
    const [{ top, left }] = this._book.selection.split(",").map(areaOf);
    return this._range(this._active, { top, left, bottom: top, right: left });
  }

  /**
   * @param {string} file
   * @param {any} [options]
   */
  insertWorksheetsFromBase64(file, { sheetNamesToInsert = [], positionType = "End" } = {}) {
    this._refuseIfProtected();
    const book = /** @type {Book | undefined} */ (this._files.get(file));
    if (!book || positionType !== "End") {
      throw invalid();
    }
    if (!this._insertsCharts && book.sheets.some(({ charts }) => charts.length > 0)) {
      throw new Refusal("UnsupportedFeature", "The source workbook contains one or more unsupported features.");
    }
    const wanted = book.sheets.filter(({ name }) => sheetNamesToInsert.length === 0 || sheetNamesToInsert.includes(name));
    this._book.styles = { ...book.styles, ...this._book.styles };
    const added = wanted.map((sheet) => ({ ...structuredClone(sheet), name: freeName(this._book, sheet.name) }));
    this._book.sheets.push(...added);
    return /** @type {any} */ (added.map((sheet) => this._sheet(sheet).id));
  }

  /**
   * The same object for a sheet each time.
   * @param {Sheet} sheet
   */
  _sheet(sheet) {
    const known = this._sheets.get(sheet) ?? new Worksheet(this, sheet, `{SHEET-${++this._count}}`);
    this._sheets.set(sheet, known);
    return known;
  }

  /**
   * @param {Sheet} sheet
   * @param {import("./addresses.js").Area} area
   */
  _range(sheet, area) {
    return new Range(this, sheet, [area]);
  }

  /**
   * @param {Sheet} sheet
   * @param {import("./addresses.js").Area[]} areas
   */
  _ranges(sheet, areas) {
    return new RangeAreas(this, sheet, areas);
  }

  /**
   * @param {Sheet} sheet
   * @param {string} selection
   */
  _select(sheet, selection) {
    this._selections.set(this._active, this._book.selection);
    Object.assign(this._book, { active: sheet.name, selection });
  }

  get _active() {
    return /** @type {Sheet} */ (this._book.sheets.find(({ name }) => name === this._book.active));
  }

  _refuseIfProtected() {
    if (this._book.isProtected) {
      throw denied();
    }
  }
}

class Application extends Thing {
  /** @param {Workbook} workbook */
  constructor(workbook) {
    super();
    this._workbook = workbook;
  }

  get calculationMode() {
    return /** @type {Excel.CalculationMode} */ (this._workbook._book.calculation);
  }

  set calculationMode(mode) {
    this._workbook._book.calculation = mode;
  }

  /** @param {any} _type */
  calculate(_type) {
    this._workbook._calculations++;
  }

  suspendScreenUpdatingUntilNextSync() {}

  suspendApiCalculationUntilNextSync() {}
}

class Functions extends Thing {
  /** @param {Book} book */
  constructor(book) {
    super();
    this._book = book;
  }

  /**
   * @param {any} year
   * @param {any} month
   * @param {any} day
   */
  date(year, month, day) {
    const days = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1904, 0, 1)) / 86_400_000);
    return /** @type {any} */ (new FunctionResult(days + (this._book.countsFrom1904 ? 0 : 1462)));
  }
}

class FunctionResult extends Thing {
  /** @param {number} value */
  constructor(value) {
    super();
    this._value = value;
  }

  get value() {
    return /** @type {any} */ (this._value);
  }

  get error() {
    return "";
  }
}

class WorkbookProtection extends Thing {
  /** @param {Book} book */
  constructor(book) {
    super();
    this._book = book;
  }

  get protected() {
    return this._book.isProtected;
  }
}

/** @typedef {import("./like").Holds<Excel.Workbook, Workbook>} WorkbookHolds */
/** @typedef {import("./like").Holds<Excel.Application, Application>} ApplicationHolds */
/** @typedef {import("./like").Holds<Excel.Functions, Functions>} FunctionsHold */
/** @typedef {import("./like").Holds<Excel.FunctionResult<number>, FunctionResult>} ResultHolds */
/** @typedef {import("./like").Holds<Excel.WorkbookProtection, WorkbookProtection>} ProtectionHolds */

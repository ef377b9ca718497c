// The worksheets of a workbook: found and added.

import { invalid, missing } from "./errors.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Book} Book */
/** @typedef {import("./workbook.js").Workbook} Workbook */

export const LONGEST_NAME = 31;

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

  /** @param {string} [name] */
  add(name = freeName(this._book, "Sheet1")) {
    this._workbook._refuseIfProtected();
    refuseUnlessFree(this._book, name);
    const sheet = blank(name);
    this._book.sheets.push(sheet);
    return this._workbook._sheet(sheet);
  }
}

/**
 * A name that no sheet has: this one, or one with a number.
 * @param {Book} book
 * @param {string} name
 */
export function freeName(book, name) {
  const taken = new Set(book.sheets.map((sheet) => sheet.name.toLowerCase()));
  const start = name.replace(/ \(\d+\)$/, "");
  const names = [name, ...Array.from({ length: 1000 }, (_, at) => `${start.slice(0, LONGEST_NAME - 6)} (${at + 2})`)];
  return /** @type {string} */ (names.find((each) => !taken.has(each.toLowerCase())));
}

/**
 * @param {Book} book
 * @param {string} name
 * @param {Sheet} [own]
 */
export function refuseUnlessFree(book, name, own) {
  const isTaken = book.sheets.some((sheet) => sheet !== own && sheet.name.toLowerCase() === name.toLowerCase());
  if (isTaken || name === "" || name.length > LONGEST_NAME || /[\\/?*[\]:]|^'|'$/.test(name)) {
    throw invalid();
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
    ...{ charts: [], tables: [], comments: [], notes: [], shapes: [], pivots: 0, slicers: 0 },
    printing: {
      ...{ area: "", titleRows: "", orientation: "Portrait", paperSize: "Letter", zoom: { scale: 100 }, starts: [] },
      ...{ centersHorizontally: false, centersVertically: false, leftFooter: "", rightFooter: "" },
      margins: [50.4, 50.4, 54, 54, 21.6, 21.6],
    },
  };
}

/** @typedef {import("./like").Holds<Excel.WorksheetCollection, Worksheets>} SheetsHold */

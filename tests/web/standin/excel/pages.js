// How a sheet is printed.

import { addressOf, areaOf } from "./addresses.js";
import { keeping, Thing } from "./thing.js";

/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./workbook.js").Workbook} Workbook */

const POINTS = new Map([["Points", 1], ["Inches", 72], ["Centimeters", 72 / 2.54]]); // prettier-ignore
const SIDES = ["left", "right", "top", "bottom", "header", "footer"];

/** What is kept in a sheet's settings for printing. */
class Printed extends Thing {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    super();
    this._sheet = sheet;
    this._printing = sheet.printing;
  }

  /** @param {string} key */
  _read(key) {
    return this._printing[/** @type {keyof import("./model").Printing} */ (key)];
  }

  /** @param {Partial<import("./model").Printing>} change */
  _write(change) {
    Object.assign(this._printing, change);
  }
}

const LAYOUT = {
  ...{ orientation: "orientation", paperSize: "paperSize", zoom: "zoom" },
  ...{ centerHorizontally: "centersHorizontally", centerVertically: "centersVertically" },
};

export class PageLayout extends keeping(Printed, LAYOUT) {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   */
  constructor(workbook, sheet) {
    super(sheet);
    this._workbook = workbook;
  }

  get headersFooters() {
    return new HeadersFooters(this._sheet);
  }

  get leftMargin() {
    return this._printing.margins[0];
  }

  get rightMargin() {
    return this._printing.margins[1];
  }

  get topMargin() {
    return this._printing.margins[2];
  }

  get bottomMargin() {
    return this._printing.margins[3];
  }

  get headerMargin() {
    return this._printing.margins[4];
  }

  get footerMargin() {
    return this._printing.margins[5];
  }

  getPrintAreaOrNullObject() {
    const { area } = this._printing;
    return area ? this._workbook._ranges(this._sheet, area.split(",").map(areaOf)) : null;
  }

  getPrintTitleRowsOrNullObject() {
    const { titleRows } = this._printing;
    return titleRows ? this._workbook._range(this._sheet, areaOf(titleRows)) : null;
  }

  /** @param {any} area */
  setPrintArea(area) {
    this._printing.area = typeof area === "string" ? area : area._cells.areas.map(addressOf).join(",");
  }

  /** @param {any} rows */
  setPrintTitleRows(rows) {
    this._printing.titleRows = rows.replaceAll("$", "");
  }

  /**
   * @param {any} unit
   * @param {any} options
   */
  setPrintMargins(unit, options) {
    const factor = POINTS.get(unit) ?? 1;
    this._printing.margins = SIDES.map((side, at) => (options[side] === undefined ? this._printing.margins[at] : options[side] * factor));
  }
}

class HeadersFooters extends Printed {
  get defaultForAllPages() {
    return new Footers(this._sheet);
  }
}

class Footers extends keeping(Printed, { leftFooter: "leftFooter", rightFooter: "rightFooter" }) {}

export class PageBreaks extends Thing {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    super();
    this._sheet = sheet;
  }

  get items() {
    return /** @type {any[]} */ (this._sheet.printing.starts.map((row) => new PageBreak(row)));
  }

  /** @param {any} range */
  add(range) {
    const row = areaOf(range).top;
    this._sheet.printing.starts = [...this._sheet.printing.starts, row].sort((a, b) => a - b);
    return new PageBreak(row);
  }

  removePageBreaks() {
    this._sheet.printing.starts = [];
  }
}

class PageBreak extends Thing {
  /** @param {number} row */
  constructor(row) {
    super();
    this._row = row;
  }

  get _isKept() {
    return true;
  }

  get rowIndex() {
    return this._row - 1;
  }

  get columnIndex() {
    return 0;
  }
}

/** @typedef {import("./like").Holds<Excel.PageLayout, PageLayout>} LayoutHolds */
/** @typedef {import("./like").Holds<Excel.HeaderFooterGroup, HeadersFooters>} GroupHolds */
/** @typedef {import("./like").Holds<Excel.HeaderFooter, Footers>} FootersHold */
/** @typedef {import("./like").Holds<Excel.PageBreakCollection, PageBreaks>} BreaksHold */
/** @typedef {import("./like").Holds<Excel.PageBreak, PageBreak>} BreakHolds */

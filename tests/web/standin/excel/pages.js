// How a sheet is printed.

import { addressOf, areaOf } from "./addresses.js";
import { Range, RangeAreas } from "./ranges.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./workbook.js").Workbook} Workbook */

const POINTS = new Map([["Points", 1], ["Inches", 72], ["Centimeters", 72 / 2.54]]); // prettier-ignore
const SIDES = ["left", "right", "top", "bottom", "header", "footer"];

export class PageLayout extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   */
  constructor(workbook, sheet) {
    super();
    this._workbook = workbook;
    this._sheet = sheet;
    this._printing = sheet.printing;
  }

  get orientation() {
    return /** @type {Excel.PageOrientation} */ (this._printing.orientation);
  }

  set orientation(orientation) {
    this._printing.orientation = orientation;
  }

  get paperSize() {
    return /** @type {Excel.PaperType} */ (this._printing.paperSize);
  }

  set paperSize(size) {
    this._printing.paperSize = size;
  }

  get centerHorizontally() {
    return this._printing.centersHorizontally;
  }

  set centerHorizontally(is) {
    this._printing.centersHorizontally = is;
  }

  get centerVertically() {
    return this._printing.centersVertically;
  }

  set centerVertically(is) {
    this._printing.centersVertically = is;
  }

  get zoom() {
    return this._printing.zoom;
  }

  set zoom(zoom) {
    this._printing.zoom = zoom;
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
    return area ? new RangeAreas(this._workbook, this._sheet, area.split(",").map(areaOf)) : null;
  }

  getPrintTitleRowsOrNullObject() {
    const { titleRows } = this._printing;
    return titleRows ? new Range(this._workbook, this._sheet, [areaOf(titleRows)]) : null;
  }

  /** @param {any} area */
  setPrintArea(area) {
    this._printing.area = typeof area === "string" ? area : area._cells.areas.map(addressOf).join(",");
  }

  /** @param {any} rows */
  setPrintTitleRows(rows) {
    this._printing.titleRows = typeof rows === "string" ? rows.replaceAll("$", "") : addressOf(rows._area);
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

class HeadersFooters extends Thing {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    super();
    this._sheet = sheet;
  }

  get defaultForAllPages() {
    return new Footers(this._sheet);
  }
}

class Footers extends Thing {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    super();
    this._printing = sheet.printing;
  }

  get leftFooter() {
    return this._printing.leftFooter;
  }

  set leftFooter(text) {
    this._printing.leftFooter = text;
  }

  get rightFooter() {
    return this._printing.rightFooter;
  }

  set rightFooter(text) {
    this._printing.rightFooter = text;
  }
}

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
    const row = typeof range === "string" ? Number(/\d+/.exec(range)?.[0]) : range._area.top;
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

// Named styles of the workbook.

import { NORMAL } from "./cells.js";
import { missing, Refusal } from "./errors.js";
import { Borders, Fill, Font } from "./formats.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Look} Look */

export class Styles extends Thing {
  /** @param {Book} book */
  constructor(book) {
    super();
    this._book = book;
  }

  get items() {
    return /** @type {any[]} */ (Object.keys(this._book.styles).map((name) => new Style(this._book, name)));
  }

  getCount() {
    return /** @type {any} */ (this.items.length);
  }

  /** @param {string} name */
  getItem(name) {
    const style = this.getItemOrNullObject(name);
    if (!style) {
      throw missing();
    }
    return style;
  }

  /** @param {string} name */
  getItemOrNullObject(name) {
    return name in this._book.styles ? new Style(this._book, name) : null;
  }

  /** @param {string} name */
  add(name) {
    if (name in this._book.styles) {
      throw new Refusal("InvalidArgument", "A style of that name exists.");
    }
    this._book.styles[name] = { ...NORMAL };
  }
}

class Style extends Thing {
  /**
   * @param {Book} book
   * @param {string} name
   */
  constructor(book, name) {
    super();
    this._book = book;
    this._name = name;
    /** @type {import("./formats.js").Dress} */
    this._dress = { read: (key) => book.styles[name][key], write: (look) => this._write(look) };
  }

  get _id() {
    return this._name;
  }

  /** @param {Partial<Look>} look */
  _write(look) {
    Object.assign(this._book.styles[this._name], look);
  }

  get _look() {
    return this._book.styles[this._name];
  }

  get name() {
    return this._name;
  }

  get builtIn() {
    return this._name === "Normal";
  }

  get font() {
    return new Font(this._dress);
  }

  get fill() {
    return new Fill(this._dress);
  }

  get borders() {
    return new Borders(this._dress);
  }

  get numberFormat() {
    return this._look.numberFormat;
  }

  set numberFormat(numberFormat) {
    this._write({ numberFormat });
  }

  get horizontalAlignment() {
    return /** @type {Excel.HorizontalAlignment} */ (this._look.horizontal);
  }

  set horizontalAlignment(horizontal) {
    this._write({ horizontal });
  }

  get verticalAlignment() {
    return /** @type {Excel.VerticalAlignment} */ (this._look.vertical);
  }

  set verticalAlignment(vertical) {
    this._write({ vertical });
  }

  get indentLevel() {
    return this._look.indent;
  }

  set indentLevel(indent) {
    this._write({ indent });
  }

  get wrapText() {
    return this._look.wraps;
  }

  set wrapText(wraps) {
    this._write({ wraps });
  }

  get shrinkToFit() {
    return this._look.shrinks;
  }

  set shrinkToFit(shrinks) {
    this._write({ shrinks });
  }

  get locked() {
    return this._look.isLocked;
  }

  set locked(isLocked) {
    this._write({ isLocked });
  }

  /** Cells with the style become normal. */
  delete() {
    delete this._book.styles[this._name];
    for (const sheet of this._book.sheets) {
      Object.values(sheet.cells).filter((cell) => cell.style === this._name).forEach((cell) => delete cell.style);
    }
  }
}

/** @typedef {import("./like").Holds<Excel.StyleCollection, Styles>} StylesHold */
/** @typedef {import("./like").Holds<Excel.Style, Style>} StyleHolds */

// Named styles of the workbook.

import { NORMAL } from "./cells.js";
import { missing, Refusal } from "./errors.js";
import { Format } from "./formats.js";
import { keeping, Thing } from "./thing.js";

/** @typedef {import("./model").Book} Book */

export class Styles extends Thing {
  /** @param {Book} book */
  constructor(book) {
    super();
    this._book = book;
  }

  get items() {
    return /** @type {any[]} */ (Object.keys(this._book.styles).map((name) => new Style(this._book, name)));
  }

  /** @param {string} name */
  getItem(name) {
    if (!(name in this._book.styles)) {
      throw missing();
    }
    return new Style(this._book, name);
  }

  /** @param {string} name */
  add(name) {
    if (name in this._book.styles) {
      throw new Refusal("InvalidArgument", "A style of that name exists.");
    }
    this._book.styles[name] = { ...NORMAL };
  }
}

class Style extends keeping(Format, { numberFormat: "numberFormat", locked: "isLocked" }) {
  /**
   * @param {Book} book
   * @param {string} name
   */
  constructor(book, name) {
    super({ read: (key) => book.styles[name][key], write: (look) => Object.assign(book.styles[name], look) });
    this._book = book;
    this._name = name;
  }

  get _id() {
    return this._name;
  }

  get name() {
    return this._name;
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

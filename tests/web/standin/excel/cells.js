// The cells of areas of one sheet in the model.

import { addressOf, areaOf, letters, place, without } from "./addresses.js";
import { denied, missing } from "./errors.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Cell} Cell */
/** @typedef {import("./model").Look} Look */
/** @typedef {import("./addresses.js").Area} Area */

/** @type {Look} */
export const NORMAL = {
  numberFormat: "General",
  fontName: "Calibri",
  fontSize: 11,
  fontColor: "#000000",
  isBold: false,
  isItalic: false,
  underline: "None",
  fill: "",
  EdgeTop: "",
  EdgeBottom: "",
  EdgeLeft: "",
  EdgeRight: "",
  horizontal: "General",
  vertical: "Bottom",
  indent: 0,
  wraps: false,
  shrinks: false,
  isLocked: true,
};

const MOST_NEW_CELLS = 200000;

/** Areas of a sheet, with its book. */
export class Cells {
  /**
   * @param {Book} book
   * @param {Sheet} sheet
   * @param {Area[]} areas
   */
  constructor(book, sheet, areas) {
    this.book = book;
    this.sheet = sheet;
    this.areas = areas;
  }

  /** Refuses what is written into a protected sheet, or read from one that is gone. */
  refuseUnlessWritable() {
    this.refuseIfGone();
    if (this.sheet.isProtected) {
      throw denied();
    }
  }

  refuseIfGone() {
    if (!this.book.sheets.includes(this.sheet)) {
      throw missing();
    }
  }

  /** The cells that are there, with their places. */
  get existing() {
    this.refuseIfGone();
    const all = Object.entries(this.sheet.cells);
    if (this.areas.length === 1 && this.areas[0].bottom - this.areas[0].top < 1) {
      return this.places.filter((at) => at in this.sheet.cells).map((at) => /** @type {[string, Cell]} */ ([at, this.sheet.cells[at]]));
    }
    return all.filter(([at]) => this.holds(at));
  }

  /** @param {string} at */
  holds(at) {
    const { top, left } = areaOf(at);
    return this.areas.some((area) => top >= area.top && top <= area.bottom && left >= area.left && left <= area.right);
  }

  /** All places, row by row. Of whole rows and columns, only those of cells that are there. */
  get places() {
    const places = [];
    for (const { top, left, bottom, right } of this.areas) {
      if ((bottom - top + 1) * (right - left + 1) > MOST_NEW_CELLS) {
        return Object.keys(this.sheet.cells).filter((at) => this.holds(at));
      }
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          places.push(place(row, column));
        }
      }
    }
    return places;
  }

  /** The letters of the columns. */
  get columns() {
    const { left, right } = this.areas[0];
    return Array.from({ length: right - left + 1 }, (_, at) => letters(left + at));
  }

  /** The numbers of the rows. */
  get rows() {
    return this.areas.flatMap(({ top, bottom }) => Array.from({ length: bottom - top + 1 }, (_, at) => top + at));
  }

  /**
   * The cell at a place, which is made if it is not there.
   * @param {string} at
   * @returns {Cell}
   */
  cell(at) {
    return (this.sheet.cells[at] ??= { value: "" });
  }

  /**
   * How a cell looks.
   * @param {string} at
   * @returns {Look}
   */
  look(at) {
    const cell = this.sheet.cells[at];
    return { ...NORMAL, ...this.book.styles[cell?.style ?? "Normal"], ...cell?.look };
  }

  /** @param {string} at */
  numberFormat(at) {
    const cell = this.sheet.cells[at];
    return cell?.look?.numberFormat ?? this.book.styles[cell?.style ?? "Normal"]?.numberFormat ?? NORMAL.numberFormat;
  }

  /**
   * What all cells have in common; null if they differ.
   * @template T
   * @param {(at: string) => T} read
   * @returns {T | null}
   */
  shared(read) {
    const [first, ...others] = this.places.map(read);
    return others.every((value) => value === first) ? first : null;
  }

  /**
   * Changes how cells look.
   * @param {Partial<Look>} look
   */
  dress(look) {
    this.refuseUnlessWritable();
    for (const at of this.places) {
      const cell = this.cell(at);
      cell.look = { ...cell.look, ...look };
      tidy(this.book, cell);
    }
  }

  /**
   * One cell of the sheet.
   * @param {string} at
   */
  at(at) {
    return new Cells(this.book, this.sheet, [areaOf(at)]);
  }

  /**
   * Rules, or what cells accept, without these cells.
   * @template {{areas: string[]}} Ruled
   * @param {Ruled[]} all
   * @returns {Ruled[]}
   */
  outside(all) {
    const rest = (/** @type {string} */ area) => this.areas.reduce((parts, gone) => parts.flatMap((part) => without(part, gone)), [areaOf(area)]);
    return all.map((each) => ({ ...each, areas: each.areas.flatMap(rest).map(addressOf) })).filter(({ areas }) => areas.length > 0);
  }
}

/**
 * Leaves out what a cell has from its style anyway.
 * @param {Book} book
 * @param {Cell} cell
 */
function tidy(book, cell) {
  const base = { ...NORMAL, ...book.styles[cell.style ?? "Normal"] };
  const own = Object.entries(cell.look ?? {}).filter(([key, value]) => base[/** @type {keyof Look} */ (key)] !== value);
  if (own.length > 0) {
    cell.look = Object.fromEntries(own);
  } else {
    delete cell.look;
  }
}

// How cells and styles look: fonts, fills, borders, alignment.

import { invalid } from "./errors.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Look} Look */

/**
 * Where a look is read and written: of cells, of a style, of a conditional format.
 * @typedef {object} Dress
 * @property {<K extends keyof Look>(key: K) => Look[K] | null} read Null if cells differ.
 * @property {(look: Partial<Look>) => void} write
 */

const EDGES = ["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight"];

export class Font extends Thing {
  /** @param {Dress} dress */
  constructor(dress) {
    super();
    this._dress = dress;
  }

  get name() {
    return /** @type {string} */ (this._dress.read("fontName"));
  }

  set name(name) {
    this._dress.write({ fontName: name });
  }

  get size() {
    return /** @type {number} */ (this._dress.read("fontSize"));
  }

  set size(points) {
    this._dress.write({ fontSize: points });
  }

  get color() {
    return /** @type {string} */ (this._dress.read("fontColor"));
  }

  set color(color) {
    this._dress.write({ fontColor: colorOf(color) });
  }

  get bold() {
    return /** @type {boolean} */ (this._dress.read("isBold"));
  }

  set bold(is) {
    this._dress.write({ isBold: is });
  }

  get italic() {
    return /** @type {boolean} */ (this._dress.read("isItalic"));
  }

  set italic(is) {
    this._dress.write({ isItalic: is });
  }

  get underline() {
    return /** @type {Excel.RangeUnderlineStyle} */ (this._dress.read("underline"));
  }

  set underline(kind) {
    this._dress.write({ underline: kind });
  }
}

export class Fill extends Thing {
  /** @param {Dress} dress */
  constructor(dress) {
    super();
    this._dress = dress;
  }

  /** White if there is no fill, as in Excel. */
  get color() {
    const fill = this._dress.read("fill");
    return /** @type {string} */ (fill === "" ? "#FFFFFF" : fill);
  }

  set color(color) {
    this._dress.write({ fill: colorOf(color) });
  }

  clear() {
    this._dress.write({ fill: "" });
  }
}

export class Borders extends Thing {
  /** @param {Dress} dress */
  constructor(dress) {
    super();
    this._dress = dress;
  }

  /** @param {any} edge */
  getItem(edge) {
    if (!EDGES.includes(edge)) {
      throw invalid();
    }
    return new Border(this._dress, edge);
  }
}

/** A line at one edge. */
class Border extends Thing {
  /**
   * @param {Dress} dress
   * @param {"EdgeTop" | "EdgeBottom" | "EdgeLeft" | "EdgeRight"} edge
   */
  constructor(dress, edge) {
    super();
    this._dress = dress;
    this._edge = edge;
  }

  get _id() {
    return this._edge;
  }

  get _line() {
    const [style = "None", weight = "Thin", color = "#000000"] = (this._dress.read(this._edge) ?? "").split(" ");
    return { style: style || "None", weight, color };
  }

  /** @param {{style?: string, weight?: string, color?: string}} change */
  _draw(change) {
    const { style, weight, color } = { ...this._line, ...change };
    this._dress.write({ [this._edge]: style === "None" ? "" : `${style} ${weight} ${color}` });
  }

  get style() {
    return /** @type {Excel.BorderLineStyle} */ (this._line.style);
  }

  set style(style) {
    this._draw({ style });
  }

  get weight() {
    return /** @type {Excel.BorderWeight} */ (this._line.weight);
  }

  set weight(weight) {
    this._draw({ weight, style: "Continuous" });
  }

  get color() {
    return this._line.color;
  }

  set color(color) {
    this._draw({ color: colorOf(color), style: "Continuous" });
  }
}

/** @param {string} color */
function colorOf(color) {
  if (color !== "" && !/^#[0-9A-F]{6}$/i.test(color)) {
    throw invalid();
  }
  return color.toUpperCase();
}

/** @typedef {import("./like").Holds<Excel.RangeFont, Font>} FontHolds */
/** @typedef {import("./like").Holds<Excel.RangeFill, Fill>} FillHolds */
/** @typedef {import("./like").Holds<Excel.RangeBorderCollection, Borders>} BordersHolds */
/** @typedef {import("./like").Holds<Excel.RangeBorder, Border>} BorderHolds */

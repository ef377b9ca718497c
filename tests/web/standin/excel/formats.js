// How cells, styles and conditional formats look: fonts, fills, borders, alignment.

import { invalid } from "./errors.js";
import { keeping, Thing } from "./thing.js";

/** @typedef {import("./model").Look} Look */
/** @typedef {"EdgeTop" | "EdgeBottom" | "EdgeLeft" | "EdgeRight"} Side */

/**
 * Where a look is read and written: of cells, of a style, of a conditional format.
 * @typedef {object} Dress
 * @property {(key: keyof Look) => any} read Null if cells differ.
 * @property {(look: Partial<Look>) => void} write
 */

const SIDES = ["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight"];

/** Where text is in cells, by what the model calls it. */
const ALIGNMENT = {
  ...{ horizontalAlignment: "horizontal", verticalAlignment: "vertical" },
  ...{ indentLevel: "indent", wrapText: "wraps", shrinkToFit: "shrinks" },
};

/** A part of a look. */
export class Dressed extends Thing {
  /** @param {Dress} dress */
  constructor(dress) {
    super();
    this._dress = dress;
  }

  /** @param {string} key */
  _read(key) {
    return this._dress.read(/** @type {keyof Look} */ (key));
  }

  /** @param {Partial<Look>} look */
  _write(look) {
    this._dress.write(look);
  }
}

/** The font of a conditional format. */
export class RuleFont extends keeping(Dressed, { bold: "isBold", italic: "isItalic" }) {
  get color() {
    return this._read("fontColor");
  }

  set color(color) {
    this._write({ fontColor: colorOf(color) });
  }
}

class Font extends keeping(RuleFont, { name: "fontName", size: "fontSize", underline: "underline" }) {}

export class Fill extends Dressed {
  /** White if there is no fill, as in Excel. */
  get color() {
    const fill = this._read("fill");
    return fill === "" ? "#FFFFFF" : fill;
  }

  set color(color) {
    this._write({ fill: colorOf(color) });
  }

  clear() {
    this._write({ fill: "" });
  }
}

class Borders extends Dressed {
  /** @param {any} side */
  getItem(side) {
    return new Border(this._dress, side);
  }
}

/** Of a conditional format, where lines are thin. */
export class RuleBorders extends Dressed {
  /** @param {any} side */
  getItem(side) {
    return new RuleBorder(this._dress, side);
  }
}

/** A line at one edge. */
class RuleBorder extends Dressed {
  /**
   * @param {Dress} dress
   * @param {Side} side
   */
  constructor(dress, side) {
    super(dress);
    if (!SIDES.includes(side)) {
      throw invalid();
    }
    this._side = side;
  }

  get _id() {
    return this._side;
  }

  get _line() {
    const [style = "None", weight = "Thin", color = "#000000"] = (this._read(this._side) ?? "").split(" ");
    return { style: style || "None", weight, color };
  }

  /** @param {{style?: string, weight?: string, color?: string}} change */
  _draw(change) {
    const { style, weight, color } = { ...this._line, ...change };
    this._write({ [this._side]: style === "None" ? "" : `${style} ${weight} ${color}` });
  }

  get style() {
    return /** @type {any} */ (this._line.style);
  }

  set style(style) {
    this._draw({ style });
  }

  get color() {
    return this._line.color;
  }

  set color(color) {
    this._draw({ color: colorOf(color), style: "Continuous" });
  }
}

class Border extends RuleBorder {
  get weight() {
    return /** @type {Excel.BorderWeight} */ (this._line.weight);
  }

  set weight(weight) {
    this._draw({ weight, style: "Continuous" });
  }
}

/** What cells and styles have. */
export class Format extends keeping(Dressed, ALIGNMENT) {
  get font() {
    return new Font(this._dress);
  }

  get fill() {
    return new Fill(this._dress);
  }

  get borders() {
    return new Borders(this._dress);
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
/** @typedef {import("./like").Holds<Excel.ConditionalRangeFont, RuleFont>} RuleFontHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeFill, Fill>} RuleFillHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeBorderCollection, RuleBorders>} RuleBordersHold */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeBorder, RuleBorder>} RuleBorderHolds */

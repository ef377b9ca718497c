// Conditional formats of cells.

import { addressOf, areaOf, common, without } from "./addresses.js";
import { NORMAL } from "./cells.js";
import { invalid, missing, unknown } from "./errors.js";
import { RangeAreas } from "./ranges.js";
import { Thing } from "./thing.js";

/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./model").Rule} Rule */
/** @typedef {import("./model").Look} Look */
/** @typedef {import("./workbook.js").Workbook} Workbook */

export class ConditionalFormats extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Cells} cells
   */
  constructor(workbook, cells) {
    super();
    this._workbook = workbook;
    this._cells = cells;
  }

  get items() {
    const { rules } = this._cells.sheet;
    const here = (/** @type {string} */ area) => this._cells.areas.some((each) => common(each, areaOf(area)));
    const found = rules.filter((rule) => rule.areas.some(here));
    return /** @type {any[]} */ (found.map((rule) => new ConditionalFormat(this._workbook, this._cells, rule)));
  }

  getCount() {
    return /** @type {any} */ (this.items.length);
  }

  /** @param {string} id */
  getItem(id) {
    const rule = this._cells.sheet.rules.find((each) => idOf(each) === id);
    if (!rule) {
      throw missing();
    }
    return new ConditionalFormat(this._workbook, this._cells, rule);
  }

  /** @param {number} at */
  getItemAt(at) {
    return this.items[at];
  }

  /**
   * The new one counts most.
   * @param {any} type
   */
  add(type) {
    this._cells.refuseUnlessWritable();
    if (type !== "Custom" && type !== "DataBar") {
      throw unknown(`conditional formats of the type ${type}`);
    }
    /** @type {Rule} */
    const rule = { areas: this._cells.areas.map(addressOf), type };
    Object.assign(rule, type === "Custom" ? { formula: "", look: {} } : { bar: { color: "#638EC6", low: "", high: "", isGradient: true } });
    this._cells.sheet.rules.unshift(rule);
    return new ConditionalFormat(this._workbook, this._cells, rule);
  }

  clearAll() {
    this._cells.refuseUnlessWritable();
    const { sheet, areas } = this._cells;
    const rest = (/** @type {string} */ area) => areas.reduce((parts, gone) => parts.flatMap((part) => without(part, gone)), [areaOf(area)]);
    const left = sheet.rules.map((rule) => ({ ...rule, areas: rule.areas.flatMap(rest).map(addressOf) }));
    sheet.rules = left.filter((rule) => rule.areas.length > 0);
  }
}

/** @type {WeakMap<Rule, string>} */
const ids = new WeakMap();
let count = 0;

/** @param {Rule} rule */
function idOf(rule) {
  const id = ids.get(rule) ?? `{RULE-${++count}}`;
  ids.set(rule, id);
  return id;
}

class ConditionalFormat extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Cells} cells
   * @param {Rule} rule
   */
  constructor(workbook, cells, rule) {
    super();
    this._workbook = workbook;
    this._cells = cells;
    this._rule = rule;
  }

  get _id() {
    return idOf(this._rule);
  }

  get id() {
    return this._id;
  }

  get type() {
    return /** @type {Excel.ConditionalFormatType} */ (this._rule.type);
  }

  get stopIfTrue() {
    return this._rule.stops ?? false;
  }

  set stopIfTrue(is) {
    this._rule.stops = is;
  }

  get customOrNullObject() {
    return this._rule.type === "Custom" ? this.custom : null;
  }

  get custom() {
    return new CustomFormat(this._rule);
  }

  get dataBar() {
    return new DataBar(this._rule);
  }

  getRanges() {
    return /** @type {any} */ (new RangeAreas(this._workbook, this._cells.sheet, this._rule.areas.map(areaOf)));
  }

  delete() {
    const { sheet } = this._cells;
    sheet.rules = sheet.rules.filter((rule) => rule !== this._rule);
  }
}

class CustomFormat extends Thing {
  /** @param {Rule} rule */
  constructor(rule) {
    super();
    this._rule = rule;
  }

  get rule() {
    return new FormatRule(this._rule);
  }

  get format() {
    return new RuleFormat(this._rule);
  }
}

class FormatRule extends Thing {
  /** @param {Rule} rule */
  constructor(rule) {
    super();
    this._rule = rule;
  }

  get formula() {
    return this._rule.formula ?? "";
  }

  set formula(formula) {
    if (!formula.startsWith("=")) {
      throw invalid();
    }
    this._rule.formula = formula;
  }
}

/** Looks of a conditional format: only what is given counts. */
class Part extends Thing {
  /** @param {Rule} rule */
  constructor(rule) {
    super();
    this._rule = rule;
  }

  get _look() {
    return { ...NORMAL, ...this._rule.look };
  }

  /** @param {Partial<Look>} look */
  _write(look) {
    this._rule.look = { ...this._rule.look, ...look };
  }
}

class RuleFormat extends Part {
  get font() {
    return new RuleFont(this._rule);
  }

  get fill() {
    return new RuleFill(this._rule);
  }

  get borders() {
    return new RuleBorders(this._rule);
  }

  get numberFormat() {
    return /** @type {any} */ (this._look.numberFormat);
  }

  set numberFormat(numberFormat) {
    this._write({ numberFormat });
  }
}

class RuleFont extends Part {
  get color() {
    return this._look.fontColor;
  }

  set color(color) {
    this._write({ fontColor: color.toUpperCase() });
  }

  get bold() {
    return this._look.isBold;
  }

  set bold(isBold) {
    this._write({ isBold });
  }

  get italic() {
    return this._look.isItalic;
  }

  set italic(isItalic) {
    this._write({ isItalic });
  }
}

class RuleFill extends Part {
  get color() {
    return this._look.fill;
  }

  set color(color) {
    this._write({ fill: color.toUpperCase() });
  }
}

class RuleBorders extends Part {
  /** @param {any} edge */
  getItem(edge) {
    return new RuleBorder(this._rule, edge);
  }
}

class RuleBorder extends Part {
  /**
   * @param {Rule} rule
   * @param {"EdgeTop" | "EdgeBottom" | "EdgeLeft" | "EdgeRight"} edge
   */
  constructor(rule, edge) {
    super(rule);
    this._edge = edge;
  }

  get _id() {
    return this._edge;
  }

  /** Lines of conditional formats are thin. */
  get style() {
    return /** @type {Excel.ConditionalRangeBorderLineStyle} */ (this._look[this._edge].split(" ")[0] || "None");
  }

  set style(style) {
    this._write({ [this._edge]: style === "None" ? "" : `${style} Thin ${this.color}` });
  }

  get color() {
    return this._look[this._edge].split(" ")[2] ?? "#000000";
  }

  set color(color) {
    this._write({ [this._edge]: `Continuous Thin ${color.toUpperCase()}` });
  }
}

class DataBar extends Thing {
  /** @param {Rule} rule */
  constructor(rule) {
    super();
    this._rule = rule;
  }

  get _bar() {
    return /** @type {NonNullable<Rule["bar"]>} */ (this._rule.bar);
  }

  get positiveFormat() {
    return new PositiveBar(this._rule);
  }

  get lowerBoundRule() {
    return /** @type {any} */ ({ type: "Number", formula: this._bar.low });
  }

  set lowerBoundRule(rule) {
    this._bar.low = numberOf(rule);
  }

  get upperBoundRule() {
    return /** @type {any} */ ({ type: "Number", formula: this._bar.high });
  }

  set upperBoundRule(rule) {
    this._bar.high = numberOf(rule);
  }
}

/** @param {any} rule */
function numberOf({ type, formula }) {
  if (type !== "Number") {
    throw unknown(`bounds of the type ${type}`);
  }
  return String(formula);
}

class PositiveBar extends Thing {
  /** @param {Rule} rule */
  constructor(rule) {
    super();
    this._rule = rule;
  }

  get _bar() {
    return /** @type {NonNullable<Rule["bar"]>} */ (this._rule.bar);
  }

  get fillColor() {
    return this._bar.color;
  }

  set fillColor(color) {
    this._bar.color = color.toUpperCase();
  }

  get gradientFill() {
    return this._bar.isGradient;
  }

  set gradientFill(is) {
    this._bar.isGradient = is;
  }
}

/** @typedef {import("./like").Holds<Excel.ConditionalFormatCollection, ConditionalFormats>} FormatsHold */
/** @typedef {import("./like").Holds<Excel.ConditionalFormat, ConditionalFormat>} FormatHolds */
/** @typedef {import("./like").Holds<Excel.CustomConditionalFormat, CustomFormat>} CustomHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalFormatRule, FormatRule>} RuleHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeFormat, RuleFormat>} RuleFormatHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeFont, RuleFont>} RuleFontHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeFill, RuleFill>} RuleFillHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeBorderCollection, RuleBorders>} RuleBordersHold */
/** @typedef {import("./like").Holds<Excel.ConditionalRangeBorder, RuleBorder>} RuleBorderHolds */
/** @typedef {import("./like").Holds<Excel.DataBarConditionalFormat, DataBar>} DataBarHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalDataBarPositiveFormat, PositiveBar>} PositiveHolds */

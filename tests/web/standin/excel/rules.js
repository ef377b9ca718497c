// Conditional formats of cells.

import { addressOf, areaOf, common } from "./addresses.js";
import { NORMAL } from "./cells.js";
import { refuseWrong } from "./entering.js";
import { invalid, missing, unknown } from "./errors.js";
import { Dressed, Fill, RuleBorders, RuleFont } from "./formats.js";
import { keeping, Thing } from "./thing.js";

/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Rule} Rule */
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

  /** @param {string} id */
  getItem(id) {
    const rule = this._cells.sheet.rules.find((each) => idOf(each) === id);
    if (!rule) {
      throw missing();
    }
    return new ConditionalFormat(this._workbook, this._cells, rule);
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
    const { sheet } = this._cells;
    sheet.rules = this._cells.outside(sheet.rules);
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

  get custom() {
    return new CustomFormat(this._rule, this._cells.book);
  }

  get dataBar() {
    return new DataBar(this._rule);
  }

  getRanges() {
    return /** @type {any} */ (this._workbook._ranges(this._cells.sheet, this._rule.areas.map(areaOf)));
  }
}

class CustomFormat extends Thing {
  /**
   * @param {Rule} rule
   * @param {Book} book
   */
  constructor(rule, book) {
    super();
    this._rule = rule;
    this._book = book;
  }

  get rule() {
    return new FormatRule(this._rule, this._book);
  }

  get format() {
    const rule = this._rule;
    return new RuleFormat({
      read: (key) => ({ ...NORMAL, ...rule.look })[key],
      write: (look) => (rule.look = { ...rule.look, ...look }),
    });
  }
}

class FormatRule extends Thing {
  /**
   * @param {Rule} rule
   * @param {Book} book
   */
  constructor(rule, book) {
    super();
    this._rule = rule;
    this._book = book;
  }

  get formula() {
    return this._rule.formula ?? "";
  }

  set formula(formula) {
    if (!formula.startsWith("=")) {
      throw invalid();
    }
    refuseWrong(formula, this._book);
    this._rule.formula = formula;
  }
}

/** Only what is given counts. */
class RuleFormat extends keeping(Dressed, { numberFormat: "numberFormat" }) {
  get font() {
    return new RuleFont(this._dress);
  }

  get fill() {
    return new Fill(this._dress);
  }

  get borders() {
    return new RuleBorders(this._dress);
  }
}

/** A conditional format of bars, or a part of it. */
class Bar extends Thing {
  /** @param {Rule} rule */
  constructor(rule) {
    super();
    this._rule = rule;
  }

  get _bar() {
    return /** @type {NonNullable<Rule["bar"]>} */ (this._rule.bar);
  }
}

class DataBar extends Bar {
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

class PositiveBar extends Bar {
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
/** @typedef {import("./like").Holds<Excel.DataBarConditionalFormat, DataBar>} DataBarHolds */
/** @typedef {import("./like").Holds<Excel.ConditionalDataBarPositiveFormat, PositiveBar>} PositiveHolds */

// What cells accept.

import { addressOf, areaOf, common } from "./addresses.js";
import { refuseWrong } from "./entering.js";
import { invalid } from "./errors.js";
import { Thing } from "./thing.js";

/** @typedef {import("./cells.js").Cells} Cells */

const LONGEST_LIST = 255;
const LONGEST_TITLE = 32;
const LONGEST_MESSAGE = 255;

export class DataValidation extends Thing {
  /** @param {Cells} cells */
  constructor(cells) {
    super();
    this._cells = cells;
  }

  get _there() {
    const here = (/** @type {string} */ area) => this._cells.areas.some((each) => common(each, areaOf(area)));
    return this._cells.sheet.validations.find(({ areas }) => areas.some(here));
  }

  get rule() {
    return this._there?.rule ?? {};
  }

  set rule(rule) {
    const source = String(rule.list?.source ?? "");
    if (source.startsWith("=")) {
      refuseWrong(source, this._cells.book);
    } else if (source.length > LONGEST_LIST) {
      throw invalid();
    }
    this._change({ rule });
  }

  get errorAlert() {
    return this._there?.alert ?? null;
  }

  set errorAlert(alert) {
    if (alert.title.length > LONGEST_TITLE || alert.message.length > LONGEST_MESSAGE) {
      throw invalid();
    }
    this._change({ alert });
  }

  get ignoreBlanks() {
    return this._there?.ignoresBlanks ?? true;
  }

  set ignoreBlanks(ignoresBlanks) {
    this._change({ ignoresBlanks });
  }

  clear() {
    this._cells.refuseUnlessWritable();
    const { sheet } = this._cells;
    sheet.validations = this._cells.outside(sheet.validations);
  }

  /** @param {object} change */
  _change(change) {
    const before = this._there ?? { rule: {}, alert: null, ignoresBlanks: true };
    this.clear();
    this._cells.sheet.validations.push({ ...before, ...change, areas: this._cells.areas.map(addressOf) });
  }
}

/** @typedef {import("./like").Holds<Excel.DataValidation, DataValidation>} ValidationHolds */

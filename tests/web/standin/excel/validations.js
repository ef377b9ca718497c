// What cells accept.

import { addressOf, areaOf, common } from "./addresses.js";
import { Thing } from "./thing.js";

/** @typedef {import("./cells.js").Cells} Cells */

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
    this._change({ rule });
  }

  get errorAlert() {
    return this._there?.alert ?? null;
  }

  set errorAlert(alert) {
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

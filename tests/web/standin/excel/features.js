// What else a sheet can have: a filter, and things of the user's that are only counted.

import { areaOf } from "./addresses.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./workbook.js").Workbook} Workbook */

export class AutoFilter extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   */
  constructor(workbook, sheet) {
    super();
    this._workbook = workbook;
    this._sheet = sheet;
  }

  get criteria() {
    const criteria = this._sheet.filter?.criteria ?? {};
    const count = Math.max(-1, ...Object.keys(criteria).map(Number)) + 1;
    return /** @type {any[]} */ (Array.from({ length: count }, (_, at) => criteria[at] ?? null));
  }

  getRangeOrNullObject() {
    const { filter } = this._sheet;
    return filter ? this._workbook._range(this._sheet, areaOf(filter.area)) : null;
  }

  /**
   * @param {any} range
   * @param {number} [column]
   * @param {any} [criteria]
   */
  apply(range, column, criteria) {
    const { filter } = this._sheet;
    const before = filter && filter.area === range ? filter.criteria : {};
    this._sheet.filter = { area: range, criteria: { ...before, ...(column === undefined ? {} : { [column]: criteria }) } };
  }

  remove() {
    this._sheet.filter = null;
  }
}

/** Things of which it matters how many there are. */
export class Counted extends Thing {
  /** @param {number} count */
  constructor(count) {
    super();
    this._count = count;
  }

  getCount() {
    return /** @type {any} */ (this._count);
  }
}

/** Things of which only one property matters. */
export class Named extends Counted {
  /**
   * @param {{name?: string, type?: string, address?: string}[]} all
   * @param {(at: number) => void} remove
   * @param {{getRange: (address: string) => import("./ranges.js").Range}} [sheet]
   */
  constructor(all, remove, sheet) {
    super(all.length);
    this._all = all;
    this._remove = remove;
    this._sheet = sheet;
  }

  get items() {
    return /** @type {any[]} */ (this._all.map((each, at) => new One(each, at, () => this._remove(at), this._sheet)));
  }

  /** @param {string} key */
  getItem(key) {
    return this.items.find((item) => item._id === key) ?? null;
  }

  /** @param {number} at */
  getItemAt(at) {
    return this.items[at];
  }
}

class One extends Thing {
  /**
   * @param {{name?: string, type?: string, address?: string}} one
   * @param {number} at
   * @param {() => void} remove
   * @param {{getRange: (address: string) => import("./ranges.js").Range}} [sheet]
   */
  constructor(one, at, remove, sheet) {
    super();
    this._one = one;
    this._at = at;
    this._remove = remove;
    this._sheet = sheet;
  }

  get _id() {
    return `{THING-${this._at}}`;
  }

  get id() {
    return this._id;
  }

  get name() {
    return this._one.name ?? "";
  }

  get type() {
    return /** @type {any} */ (this._one.type);
  }

  get visible() {
    return false; // a note until somebody points at its cell
  }

  delete() {
    this._remove();
  }

  getLocation() {
    return /** @type {any} */ (this._sheet?.getRange(this._one.address ?? "A1"));
  }
}

/** @typedef {import("./like").Holds<Excel.AutoFilter, AutoFilter>} FilterHolds */
/** @typedef {import("./like").Holds<Excel.PivotTableCollection, Counted>} PivotsHold */
/** @typedef {import("./like").Holds<Excel.TableCollection, Named>} TablesHold */
/** @typedef {import("./like").Holds<Excel.CommentCollection, Named>} CommentsHold */
/** @typedef {import("./like").Holds<Excel.NoteCollection, Named>} NotesHold */
